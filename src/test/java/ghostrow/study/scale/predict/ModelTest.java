package ghostrow.study.scale.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.grid.Exchange;
import ghostrow.grid.GhostDepth;
import ghostrow.kernel.Rule;
import ghostrow.kernel.Rung;
import ghostrow.kernel.Vectors;
import ghostrow.study.Level;
import ghostrow.study.scale.predict.Link.Exchanged;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
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
        Prediction one = new Model(MACHINE, true, Exchange.persistent).predict(plate(100, 50), 1, 8);
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
        Prediction four = new Model(MACHINE, false, Exchange.persistent).predict(plate(100, 50), 4, 5);
        // 10 passes, two messages at once, each of 5 rows of 100 doubles.
        assertEquals(10 * 1e-6, cost(four, Cost.LATENCY), TINY);
        assertEquals(10 * 2 * 5 * 100 * 8 / 1e9, cost(four, Cost.TRANSFER), TINY);
        // Two neighbours: 4 + 3 + 2 + 1 + 0 rows on each side a pass.
        assertEquals(10 * 2 * 10 * 100 * 1e-9, cost(four, Cost.REDUNDANT), TINY);
        assertEquals(25 * 100 * 50 * 1e-9, cost(four, Cost.KERNEL), TINY);
    }

    @Test
    void passesEndAtReportsAndTakeAllSteps() {
        assertEquals(new Passes.Run(List.of(new Passes(4, 4), new Passes(3, 1), new Passes(2, 2)), 7, 4 * 6 + 3 + 2),
                Passes.of(new Problem(9, 9, 23, 10, 0, true), 4));
        // One exchange serves 40 steps, of which the kernel takes 20 at a time, whatever is reported meanwhile.
        assertEquals(new Passes.Run(List.of(new Passes(20, 5), new Passes(10, 2)), 3, 3 * 780),
                Passes.of(new Problem(9, 9, 120, 50, 0, true), 40));
    }

    @Test
    void passesExchangesAndRedundantRowsAreThoseOfTheStepper() {
        for (int depth : new int[] {1, 3, 7, 31, 32, 33, 57, 64, 65, 149, 1000}) {
            for (long period : new long[] {1, 5, 32, 100, 447, 5000}) {
                for (long steps : new long[] {1, 317, 5000}) {
                    assertEquals(looped(steps, Math.min(period, steps), depth),
                            Passes.of(new Problem(9, 9, steps, Math.min(period, steps), 0, true), depth),
                            depth + " deep, " + steps + " steps, reports every " + period);
                }
            }
        }
    }

    /** As the apps' loop and the stepper go. */
    private static Passes.Run looped(long steps, long period, int depth) {
        int pass = Math.ceilDiv(depth, Math.ceilDiv(depth, 32));
        TreeMap<Integer, Long> counts = new TreeMap<>(Comparator.reverseOrder());
        long exchanges = 0;
        long redundant = 0;
        int good = 0;
        for (long step = 0; step < steps; ) {
            int taken = (int) Math.min(good == 0 ? pass : Math.min(pass, good),
                    Math.min(period - step % period, steps - step));
            if (good == 0) {
                exchanges++;
                good = depth;
            }
            good = pass == depth ? 0 : good - taken;
            for (int later = 0; later < taken; later++) {
                redundant += good + later;
            }
            counts.merge(taken, 1L, Long::sum);
            step += taken;
        }
        return new Passes.Run(counts.entrySet().stream().map(one -> new Passes(one.getKey(), one.getValue())).toList(),
                exchanges, redundant);
    }

    @Test
    void noPassIsLongerThanTheKernelTakes() {
        assertEquals(Rung.BLOCKED.worker(new Rule.Jacobi()).maxSteps(), Passes.MOST);
    }

    @Test
    void theThickestStripIsWaitedFor() {
        Prediction three = new Model(MACHINE, false, Exchange.persistent).predict(plate(100, 10), 3, 1);
        assertEquals(34, three.rows());
        assertEquals((34 - 100 / 3.0) * 100 * 10 * 1e-9, cost(three, Cost.UNEVEN), TINY);
        assertEquals(34 * 100 * 10 * 1e-9, cost(three, Cost.KERNEL) + cost(three, Cost.UNEVEN), TINY);
        // One row is left over: the first strip has it, but a later one has two neighbours and more to compute.
        assertEquals(33, new Model(MACHINE, false, Exchange.persistent).predict(plate(100, 10), 3, 4).rows());
    }

    @Test
    void beyondANodeTheNetworkCounts() {
        Model model = new Model(MACHINE, true, Exchange.persistent);
        assertEquals(10 * 1e-6, cost(model.predict(plate(100, 10), 4, 1), Cost.LATENCY), TINY);
        assertEquals(10 * 1e-5, cost(model.predict(plate(100, 10), 5, 1), Cost.LATENCY), TINY);
        // The sum: 10 x 100 points a rank, 3 ranks of rank 0's node and 6 of others tell it theirs, and 100 rows.
        assertEquals(1e3 * 2e-9 + 3e-6 + 6e-5 + 100 * 1e-9, cost(model.predict(plate(100, 10), 10, 1), Cost.SUM), TINY);
    }

    @Test
    void snapshotsAndRollCallsAreCounted() {
        Problem problem = new Problem(1000, 1000, 100, 10, 11, true);
        Prediction four = new Model(MACHINE, false, Exchange.persistent).predict(problem, 4, 10);
        assertEquals(11 * 8e6 * 1e-9, cost(four, Cost.SNAPSHOTS), TINY);
        double loop = four.loopSeconds() + cost(four, Cost.SNAPSHOTS);
        assertEquals((11 + loop / 0.05) * 2 * 1e-6, cost(four, Cost.AGREEMENT), TINY);
    }

    @Test
    void theBestDepthBalancesMessagesAndRedundantRows() {
        Model model = new Model(MACHINE, false, Exchange.persistent);
        // A row of 20 points is computed in 20 ns; two messages cost 20 us across nodes: as deep as strips allow.
        assertEquals(10, model.best(new Problem(100, 20, 1000, 1000, 0, false), 10).depth());
        // And deeper than the kernel steps at a time, where a message costs a thousand rows.
        Model far = new Model(MACHINE.with(new Link(4e-5, 1e10), false, 1), false, Exchange.persistent);
        assertEquals(64, far.best(new Problem(2000, 10, 19200, 19200, 0, false), 10).depth());
        // A row of 10^6 points takes 1 ms, and its transfer is the same at any depth: not one row twice.
        assertEquals(1, model.best(new Problem(100, 1_000_000, 1000, 1000, 0, false), 10).depth());
        for (int depth : new int[] {1, 2, 4, 8}) {
            Problem problem = new Problem(400, 300, 960, 960, 0, false);
            assertTrue(model.best(problem, 8).seconds() <= model.predict(problem, 8, depth).seconds());
        }
    }

    @Test
    void theUsualDepthIsTheProgramsOwn() {
        Model model = new Model(MACHINE, false, Exchange.persistent);
        Problem problem = plate(299, 1000);
        int ofKernel = Rung.auto().worker(new Rule.Jacobi()).bestSteps(74, 299);
        assertEquals(ofKernel, model.usualDepth(problem, 4));
        Model far = new Model(MACHINE.with(new Link(1e-3, 1e9), false, 1), false, Exchange.persistent);
        assertEquals(GhostDepth.of(1e-3, ofKernel, 74, 4,
                GhostDepth.secondsOfARow(299, Vectors.present(), 1)), far.usualDepth(problem, 4));
        assertEquals(74, far.usualDepth(problem, 4));
        assertTrue(new Model(MACHINE, false, Exchange.deep).usualDepth(problem, 4) >= 16);
    }

    @Test
    void waysOfExchangingPayTheirLatencies() {
        Machine two = MACHINE.with(new Link(1e-3, 1e8), false, 1);
        Problem problem = new Problem(200, 100, 40, 40, 0, false);
        Prediction atOnce = new Model(two, false, Exchange.persistent).predict(problem, 2, 5);
        assertEquals(8 * 1e-3, cost(atOnce, Cost.LATENCY), TINY);
        // One neighbour: a message each way at the same time.
        assertEquals(8 * 5 * 100 * 8 / 1e8, cost(atOnce, Cost.TRANSFER), TINY);
        assertEquals(atOnce.costs(), new Model(two, false, Exchange.deep).predict(problem, 2, 5).costs());
        assertEquals(2 * 8 * 1e-3, cost(new Model(two, false, Exchange.sendrecv).predict(problem, 2, 5), Cost.LATENCY),
                TINY);
        // 90 rows of 100 points, 5 times: 45 us of the 1040 that an exchange takes are computed meanwhile.
        Prediction overlapped = new Model(two, false, Exchange.overlap).predict(problem, 2, 5);
        assertEquals(8 * (1.04e-3 - 4.5e-5), cost(overlapped, Cost.LATENCY) + cost(overlapped, Cost.TRANSFER), TINY);
        assertEquals(cost(atOnce, Cost.REDUNDANT) + 8 * 4 * 10 * 100 * 1e-9, cost(overlapped, Cost.REDUNDANT), TINY);
        Machine near = MACHINE.with(new Link(1e-6, 1e12), false, 1);
        assertEquals(0, cost(new Model(near, false, Exchange.overlap).predict(problem, 2, 5), Cost.LATENCY));
    }

    @Test
    void largeMessagesAskFirst() {
        Link asking = new Link(1e-3, 1e9, 4000, List.of());
        assertEquals(1e-3 + 4e-6, asking.seconds(4000), TINY);
        assertEquals(3e-3 + 4.008e-6, asking.seconds(4008), TINY);
        Model model = new Model(MACHINE.with(asking, false, 1), false, Exchange.persistent);
        Problem problem = new Problem(200, 100, 60, 60, 0, false);
        assertEquals(12 * 1e-3, cost(model.predict(problem, 2, 5), Cost.LATENCY), TINY);
        assertEquals(10 * 3e-3, cost(model.predict(problem, 2, 6), Cost.LATENCY), TINY);
    }

    @Test
    void measuredExchangesAreJoinedByStraightLines() {
        Link link = Link.of(List.of(new Exchanged(8, 1e-4), new Exchanged(1008, 2e-4), new Exchanged(2008, 2.5e-4)), 3000);
        assertEquals(1e-4, link.latency());
        assertEquals(1e-4, link.seconds(1), TINY);
        assertEquals(1.5e-4, link.seconds(508), TINY);
        assertEquals(2.5e-4, link.seconds(2008), TINY);
        assertEquals(2.75e-4, link.seconds(2508), TINY);
        assertEquals(2e-4 + 3.5e-4, link.seconds(4008), TINY);
    }

    @Test
    void aRankBetweenTwoMachinesCarriesTheBytesOfBothNeighbours() {
        Problem problem = new Problem(160, 100, 10, 10, 0, false);
        double message = 100 * 8;
        assertEquals(10 * 2 * message / 1e8, cost(new Model(MACHINE.with(MACHINE.between(), false, 1), false,
                Exchange.persistent).predict(problem, 4, 1), Cost.TRANSFER), TINY);
        // Of more ranks on a machine one of the neighbours is near.
        assertEquals(10 * (message / 1e8 + message / 1e9), cost(new Model(MACHINE, false, Exchange.persistent)
                .predict(problem, 8, 1), Cost.TRANSFER), TINY);
    }

    @Test
    void moreRanksNeverMakeTheStepsOfAnEvenMachineSlowerWithoutMessages() {
        Machine free = new Machine("free messages", "jacobi", 1, List.of(), EVEN, new Link(0, 1e300),
                new Link(0, 1e300), false, 1, 0, 0);
        Problem problem = plate(4096, 64);
        double before = Double.MAX_VALUE;
        for (int ranks = 1; ranks <= 4096; ranks *= 2) {
            double seconds = new Model(free, false, Exchange.persistent).best(problem, ranks).seconds();
            assertEquals(problem.points() * 1e-9 / ranks, seconds, 1e-9 * seconds);
            assertTrue(seconds < before);
            before = seconds;
        }
    }

    @Test
    void slowerNetworksAndLongerRunsTakeLonger() {
        Problem problem = plate(2000, 100);
        double fast = new Model(MACHINE, true, Exchange.persistent).best(problem, 64).seconds();
        Machine slow = MACHINE.with(new Link(1e-4, 1e8), false, 4);
        assertTrue(new Model(slow, true, Exchange.persistent).best(problem, 64).seconds() > fast);
        assertTrue(new Model(MACHINE, true, Exchange.persistent).best(plate(2000, 200), 64).seconds() > fast);
        assertTrue(new Model(MACHINE, true, Exchange.persistent).best(plate(2100, 100), 64).seconds() > fast);
    }

    @Test
    void stripsThatAreTooThinAreNotPredicted() {
        Model model = new Model(MACHINE, true, Exchange.persistent);
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
        Forecast weak = Forecast.of(new Model(MACHINE, false, Exchange.persistent), ranks -> plate(100L * (long) Math.sqrt(ranks), 10),
                List.of(4), OptionalInt.of(1));
        Prediction four = weak.lines().getFirst().prediction().orElseThrow();
        assertEquals(4 * weak.base().seconds() / four.seconds(), weak.speedUp(four), TINY);
    }

    @Test
    void whatTakesMostLimits() {
        Model model = new Model(MACHINE, false, Exchange.persistent);
        assertEquals("kernel, L2", model.predict(plate(500, 1000), 1, 1).limit());
        assertEquals("kernel, L1", model.predict(plate(40, 1000), 1, 1).limit());
        assertEquals("kernel, memory", model.predict(plate(5000, 10), 1, 1).limit());
        assertEquals("latency", model.predict(plate(20, 1000), 8, 1).limit());
        assertEquals("closing sum", new Model(MACHINE, true, Exchange.persistent).predict(plate(1000, 1), 4, 1).limit());
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
