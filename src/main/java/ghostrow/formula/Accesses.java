package ghostrow.formula;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers the ways memory is read: one number for each operand and slice of it. */
final class Accesses {
    private final Map<Node.Load, Integer> numbers = new LinkedHashMap<>();
    private final List<Node.Load> all;

    Accesses(Plan plan) {
        for (int node : plan.order()) {
            for (int argument : ((Node.Apply) plan.graph().get(node)).arguments()) {
                add(plan.graph().get(argument));
            }
        }
        add(plan.graph().get(plan.root()));
        all = List.copyOf(numbers.keySet());
    }

    private void add(Node node) {
        if (node instanceof Node.Load load) {
            numbers.putIfAbsent(load, numbers.size());
        }
    }

    int number(Node.Load load) {
        return numbers.get(load);
    }

    int size() {
        return numbers.size();
    }

    List<Node.Load> all() {
        return all;
    }
}
