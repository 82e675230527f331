package ghostrow.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who called whom, of all ranks together: each place in it has what was spent there itself, rank by rank. */
final class CallTree {
    private static final int ROOT = 0;

    private final List<Integer> parents = new ArrayList<>();
    private final List<Integer> frames = new ArrayList<>();
    private final List<Map<Integer, double[]>> own = new ArrayList<>();
    private final Map<Long, Integer> children = new HashMap<>();

    CallTree() {
        node(-1, -1);
    }

    private int node(int parent, int frame) {
        parents.add(parent);
        frames.add(frame);
        own.add(new HashMap<>());
        return parents.size() - 1;
    }

    /**
     * @param stack  frames, the outermost first
     * @param weight what was spent in the innermost, such as seconds
     */
    void add(int[] stack, int rank, double weight) {
        add(stack, rank, weight, 1);
    }

    private void add(int[] stack, int rank, double weight, double samples) {
        int at = ROOT;
        for (int frame : stack) {
            int parent = at;
            at = children.computeIfAbsent((long) parent << 32 | frame, _ -> node(parent, frame));
        }
        double[] spent = own.get(at).computeIfAbsent(rank, _ -> new double[2]);
        spent[0] += weight;
        spent[1] += samples;
    }

    int size() {
        return parents.size();
    }

    /** -1 of the root; parents have smaller numbers than their children. */
    int parent(int node) {
        return parents.get(node);
    }

    int frame(int node) {
        return frames.get(node);
    }

    /** By rank: what was spent, and by how many samples that is known. */
    Map<Integer, double[]> own(int node) {
        return own.get(node);
    }

    /**
     * The same without what JDK and JVM do for the program, which counts as the program's own, and without what is below
     * a call to other ranks.
     */
    CallTree ofTheProgram(Frames names) {
        CallTree tree = new CallTree();
        for (int node = 1; node < size(); node++) {
            int[] stack = stack(node);
            int calls = 0;
            while (calls < stack.length && !Frames.isCall(names.name(stack[calls]))) {
                calls++;
            }
            int[] kept = Arrays.stream(stack).limit(calls + 1L).filter(frame -> !Frames.isForTheProgram(names.name(frame))).toArray();
            own(node).forEach((rank, spent) -> tree.add(kept.length == 0 ? stack : kept, rank, spent[0], spent[1]));
        }
        return tree;
    }

    double total() {
        return own.stream().flatMap(each -> each.values().stream()).mapToDouble(spent -> spent[0]).sum();
    }

    long samples() {
        return Math.round(own.stream().flatMap(each -> each.values().stream()).mapToDouble(spent -> spent[1]).sum());
    }

    /** The frames from the outermost to this node. */
    int[] stack(int node) {
        int depth = 0;
        for (int at = node; at != ROOT; at = parents.get(at)) {
            depth++;
        }
        int[] stack = new int[depth];
        for (int at = node; at != ROOT; at = parents.get(at)) {
            stack[--depth] = frames.get(at);
        }
        return stack;
    }
}
