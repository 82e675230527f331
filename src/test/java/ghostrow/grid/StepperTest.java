package ghostrow.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ghostrow.comm.Comm;
import ghostrow.kernel.Rule;
import ghostrow.kernel.Rung;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** However the work is split, sent and stepped, the bits are those of plain loops over the whole grid. */
class StepperTest {
    private static final double FACTOR = 0.2437;
    private static final double HOT = 1.0;

    /** Odd numbers of steps, cut as reports cut them, so that passes of all lengths come up. */
    private static final int STEPS = 47;
    private static final int REPORT = 18;

    /** A stepper sees no more of a kernel than how many steps it takes at once: the others take one, as two of these. */
    private static final Set<Rung> THOROUGHLY = EnumSet.of(Rung.PLAIN, Rung.VECTOR, Rung.BLOCKED);

    private record Case(int rows, int columns, Rule rule, Rung rung, int threads, int depth, boolean overlap) {

        /** Without overlap ghost rows may travel up first, then down; here they do where there are two or sixteen. */
        boolean oneByOne() {
            return !overlap && depth % 2 == 0;
        }
    }

    @TestFactory
    Stream<DynamicTest> everyExchangeAndDepthGivesTheBitsOfPlainLoops() {
        return IntStream.rangeClosed(1, 7).mapToObj(ranks -> DynamicTest.dynamicTest(ranks + " ranks", () -> {
            List<Case> cases = cases(ranks);
            List<Plate> expected = cases.stream().map(StepperTest::reference).toList();
            EmbeddedRuns.run(ranks, comm -> {
                for (int i = 0; i < cases.size(); i++) {
                    check(comm, cases.get(i), expected.get(i));
                }
            });
        }));
    }

    private static List<Case> cases(int ranks) {
        List<Case> cases = new ArrayList<>();
        for (Rule rule : List.of(new Rule.Diffusion(FACTOR), new Rule.Jacobi())) {
            for (Rung rung : Rung.values()) {
                for (int depth : THOROUGHLY.contains(rung) ? new int[] {1, 2, 5, 16, 40} : new int[] {5}) {
                    for (boolean overlap : new boolean[] {false, true}) {
                        int thin = ranks * depth + ranks / 2;
                        cases.add(new Case(thin, 29, rule, rung, 1 + depth % 3, depth, overlap));
                        if (depth * ranks <= 61) {
                            cases.add(new Case(61, 37, rule, rung, 1 + ranks % 3, depth, overlap));
                        }
                    }
                }
            }
        }
        return cases;
    }

    private static Plate reference(Case c) {
        Plate plate = start(c);
        if (c.rule instanceof Rule.Diffusion(double factor)) {
            plate.diffuse(factor, STEPS);
        } else {
            plate.average(STEPS);
        }
        return plate;
    }

    private static Plate start(Case c) {
        return Plate.scattered(c.rows, c.columns, c.rule instanceof Rule.Jacobi ? HOT : 0.0);
    }

    private static void check(Comm comm, Case c, Plate expected) {
        Strip strip = Strip.of(c.rows, comm.size(), comm.rank());
        try (Arena arena = Arena.ofShared(); Team team = new Team(c.threads, comm.size())) {
            Field now = new Field(strip, c.columns, c.depth, arena);
            Field next = new Field(strip, c.columns, c.depth, arena);
            start(c).into(now, false);
            start(c).into(next, true);
            try (GhostRows ghosts = new GhostRows(comm, c.depth, c.oneByOne(), now, next)) {
                Stepper stepper = new Stepper(team, c.rung, c.rule, ghosts, c.depth, c.overlap);
                for (int step = 0; step < STEPS;) {
                    int steps = Math.min(stepper.maxSteps(), Math.min(REPORT - step % REPORT, STEPS - step));
                    if (stepper.stale()) {
                        stepper.exchange(now);
                    }
                    stepper.step(now, next, steps);
                    Field before = now;
                    now = next;
                    next = before;
                    step += steps;
                }
                stepper.finish(now);
            }
            for (long row = 1; row <= strip.count(); row++) {
                double[] right = expected.cells[(int) (strip.offset() + row)];
                for (int column = 0; column <= c.columns + 1; column++) {
                    assertEquals(Double.doubleToRawLongBits(right[column]),
                            Double.doubleToRawLongBits(now.get(row, column)),
                            c + ": rank " + comm.rank() + ", row " + row + ", column " + column);
                }
            }
        }
    }

    /** With k ghost rows a kernel that takes one step at a time sends messages once in k steps, too. */
    @Test
    void deepGhostRowsSaveMessages() {
        for (int depth : new int[] {1, 2, 5}) {
            EmbeddedRuns.run(2, comm -> {
                Strip strip = Strip.of(20, 2, comm.rank());
                try (Arena arena = Arena.ofShared(); Team team = new Team(1, 1)) {
                    Field now = new Field(strip, 9, depth, arena);
                    Field next = new Field(strip, 9, depth, arena);
                    try (GhostRows ghosts = new GhostRows(comm, depth, false, now, next)) {
                        Stepper stepper = new Stepper(team, Rung.PLAIN, new Rule.Jacobi(), ghosts, depth, false);
                        int exchanges = 0;
                        long ghost = comm.rank() == 0 ? strip.count() + depth : 1 - depth;
                        for (int step = 0; step < 20; step++) {
                            // The outermost ghost row is not stepped: it changes only if a message comes.
                            now.set(ghost, 1, Double.NaN);
                            if (stepper.stale()) {
                                stepper.exchange(now);
                            }
                            exchanges += Double.isNaN(now.get(ghost, 1)) ? 0 : 1;
                            stepper.step(now, next, 1);
                            Field before = now;
                            now = next;
                            next = before;
                        }
                        assertEquals(20 / depth, exchanges);
                    }
                }
            });
        }
    }
}
