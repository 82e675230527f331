package ghostrow.hits;

import java.util.ArrayList;
import java.util.HashMap;
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
        for (Stretch stretch : stretches) {
            if (stretch.arrives) {
                places.add(stretch.from);
            }
            places.addAll(stretch.turns);
        }
        Map<Integer, Layout.Count> hits = count(places);
        for (Stretch stretch : stretches) {
            Layout.Count sum = lines.computeIfAbsent(flow.line(stretch.from), line -> nothing());
            if (stretch.arrives) {
                add(hits.get(stretch.from), sum);
            }
            for (int head : stretch.turns) {
                add(hits.get(head), sum);
                if (flow.goesOn(head - 1)) {
                    sum.minus().add(fromAbove(head));
                }
            }
        }
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
                Layout.Count above = hits.get(before);
                Layout.Count count = new Layout.Count(above.plus(), new ArrayList<>(above.minus()));
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

    /**
     * What stands together in the code and on one line, and is come to at its begin.
     *
     * @param arrives whether coming there is coming to the line: not where the line goes on with what it began before
     * @param turns   the places within to which a loop comes back
     */
    private record Stretch(int from, int to, boolean arrives, List<Integer> turns) {
    }

    private List<Stretch> stretches() {
        Map<Integer, List<Integer>> begins = new HashMap<>();
        List<Stretch> stretches = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= flow.size(); i++) {
            if (i == flow.size() || flow.line(i) != flow.line(i - 1) || flow.isHandler(i) || !flow.goesOn(i - 1)) {
                begins.computeIfAbsent(flow.line(from), line -> new ArrayList<>()).add(from);
                stretches.add(new Stretch(from, i, true, turns(from, i)));
                from = i;
            }
        }
        return stretches.stream().map(stretch -> goesOn(stretch.from, begins.get(flow.line(stretch.from)))
                ? new Stretch(stretch.from, stretch.to, false, stretch.turns) : stretch).toList();
    }

    /** Whether a line began at another place before, in the same turn of the same loops. */
    private boolean goesOn(int place, List<Integer> begins) {
        for (int begin : begins) {
            if (begin != place && flow.dominates(begin, place) && inAllLoopsOf(place, begin)) {
                return true;
            }
        }
        return false;
    }

    private boolean inAllLoopsOf(int place, int other) {
        for (Flow.Loop loop : flow.loops()) {
            if (loop.holds(place) && !loop.holds(other)) {
                return false;
            }
        }
        return true;
    }

    /** But where another stretch of the line comes back, as the last part of a for statement, that has been counted. */
    private List<Integer> turns(int from, int to) {
        List<Integer> turns = new ArrayList<>();
        for (Flow.Loop loop : flow.loops()) {
            int head = loop.head();
            if (head > from && head < to && flow.comeBackTo(head).stream()
                    .allMatch(last -> last >= from && last < to || flow.line(last) != flow.line(head))) {
                turns.add(head);
            }
        }
        return turns;
    }
}
