package ghostrow.study.scale.predict;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Predicts what a run takes. A pass of s steps of a strip with r rows of c columns computes
 *
 * <pre>
 *   c * (s * r + n * s (s - 1) / 2)     points, n neighbours: the ghost rows shrink by one a step
 * </pre>
 *
 * at the rate that was measured for strips of that size and depth; before it, two messages in turn carry
 * {@code depth} rows each, at the price of the slowest link that is on the way. The rank with the most to compute
 * counts, for the others wait for it. Ranks never disturb each other, and a network never has too many messages:
 * what comes out is what a quiet machine could do at best.
 */
public final class Model {
    /** The kernel takes no more steps in a pass; deeper ghost rows are possible, and not tried here. */
    public static final int DEEPEST = 32;

    /** Each waits for the one before. */
    private static final double SECONDS_AN_ADDITION = 1e-9;
    private static final int[] DEPTHS = {1, 2, 3, 4, 6, 8, 12, 16, 24, DEEPEST};
    private static final int FIELDS = 2;
    private static final double ROLL_CALL_SECONDS = 0.05;

    private final Machine machine;
    private final boolean sum;

    /** @param sum whether the closing sum counts */
    public Model(Machine machine, boolean sum) {
        this.machine = machine;
        this.sum = sum;
    }

    public Machine machine() {
        return machine;
    }

    /** The deepest ghost rows that so many strips allow; 0 if there are more ranks than rows. */
    public static int deepest(Problem problem, int ranks) {
        return (int) Math.min(DEEPEST, ranks == 1 ? DEEPEST : problem.rows() / ranks);
    }

    /** With the ghost depth that takes least. There must be a row for each rank. */
    public Prediction best(Problem problem, int ranks) {
        int deepest = deepest(problem, ranks);
        return IntStream.concat(IntStream.of(DEPTHS).filter(depth -> depth < deepest), IntStream.of(deepest))
                .mapToObj(depth -> predict(problem, ranks, depth))
                .min((a, b) -> Double.compare(a.seconds(), b.seconds())).orElseThrow();
    }

    /** @param depth no more than the thinnest strip has rows */
    public Prediction predict(Problem problem, int ranks, int depth) {
        Strip busiest = busiest(problem, ranks, depth);
        Map<Cost, Double> costs = new EnumMap<>(Cost.class);
        for (Cost cost : Cost.values()) {
            costs.put(cost, 0.0);
        }
        double bytes = (double) FIELDS * Double.BYTES * busiest.rows * problem.columns();
        double evenRows = (double) problem.rows() / ranks;
        Link slowest = ranks > machine.ranksPerNode() ? machine.between() : machine.within();
        double message = (double) depth * problem.columns() * Double.BYTES;
        int busy = Math.min(ranks, machine.ranksPerNode());
        long all = 0;
        for (Passes passes : Passes.of(problem, depth)) {
            double perRow = problem.columns() * machine.rates().secondsPerPoint(busy, bytes,
                    busiest.rows, passes.steps());
            double rowSteps = (double) passes.count() * passes.steps();
            costs.merge(Cost.KERNEL, rowSteps * evenRows * perRow, Double::sum);
            costs.merge(Cost.UNEVEN, rowSteps * (busiest.rows - evenRows) * perRow, Double::sum);
            costs.merge(Cost.REDUNDANT, passes.count() * (double) passes.redundantRows(busiest.neighbours) * perRow,
                    Double::sum);
            all += passes.count();
        }
        if (ranks > 1) {
            // Up and down are on their way at once, but share what carries them.
            costs.put(Cost.LATENCY, all * slowest.latency());
            costs.put(Cost.TRANSFER, all * 2.0 * (slowest.seconds(message) - slowest.latency()));
        }
        costs.put(Cost.SNAPSHOTS, problem.snapshots() * problem.bytes() * machine.writePerByte());
        double loop = costs.values().stream().mapToDouble(Double::doubleValue).sum();
        double stages = Math.ceil(Math.log(ranks) / Math.log(2));
        double reduction = stages * slowest.latency();
        double rollCalls = problem.rollCalls() ? Math.min(all, loop / ROLL_CALL_SECONDS) : 0;
        costs.put(Cost.AGREEMENT, (rollCalls + problem.snapshots()) * reduction);
        if (sum) {
            costs.put(Cost.SUM, busiest.rows * (double) problem.columns() * machine.sumPerPoint() + gathering(ranks)
                    + problem.rows() * SECONDS_AN_ADDITION);
        }
        return new Prediction(ranks, problem, busiest.rows, depth, machine.level(bytes, busy), costs);
    }

    /** Rank 0 takes what each of the others has added, one after the other. */
    private double gathering(int ranks) {
        int near = Math.min(ranks, machine.ranksPerNode()) - 1;
        return near * machine.within().latency() + (ranks - 1 - near) * machine.between().latency();
    }

    private record Strip(long rows, int neighbours) {
        double rowsOfPass(int steps) {
            return (double) steps * rows + new Passes(steps, 1).redundantRows(neighbours);
        }
    }

    /** Remaining rows go to the first ranks: the most has the first, or the first of those with two neighbours. */
    private static Strip busiest(Problem problem, int ranks, int depth) {
        long even = problem.rows() / ranks;
        long left = problem.rows() % ranks;
        Strip first = new Strip(even + (left > 0 ? 1 : 0), Math.min(1, ranks - 1));
        Strip second = new Strip(even + (left > 1 ? 1 : 0), 2);
        return ranks > 2 && second.rowsOfPass(depth) > first.rowsOfPass(depth) ? second : first;
    }
}
