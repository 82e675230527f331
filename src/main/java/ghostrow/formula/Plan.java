package ghostrow.formula;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a graph is cut into loops. A formula without calls and of moderate size is one loop, all of it in
 * registers. A function without a vector instruction gets a scalar loop of its own, since vectors that
 * cross a call are boxed, and a large formula is several loops; what one loop leaves for the next lies
 * in block-sized scratch slots that stay in the cache.
 * <pre>
 *   sin(a*b) + c      loop 1, vectors:  slot 0 = a*b
 *                     loop 2, scalars:  slot 0 = sin(slot 0)
 *                     loop 3, vectors:  out    = slot 0 + c
 * </pre>
 */
final class Plan {
    /** Operations a loop: much longer ones pass the limits of the JIT compiler's inlining. */
    static final int OPERATIONS_A_LOOP = 24;

    /** One loop: its operations in order, and the slots it leaves results in. */
    record Stage(boolean scalar, List<Integer> operations) {
    }

    private final Graph graph;
    private final int root;
    private final int operationsALoop;
    private final List<Integer> order = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private final Map<Integer, Integer> stageOf = new HashMap<>();
    private final Map<Integer, Integer> slotOf = new HashMap<>();
    private int slots;

    Plan(Graph graph, int root) {
        this(graph, root, OPERATIONS_A_LOOP);
    }

    private Plan(Graph graph, int root, int operationsALoop) {
        this.graph = graph;
        this.root = root;
        this.operationsALoop = operationsALoop;
        findOrder();
        cut();
        assignSlots();
    }

    /** Whether there are loops half as long. */
    boolean canBeFiner() {
        return operationsALoop > 1;
    }

    /** The same in loops half as long. */
    Plan finer() {
        return new Plan(graph, root, operationsALoop / 2);
    }

    private void findOrder() {
        BitSet live = new BitSet();
        live.set(root);
        for (int node = root; node >= 0; node--) {
            if (live.get(node) && graph.get(node) instanceof Node.Apply apply) {
                apply.arguments().forEach(live::set);
            }
        }
        live.stream().filter(node -> graph.get(node) instanceof Node.Apply).forEach(order::add);
    }

    private void cut() {
        List<Integer> operations = new ArrayList<>();
        boolean scalar = false;
        for (int node : order) {
            boolean call = ((Node.Apply) graph.get(node)).op().isCall();
            if (!operations.isEmpty() && (call != scalar || operations.size() == operationsALoop)) {
                stages.add(new Stage(scalar, operations));
                operations = new ArrayList<>();
            }
            scalar = call;
            operations.add(node);
            stageOf.put(node, stages.size());
        }
        stages.add(new Stage(scalar, operations));
    }

    private void assignSlots() {
        Map<Integer, Integer> lastUse = new HashMap<>();
        for (int node : order) {
            for (int argument : ((Node.Apply) graph.get(node)).arguments()) {
                if (stageOf.containsKey(argument)) {
                    lastUse.merge(argument, stageOf.get(node), Math::max);
                }
            }
        }
        List<List<Integer>> freedAfter = new ArrayList<>();
        stages.forEach(_ -> freedAfter.add(new ArrayList<>()));
        BitSet taken = new BitSet();
        for (int s = 0; s < stages.size(); s++) {
            for (int node : stages.get(s).operations()) {
                int last = lastUse.getOrDefault(node, s);
                if (last > s) {
                    int slot = taken.nextClearBit(0);
                    taken.set(slot);
                    slots = Math.max(slots, slot + 1);
                    slotOf.put(node, slot);
                    freedAfter.get(last).add(slot);
                }
            }
            freedAfter.get(s).forEach(taken::clear);
        }
    }

    Graph graph() {
        return graph;
    }

    int root() {
        return root;
    }

    /** The operations that are needed, arguments first. */
    List<Integer> order() {
        return order;
    }

    List<Stage> stages() {
        return stages;
    }

    /** The slot a node is left in for later loops, or null where none is needed. */
    Integer slot(int node) {
        return slotOf.get(node);
    }

    int slots() {
        return slots;
    }

    boolean isInStage(int node, int stage) {
        return stageOf.getOrDefault(node, -1) == stage;
    }
}
