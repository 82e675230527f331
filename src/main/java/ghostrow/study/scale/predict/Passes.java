package ghostrow.study.scale.predict;

import ghostrow.grid.Stepper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a rank takes its steps: passes of no more steps than the kernel takes, cut short where a report is due and at the
 * end. Where one pass uses all ghost rows up there is an exchange before each, however short; else they serve on.
 *
 * <pre>
 *   depth 4, period 10, 23 steps:     e4 e4 e2 | e4 e4 e2 | e3          e: an exchange
 *   depth 40, period 50, 120 steps:   e20 20 e10 | 20 10 e20 | 20
 * </pre>
 *
 * @param steps of each pass
 * @param count how many such passes there are
 */
record Passes(int steps, long count) {

    /** The kernel takes no more steps in a pass. */
    static final int MOST = 32;

    /**
     * All passes of a run.
     *
     * @param exchanges     how often all ghost rows are fetched
     * @param redundantRows what all passes compute beyond the strip's own rows, for each neighbour: a step that lies m
     *                      steps before the next exchange reaches m rows into the ghosts
     */
    record Run(List<Passes> passes, long exchanges, long redundantRows) {
    }

    /** Of a pass that is not cut short. */
    static int steps(int depth) {
        return Stepper.pass(depth, MOST);
    }

    static Run of(Problem problem, int depth) {
        int pass = steps(depth);
        return pass == depth ? oneToAnExchange(problem, depth) : severalToAnExchange(problem, depth, pass);
    }

    private static Run oneToAnExchange(Problem problem, int depth) {
        long whole = problem.steps() / problem.period();
        long inPeriod = problem.period() % depth;
        long rest = problem.steps() % problem.period();
        Map<Integer, Long> counts = new TreeMap<>();
        add(counts, depth, whole * (problem.period() / depth) + rest / depth);
        add(counts, inPeriod, whole);
        add(counts, rest % depth, 1);
        List<Passes> passes = listed(counts);
        return new Run(passes, passes.stream().mapToLong(Passes::count).sum(),
                passes.stream().mapToLong(one -> one.count * triangle(one.steps)).sum());
    }

    private static Run severalToAnExchange(Problem problem, int depth, int pass) {
        Map<Integer, Long> counts = new TreeMap<>();
        long whole = problem.steps() / problem.period();
        // Ghost rows at a report are as many as they were so many reports before.
        long cycle = depth / gcd(depth, problem.period() % depth);
        for (long period = 0; period < Math.min(whole, cycle); period++) {
            segments(counts, depth, pass, period * problem.period(), problem.period(),
                    (whole - period - 1) / cycle + 1);
        }
        segments(counts, depth, pass, whole * problem.period(), problem.steps() % problem.period(), 1);
        long cut = problem.steps() % depth;
        return new Run(listed(counts), Math.ceilDiv(problem.steps(), depth), problem.steps() / depth * triangle(depth)
                + cut * depth - cut * (cut + 1) / 2);
    }

    /** From one report to the next, with an exchange wherever {@code depth} steps are over since the start. */
    private static void segments(Map<Integer, Long> counts, int depth, int pass, long start, long steps, long times) {
        long first = Math.min(steps, (depth - start % depth) % depth);
        segment(counts, pass, first, times);
        segment(counts, pass, depth, times * ((steps - first) / depth));
        segment(counts, pass, (steps - first) % depth, times);
    }

    private static void segment(Map<Integer, Long> counts, int pass, long steps, long times) {
        add(counts, pass, times * (steps / pass));
        add(counts, steps % pass, times);
    }

    private static void add(Map<Integer, Long> counts, long steps, long count) {
        if (steps > 0 && count > 0) {
            counts.merge((int) steps, count, Long::sum);
        }
    }

    private static List<Passes> listed(Map<Integer, Long> counts) {
        List<Passes> passes = new ArrayList<>();
        counts.forEach((steps, count) -> passes.addFirst(new Passes(steps, count)));
        return passes;
    }

    /** Rows beyond one edge of a pass that leaves no ghost rows. */
    static long triangle(long steps) {
        return steps * (steps - 1) / 2;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
