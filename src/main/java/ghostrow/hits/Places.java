package ghostrow.hits;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntSupplier;

/**
 * Where a method must count, so that the hits of its lines can be told from few numbers: once in a block, at the first
 * place there that matters. Places further down have as many hits, less the exceptions that left the block before.
 */
final class Places {

    /** @param local whether a local variable counts, which is for loops, or the thread's array itself */
    record Counter(int number, boolean local) {
    }

    /** Instructions of a block whose exceptions are counted, for the sake of what comes behind them. */
    record Lost(int from, int to, int number) {
    }

    private final Flow flow;
    private final IntSupplier numbers;
    private final int superCall;

    /** By the instruction before which they count. */
    final SortedMap<Integer, Counter> counters = new TreeMap<>();

    /** These count what comes from above alone, not what jumps there. */
    final SortedMap<Integer, Counter> fromAbove = new TreeMap<>();

    final List<Lost> lost = new ArrayList<>();
    final Layout.Count entries;
    final SortedMap<Integer, Layout.Count> lines = new TreeMap<>();

    /**
     * @param superCall where a constructor has its superclass set up the object, or -1
     * @param numbers   gives each counter its number
     */
    Places(Flow flow, int superCall, IntSupplier numbers) {
        this.flow = flow;
        this.numbers = numbers;
        this.superCall = superCall;
        List<Stretch> stretches = stretches();
        SortedSet<Integer> places = new TreeSet<>();
        stretches.forEach(stretch -> {
            if (!stretch.goesOnWithOneOf(stretches)) {
                places.add(stretch.from);
            }
            places.addAll(stretch.turns());
        });
        Map<Integer, Layout.Count> hits = count(places);
        stretches.forEach(stretch -> {
            Layout.Count sum = lines.computeIfAbsent(flow.line(stretch.from), line -> nothing());
            if (!stretch.goesOnWithOneOf(stretches)) {
                add(hits.get(stretch.from), sum);
            }
            stretch.turns().forEach(head -> {
                add(hits.get(head), sum);
                if (flow.goesOn(head - 1)) {
                    sum.minus().add(fromAbove(head));
                }
            });
        });
        if (flow.isTarget(0)) {
            entries = nothing();
            entries.plus().add(fromAbove(0));
        } else {
            entries = hits.get(0);
        }
    }

    private static Layout.Count nothing() {
        return new Layout.Count(new ArrayList<>(), new ArrayList<>());
    }

    private static void add(Layout.Count count, Layout.Count sum) {
        sum.plus().addAll(count.plus());
        sum.minus().addAll(count.minus());
    }

    private int fromAbove(int place) {
        return fromAbove.computeIfAbsent(place, p -> counter(p - 1)).number;
    }

    private Counter counter(int place) {
        return new Counter(numbers.getAsInt(), place > superCall && flow.inLoop(place));
    }

    private Map<Integer, Layout.Count> count(SortedSet<Integer> places) {
        Map<Integer, Layout.Count> hits = new TreeMap<>();
        int before = -1;
        for (int place : places) {
            boolean together = before >= 0 && flow.blockOf(before) == flow.blockOf(place) && before > superCall;
            if (together) {
                Layout.Count count = new Layout.Count(hits.get(before).plus(), new ArrayList<>(hits.get(before).minus()));
                if (flow.mayThrow(before, place)) {
                    lost.add(new Lost(before, place, numbers.getAsInt()));
                    count.minus().add(lost.getLast().number);
                }
                hits.put(place, count);
            } else {
                counters.put(place, counter(place));
                hits.put(place, new Layout.Count(List.of(counters.get(place).number), List.of()));
            }
            before = place;
        }
        return hits;
    }

    /** What stands together in the code and on one line, and is come to at its begin. */
    private List<Stretch> stretches() {
        List<Stretch> stretches = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= flow.size(); i++) {
            if (i == flow.size() || flow.line(i) != flow.line(i - 1) || flow.isHandler(i) || !flow.goesOn(i - 1)) {
                stretches.add(new Stretch(from, i));
                from = i;
            }
        }
        return stretches;
    }

    private final class Stretch {
        private final int from;
        private final int to;

        Stretch(int from, int to) {
            this.from = from;
            this.to = to;
        }

        private boolean holds(int instruction) {
            return from <= instruction && instruction < to;
        }

        /** Whether the same line began before, in the same turn of the same loops. */
        boolean goesOnWithOneOf(List<Stretch> stretches) {
            return stretches.stream().anyMatch(other -> other != this && flow.line(other.from) == flow.line(from)
                    && flow.dominates(other.from, from)
                    && flow.loops().stream().allMatch(loop -> !loop.holds(from) || loop.holds(other.from)));
        }

        /**
         * The places within to which loops come back; but where another stretch of the line does so, as the last part
         * of a for statement, that has been counted.
         */
        List<Integer> turns() {
            return flow.loops().stream().map(Flow.Loop::head).filter(head -> head > from && head < to)
                    .filter(head -> flow.comeBackTo(head)
                            .allMatch(last -> holds(last) || flow.line(last) != flow.line(head))).toList();
        }
    }
}
