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

    /** Of one operand, each once and in order: by how many rows it is shifted, or elements if it is a vector. */
    long[] shifts(int operand, boolean vector) {
        return all.stream().filter(load -> load.operand() == operand)
            .mapToLong(load -> vector ? load.columnShift() : load.rowShift()).sorted().distinct().toArray();
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
