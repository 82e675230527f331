package ghostrow.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * A row of the table by function.
 *
 * @param calls      where they were counted
 * @param samples    that were taken in it itself
 * @param own        seconds in it itself, by rank
 * @param cumulative and with all that it called
 */
record Function(int frame, String name, OptionalLong calls, long samples, double[] own, double[] cumulative) {

    /** What to sort by. */
    enum Order { cumulative, own, calls }

    double ownSeconds() {
        return DoubleStream.of(own).sum();
    }

    double cumulativeSeconds() {
        return DoubleStream.of(cumulative).sum();
    }

    /** All that were met, in no order. */
    static List<Function> of(CallTree tree, Frames frames, int ranks, Map<String, Long> counted) {
        Map<Integer, double[]> own = new HashMap<>();
        Map<Integer, double[]> cumulative = new HashMap<>();
        Map<Integer, Long> samples = new HashMap<>();
        for (int node = 1; node < tree.size(); node++) {
            int at = node;
            if (tree.own(node).isEmpty()) {
                continue;
            }
            int[] stack = tree.stack(node);
            Set<Integer> once = new HashSet<>();
            tree.own(at).forEach((rank, spent) -> {
                own.computeIfAbsent(tree.frame(at), _ -> new double[ranks])[rank] += spent[0];
                samples.merge(tree.frame(at), Math.round(spent[1]), Long::sum);
            });
            for (int frame : stack) {
                if (once.add(frame)) {
                    double[] sum = cumulative.computeIfAbsent(frame, _ -> new double[ranks]);
                    tree.own(at).forEach((rank, spent) -> sum[rank] += spent[0]);
                }
            }
        }
        List<Function> functions = new ArrayList<>();
        cumulative.forEach((frame, sum) -> {
            Long calls = counted.get(frames.name(frame));
            functions.add(new Function(frame, frames.name(frame), calls == null ? OptionalLong.empty()
                    : OptionalLong.of(calls), samples.getOrDefault(frame, 0L), own.getOrDefault(frame,
                    new double[ranks]), sum));
        });
        return functions;
    }

    /** The most comes first. */
    static List<Function> sorted(List<Function> functions, Order order) {
        return functions.stream().sorted((one, other) -> {
            int more = switch (order) {
                case own -> Double.compare(other.ownSeconds(), one.ownSeconds());
                case cumulative -> Double.compare(other.cumulativeSeconds(), one.cumulativeSeconds());
                case calls -> Long.compare(other.calls.orElse(-1), one.calls.orElse(-1));
            };
            more = more != 0 ? more : Double.compare(other.ownSeconds(), one.ownSeconds());
            return more != 0 ? more : one.name.compareTo(other.name);
        }).toList();
    }
}
