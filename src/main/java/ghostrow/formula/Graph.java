package ghostrow.formula;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The typed formula as a list of nodes in which arguments come before their users. Equal nodes are one
 * node, so a common subexpression is computed once; operations on constants are constants.
 */
final class Graph {
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Node, Integer> numbers = new HashMap<>();
    private int shared;

    int add(Node node) {
        Integer known = numbers.get(node);
        if (known != null) {
            if (node instanceof Node.Apply) {
                shared++;
            }
            return known;
        }
        nodes.add(node);
        numbers.put(node, nodes.size() - 1);
        return nodes.size() - 1;
    }

    int apply(Op op, Kind kind, int... arguments) {
        List<Integer> list = new ArrayList<>(arguments.length);
        boolean constant = true;
        for (int argument : arguments) {
            list.add(argument);
            constant &= nodes.get(argument) instanceof Node.Constant;
        }
        if (!constant) {
            return add(new Node.Apply(op, kind, list));
        }
        Node.Constant[] values = new Node.Constant[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (Node.Constant) nodes.get(arguments[i]);
        }
        return add(Folding.fold(op, kind, values));
    }

    Node get(int number) {
        return nodes.get(number);
    }

    Kind kind(int number) {
        return nodes.get(number).kind();
    }

    int size() {
        return nodes.size();
    }

    /** How many operations were asked for again and not computed again. */
    int shared() {
        return shared;
    }
}
