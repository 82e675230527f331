package ghostrow.study.scale.predict;

import java.util.ArrayList;
import java.util.List;

/**
 * How a rank takes its steps: passes of {@code depth} steps, each after one exchange, cut short where a report is
 * due and at the end.
 *
 * <pre>
 *   depth 4, period 10, 23 steps:   4 4 2 | 4 4 2 | 3
 * </pre>
 *
 * @param steps of each pass
 * @param count how many such passes there are
 */
record Passes(int steps, long count) {

    static List<Passes> of(Problem problem, int depth) {
        long whole = problem.steps() / problem.period();
        long inPeriod = problem.period() % depth;
        long rest = problem.steps() % problem.period();
        List<Passes> passes = new ArrayList<>();
        add(passes, depth, whole * (problem.period() / depth) + rest / depth);
        add(passes, inPeriod, whole);
        add(passes, rest % depth, 1);
        return passes;
    }

    private static void add(List<Passes> passes, long steps, long count) {
        if (steps > 0 && count > 0) {
            passes.add(new Passes((int) steps, count));
        }
    }

    /**
     * The rows that one pass computes beyond the strip's own: a step that lies m steps before the last reaches m
     * rows into the ghosts on each side where there is a neighbour.
     */
    long redundantRows(int neighbours) {
        return neighbours * (long) steps * (steps - 1) / 2;
    }
}
