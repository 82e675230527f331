package ghostrow.study.scale.predict;

import ghostrow.grid.Exchange;
import ghostrow.grid.GhostDepth;
import ghostrow.kernel.Rule;
import ghostrow.kernel.Rung;
import ghostrow.kernel.Vectors;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Predicts what a run takes. With k ghost rows a side, the k steps from one exchange to the next compute, of a strip with
 * r rows of c columns and n neighbours,
 *
 * <pre>
 *   c * (k * r + n * k (k - 1) / 2)     points: the ghost rows shrink by one a step
 * </pre>
 *
 * in passes of no more steps than the kernel takes, each at the rate that was measured for strips of that size and passes
 * of that length. An exchange carries k rows each way and pays one latency of the slowest link that is on the way, or two
 * where rows travel one way after the other; messages that are too large to be sent without asking pay two more. A rank
 * between two neighbours carries the bytes of both. Overlapped, an exchange costs what it takes longer than the rows that
 * are stepped meanwhile, and rows that both parts of the strip compute.
 *
 * <p>The rank with the most to compute counts, for the others wait for it. Ranks never disturb each other, and a network
 * never has too many messages: what comes out is what a quiet machine could do at best.
 */
public final class Model {
    /** Each waits for the one before. */
    private static final double SECONDS_AN_ADDITION = 1e-9;
    private static final int[] DEPTHS = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768};
    private static final int FIELDS = 2;
    private static final double ROLL_CALL_SECONDS = 0.05;

    private final Machine machine;
    private final boolean sum;
    private final Exchange exchange;

    /**
     * @param sum      whether the closing sum counts
     * @param exchange how ghost rows travel
     */
    public Model(Machine machine, boolean sum, Exchange exchange) {
        this.machine = machine;
        this.sum = sum;
        this.exchange = exchange;
    }

    public Machine machine() {
        return machine;
    }

    /** The deepest ghost rows that so many strips allow; 0 if there are more ranks than rows. */
    public static int deepest(Problem problem, int ranks) {
        return (int) Math.min(GhostDepth.MOST, ranks == 1 ? GhostDepth.MOST : problem.rows() / ranks);
    }

    /** The depth that the program chooses by itself on this machine. There must be a row for each rank. */
    public int usualDepth(Problem problem, int ranks) {
        long strip = problem.rows() / ranks;
        int ofKernel = GhostDepth.ofKernel(Rung.auto().worker(new Rule.Jacobi()), exchange, strip, 1, problem.columns());
        return between(ranks) ? GhostDepth.of(machine.between().latency(), ofKernel, strip, ranks,
                GhostDepth.secondsOfARow(problem.columns(), Vectors.present(), 1)) : ofKernel;
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
        int busy = Math.min(ranks, machine.ranksPerNode());
        Passes.Run run = Passes.of(problem, depth);
        double perRow = 0;
        long all = 0;
        for (Passes passes : run.passes()) {
            perRow = problem.columns() * machine.rates().secondsPerPoint(busy, bytes, busiest.rows, passes.steps());
            double rowSteps = (double) passes.count() * passes.steps();
            costs.merge(Cost.KERNEL, rowSteps * evenRows * perRow, Double::sum);
            costs.merge(Cost.UNEVEN, rowSteps * (busiest.rows - evenRows) * perRow, Double::sum);
            costs.merge(Cost.REDUNDANT, rowSteps / problem.steps() * busiest.neighbours * run.redundantRows() * perRow,
                    Double::sum);
            all += passes.count();
        }
        if (ranks > 1) {
            exchange(costs, problem, ranks, depth, run, busiest.rows);
        }
        costs.put(Cost.SNAPSHOTS, problem.snapshots() * problem.bytes() * machine.writePerByte());
        double loop = costs.values().stream().mapToDouble(Double::doubleValue).sum();
        double reduction = Math.ceil(Math.log(ranks) / Math.log(2)) * slowest(ranks).latency();
        double rollCalls = problem.rollCalls() ? Math.min(all, loop / ROLL_CALL_SECONDS) : 0;
        costs.put(Cost.AGREEMENT, (rollCalls + problem.snapshots()) * reduction);
        if (sum) {
            costs.put(Cost.SUM, busiest.rows * (double) problem.columns() * machine.sumPerPoint() + gathering(ranks)
                    + problem.rows() * SECONDS_AN_ADDITION);
        }
        return new Prediction(ranks, problem, busiest.rows, depth, machine.level(bytes, busy), costs);
    }

    private boolean between(int ranks) {
        return ranks > machine.ranksPerNode();
    }

    private Link slowest(int ranks) {
        return between(ranks) ? machine.between() : machine.within();
    }

    private void exchange(Map<Cost, Double> costs, Problem problem, int ranks, int depth, Passes.Run run, long rows) {
        double message = (double) depth * problem.columns() * Double.BYTES;
        int neighbours = Math.min(2, ranks - 1);
        int abroad = !between(ranks) ? 0 : machine.ranksPerNode() == 1 ? neighbours : 1;
        double transfer = abroad * machine.between().carrying(message)
                + (neighbours - abroad) * machine.within().carrying(message);
        Link slowest = slowest(ranks);
        double latency = slowest.latency() * ((exchange.isOneByOne() ? 2 : 1) * (1 + slowest.asking(message)));
        double part = 1;
        if (exchange == Exchange.overlap) {
            int steps = Passes.steps(depth);
            double rowSeconds = costs.get(Cost.KERNEL) / problem.steps() / problem.rows() * ranks;
            long meanwhile = Math.max(0, rows - 2L * depth);
            part = Math.max(0, 1 - meanwhile * steps * rowSeconds / (latency + transfer));
            // Where the strip is cut, for the edges are stepped alone.
            int sides = meanwhile > 0 ? 4 : 2;
            costs.merge(Cost.REDUNDANT, run.exchanges() * sides * Passes.triangle(steps) * rowSeconds, Double::sum);
        }
        costs.put(Cost.LATENCY, run.exchanges() * part * latency);
        costs.put(Cost.TRANSFER, run.exchanges() * part * transfer);
    }

    /** Rank 0 takes what each of the others has added, one after the other. */
    private double gathering(int ranks) {
        int near = Math.min(ranks, machine.ranksPerNode()) - 1;
        return near * machine.within().latency() + (ranks - 1 - near) * machine.between().latency();
    }

    private record Strip(long rows, int neighbours) {
        /** From one exchange to the next. */
        double rowsOf(int depth) {
            return (double) depth * rows + neighbours * (double) Passes.triangle(depth);
        }
    }

    /** Remaining rows go to the first ranks: the most has the first, or the first of those with two neighbours. */
    private static Strip busiest(Problem problem, int ranks, int depth) {
        long even = problem.rows() / ranks;
        long left = problem.rows() % ranks;
        Strip first = new Strip(even + (left > 0 ? 1 : 0), Math.min(1, ranks - 1));
        Strip second = new Strip(even + (left > 1 ? 1 : 0), 2);
        return ranks > 2 && second.rowsOf(depth) > first.rowsOf(depth) ? second : first;
    }
}
