package ghostrow.study.scale.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The model against values worked out by hand, and against what no machine can do otherwise. */
class ModelTest {
    private static final double TINY = 1e-12;
    /** 1 point takes 1 ns wherever it lies. */
    private static final Rates EVEN = new Rates(List.of(new Rate(1, 1 << 20, 1, 1, 1e9)));
    /** Within a node 1 us and 1 GB/s, between nodes of 4 ranks ten times that. */
    private static final Machine MACHINE = new Machine("hand-made", "jacobi", 4,
            List.of(new Level("L1", 32 << 10, 1), new Level("L2", 8 << 20, 4)), EVEN, new Link(1e-6, 1e9),
            new Link(1e-5, 1e8), false, 4, 2e-9, 1e-9);

    private static Problem plate(long size, long steps) {
        return new Problem(size, size, steps, steps, 0, false);
    }

    private static double cost(Prediction prediction, Cost cost) {
        return prediction.costs().get(cost);
    }

    @Test
    void oneRankComputesEveryPointOnceAndSendsNothing() {
        Prediction one = new Model(MACHINE, true).predict(plate(100, 50), 1, 8);
        assertEquals(100 * 100 * 50 * 1e-9, cost(one, Cost.KERNEL), TINY);
        for (Cost none : List.of(Cost.UNEVEN, Cost.REDUNDANT, Cost.LATENCY, Cost.TRANSFER, Cost.AGREEMENT,
                Cost.SNAPSHOTS)) {
            assertEquals(0, cost(one, none), none.label());
        }
        // The points, then the rows.
        assertEquals(100 * 100 * 2e-9 + 100 * 1e-9, cost(one, Cost.SUM), TINY);
    }

    @Test
    void messagesCarryDepthRowsOnceInDepthSteps() {
        Prediction four = new Model(MACHINE, false).predict(plate(100, 50), 4, 5);
        // 10 passes, two messages at once, each of 5 rows of 100 doubles.
        assertEquals(10 * 1e-6, cost(four, Cost.LATENCY), TINY);
        assertEquals(10 * 2 * 5 * 100 * 8 / 1e9, cost(four, Cost.TRANSFER), TINY);
        // Two neighbours: 4 + 3 + 2 + 1 + 0 rows on each side a pass.
        assertEquals(10 * 2 * 10 * 100 * 1e-9, cost(four, Cost.REDUNDANT), TINY);
        assertEquals(25 * 100 * 50 * 1e-9, cost(four, Cost.KERNEL), TINY);
    }

    @Test
    void redundantRowsAreThoseThatALoopCounts() {
        for (int depth = 1; depth <= 32; depth++) {
            for (int neighbours = 0; neighbours <= 2; neighbours++) {
                long counted = 0;
                for (int step = 1; step <= depth; step++) {
                    counted += (long) neighbours * (depth - step);
                }
                assertEquals(counted, new Passes(depth, 1).redundantRows(neighbours));
            }
        }
    }

    @Test
    void passesEndAtReportsAndTakeAllSteps() {
        assertEquals(List.of(new Passes(4, 4), new Passes(2, 2), new Passes(3, 1)),
                Passes.of(new Problem(9, 9, 23, 10, 0, true), 4));
        for (int depth : new int[] {1, 3, 7, 32}) {
            for (long period : new long[] {1, 5, 32, 100, 1000}) {
                Problem problem = new Problem(9, 9, 317, period, 0, true);
                assertEquals(317, Passes.of(problem, depth).stream().mapToLong(one -> one.steps() * one.count()).sum());
                assertEquals(looped(problem, depth), Passes.of(problem, depth).stream().mapToLong(Passes::count).sum());
            }
        }
    }

    /** As the apps' loop goes. */
    private static long looped(Problem problem, int depth) {
        long passes = 0;
        for (long step = 0; step < problem.steps(); passes++) {
            step += Math.min(depth, Math.min(problem.period() - step % problem.period(), problem.steps() - step));
        }
        return passes;
    }

    @Test
    void theThickestStripIsWaitedFor() {
        Prediction three = new Model(MACHINE, false).predict(plate(100, 10), 3, 1);
        assertEquals(34, three.rows());
        assertEquals((34 - 100 / 3.0) * 100 * 10 * 1e-9, cost(three, Cost.UNEVEN), TINY);
        assertEquals(34 * 100 * 10 * 1e-9, cost(three, Cost.KERNEL) + cost(three, Cost.UNEVEN), TINY);
        // One row is left over: the first strip has it, but a later one has two neighbours and more to compute.
        assertEquals(33, new Model(MACHINE, false).predict(plate(100, 10), 3, 4).rows());
    }

    @Test
    void beyondANodeTheNetworkCounts() {
        Model model = new Model(MACHINE, true);
        assertEquals(10 * 1e-6, cost(model.predict(plate(100, 10), 4, 1), Cost.LATENCY), TINY);
        assertEquals(10 * 1e-5, cost(model.predict(plate(100, 10), 5, 1), Cost.LATENCY), TINY);
        // The sum: 10 x 100 points a rank, 3 ranks of rank 0's node and 6 of others tell it theirs, and 100 rows.
        assertEquals(1e3 * 2e-9 + 3e-6 + 6e-5 + 100 * 1e-9, cost(model.predict(plate(100, 10), 10, 1), Cost.SUM), TINY);
    }

    @Test
    void snapshotsAndRollCallsAreCounted() {
        Problem problem = new Problem(1000, 1000, 100, 10, 11, true);
        Prediction four = new Model(MACHINE, false).predict(problem, 4, 10);
        assertEquals(11 * 8e6 * 1e-9, cost(four, Cost.SNAPSHOTS), TINY);
        double loop = four.loopSeconds() + cost(four, Cost.SNAPSHOTS);
        assertEquals((11 + loop / 0.05) * 2 * 1e-6, cost(four, Cost.AGREEMENT), TINY);
    }

    @Test
    void theBestDepthBalancesMessagesAndRedundantRows() {
        Model model = new Model(MACHINE, false);
        // A row of 20 points is computed in 20 ns; two messages cost 20 us across nodes: as deep as strips allow.
        assertEquals(10, model.best(new Problem(100, 20, 1000, 1000, 0, false), 10).depth());
        // A row of 10^6 points takes 1 ms, and its transfer is the same at any depth: not one row twice.
        assertEquals(1, model.best(new Problem(100, 1_000_000, 1000, 1000, 0, false), 10).depth());
        for (int depth : new int[] {1, 2, 4, 8}) {
            Problem problem = new Problem(400, 300, 960, 960, 0, false);
            assertTrue(model.best(problem, 8).seconds() <= model.predict(problem, 8, depth).seconds());
        }
    }

    @Test
    void moreRanksNeverMakeTheStepsOfAnEvenMachineSlowerWithoutMessages() {
        Machine free = new Machine("free messages", "jacobi", 1, List.of(), EVEN, new Link(0, 1e300),
                new Link(0, 1e300), false, 1, 0, 0);
        Problem problem = plate(4096, 64);
        double before = Double.MAX_VALUE;
        for (int ranks = 1; ranks <= 4096; ranks *= 2) {
            double seconds = new Model(free, false).best(problem, ranks).seconds();
            assertEquals(problem.points() * 1e-9 / ranks, seconds, 1e-9 * seconds);
            assertTrue(seconds < before);
            before = seconds;
        }
    }

    @Test
    void slowerNetworksAndLongerRunsTakeLonger() {
        Problem problem = plate(2000, 100);
        double fast = new Model(MACHINE, true).best(problem, 64).seconds();
        Machine slow = MACHINE.with(new Link(1e-4, 1e8), false, 4);
        assertTrue(new Model(slow, true).best(problem, 64).seconds() > fast);
        assertTrue(new Model(MACHINE, true).best(plate(2000, 200), 64).seconds() > fast);
        assertTrue(new Model(MACHINE, true).best(plate(2100, 100), 64).seconds() > fast);
    }

    @Test
    void stripsThatAreTooThinAreNotPredicted() {
        Model model = new Model(MACHINE, true);
        Forecast free = Forecast.of(model, ranks -> plate(100, 10), List.of(4, 100, 101), OptionalInt.empty());
        assertEquals(List.of(true, true, false), free.lines().stream().map(line -> line.prediction().isPresent())
                .toList());
        Forecast deep = Forecast.of(model, ranks -> plate(100, 10), List.of(1, 12, 13), OptionalInt.of(8));
        assertEquals(List.of(true, true, false), deep.lines().stream().map(line -> line.prediction().isPresent())
                .toList());
        assertEquals(8, deep.lines().get(2).needed());
    }

    @Test
    void speedUpIsWorkASecondAlsoOfGrownProblems() {
        Forecast weak = Forecast.of(new Model(MACHINE, false), ranks -> plate(100L * (long) Math.sqrt(ranks), 10),
                List.of(4), OptionalInt.of(1));
        Prediction four = weak.lines().getFirst().prediction().orElseThrow();
        assertEquals(4 * weak.base().seconds() / four.seconds(), weak.speedUp(four), TINY);
    }

    @Test
    void whatTakesMostLimits() {
        Model model = new Model(MACHINE, false);
        assertEquals("kernel, L2", model.predict(plate(500, 1000), 1, 1).limit());
        assertEquals("kernel, L1", model.predict(plate(40, 1000), 1, 1).limit());
        assertEquals("kernel, memory", model.predict(plate(5000, 10), 1, 1).limit());
        assertEquals("latency", model.predict(plate(20, 1000), 8, 1).limit());
        assertEquals("closing sum", new Model(MACHINE, true).predict(plate(1000, 1), 4, 1).limit());
    }

    @Test
    void ratesLieOnStraightLinesOfLogarithms() {
        List<Rate> measured = new ArrayList<>();
        for (long bytes : new long[] {1 << 10, 1 << 20}) {
            for (long rows : new long[] {1, 16}) {
                for (int depth : new int[] {1, 4}) {
                    measured.add(new Rate(1, bytes, rows, depth, 1e9 * depth * Math.sqrt(rows) / bytes));
                }
            }
        }
        Rates rates = new Rates(measured);
        assertEquals(1 << 15, 1e9 * rates.secondsPerPoint(1, 1 << 15, 1, 1), 1e-6);
        assertEquals((1 << 15) / 2.0 / 2, 1e9 * rates.secondsPerPoint(7, 1 << 15, 4, 2), 1e-6);
        // Beyond the outermost: as there.
        assertEquals((1 << 20) / 4.0 / 4, 1e9 * rates.secondsPerPoint(1, 1 << 30, 1000, 32), 1e-6);
    }
}
