package ghostrow.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import ghostrow.app.diffusion.GridRungs;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rung against plain loops over plain arrays, bit for bit. */
class StencilTest {

    private static final double FACTOR = 0.2500000000000007;
    private static final int[][] SIZES =
            {{1, 1}, {1, 7}, {2, 8}, {3, 5}, {5, 9}, {64, 64}, {17, 299}, {100, 1025}};

    static List<Rule> rules() {
        return List.of(new Rule.Diffusion(FACTOR), new Rule.Jacobi());
    }

    /** All that this JVM can run, those of the kernel and those that know more. */
    static Stream<Stencils> rungs() {
        // A piece of two rows or one, so that there is more than one piece.
        return Stream.concat(GridRungs.all().stream(), Stream.of(Rung.inPieces(20)))
                .filter(rung -> rung.missing().isEmpty());
    }

    static Stream<Arguments> rungsAndRules() {
        return rungs()
                .flatMap(rung -> rules().stream().map(rule -> Arguments.of(rung, rule)));
    }

    @ParameterizedTest
    @MethodSource("rungsAndRules")
    void wholeDomainsAgreeWithThePlainLoop(Stencils rung, Rule rule) {
        SplittableRandom random = new SplittableRandom(1);
        Stencil stencil = rung.worker(rule);
        for (int[] size : SIZES) {
            for (int steps : someSteps(stencil, random)) {
                compare(stencil, rule, size[0], size[1], 0, size[0] - 1, 0, size[0], steps, random);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rungsAndRules")
    void rangesInsideAStripAgreeWithThePlainLoop(Stencils rung, Rule rule) {
        SplittableRandom random = new SplittableRandom(2);
        Stencil stencil = rung.worker(rule);
        for (int[] size : SIZES) {
            int height = size[0];
            for (int steps : someSteps(stencil, random)) {
                // The domain ends at neither side, at both, or a few ghost rows beyond the strip.
                long lowest = random.nextBoolean() ? -1000 : -random.nextInt(steps);
                long highest = height - 1 + (random.nextBoolean() ? 1000 : random.nextInt(steps));
                int first = random.nextInt(height);
                int last = first + 1 + random.nextInt(height - first);
                compare(stencil, rule, height, size[1], lowest, highest, first, last, steps, random);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rungsAndRules")
    void anyWidthAgreesWithThePlainLoop(Stencils rung, Rule rule) {
        SplittableRandom random = new SplittableRandom(3);
        Stencil stencil = rung.worker(rule);
        for (int columns = 1; columns <= 70; columns++) {
            int height = 1 + random.nextInt(12);
            int steps = 1 + random.nextInt(stencil.maxSteps());
            compare(stencil, rule, height, columns, 0, height - 1, 0, height, steps, random);
        }
    }

    @ParameterizedTest
    @MethodSource("rungsAndRules")
    void nothingToStepWritesNothing(Stencils rung, Rule rule) {
        Stencil stencil = rung.worker(rule);
        try (Arena arena = Arena.ofConfined()) {
            Slab from = Slab.allocate(arena, 3, 5, 1, 0, 2);
            Slab to = Slab.allocate(arena, 3, 5, 1, 0, 2);
            stencil.advance(from.rows(), to.rows(), 1, 1, 1);
            assertArrayEquals(new long[(int) to.doubles()], to.bits());
        }
    }

    @ParameterizedTest
    @MethodSource("rungsAndRules")
    void refusesWhatItCannotDo(Stencils rung, Rule rule) {
        Stencil stencil = rung.worker(rule);
        try (Arena arena = Arena.ofConfined()) {
            Rows from = Slab.allocate(arena, 3, 5, 1, 0, 2).rows();
            Rows to = Slab.allocate(arena, 3, 5, 1, 0, 2).rows();
            assertThrows(IllegalArgumentException.class, () -> stencil.advance(from, to, 0, 3, 0));
            assertThrows(IllegalArgumentException.class,
                    () -> stencil.advance(from, to, 0, 3, stencil.maxSteps() + 1));
            assertThrows(IllegalArgumentException.class, () -> stencil.advance(from, to, 0, 4, 1));
            assertThrows(IllegalArgumentException.class, () -> stencil.advance(from, to, -1, 3, 1));
            Rows few = new Rows(from.cells(), from.origin(), from.stride(), from.columns(), -100, 100);
            assertThrows(IndexOutOfBoundsException.class, () -> stencil.advance(few, few, -2, 5, 1));
        }
    }

    @ParameterizedTest
    @MethodSource("rungsAndRules")
    void theBestDepthIsOneItTakes(Stencils rung, Rule rule) {
        Stencil stencil = rung.worker(rule);
        for (long rows : new long[] {1, 15, 16, 150, 4000, 1L << 40}) {
            int best = stencil.bestSteps(rows, 300);
            assertTrue(best >= 1 && best <= stencil.maxSteps(), rows + " rows, " + best + " steps");
        }
    }

    @Test
    void rungsCanBeWarmedUp() {
        for (Rung rung : Rung.values()) {
            if (rung.missing().isEmpty()) {
                rules().forEach(rung::warmUp);
            }
        }
    }

    @Test
    void noTwoRungsHaveOneName() {
        List<String> names = GridRungs.all().stream().map(Stencils::label).toList();
        assertEquals(names.stream().distinct().toList(), names);
    }

    /** Every depth for shallow kernels; the ends and some between for deep ones. */
    private static int[] someSteps(Stencil stencil, SplittableRandom random) {
        int most = stencil.maxSteps();
        return most <= 3 ? IntStream.rangeClosed(1, most).toArray()
                : new int[] {1, 2, 3, 1 + random.nextInt(most), 1 + random.nextInt(most), most};
    }

    private static void compare(Stencil stencil, Rule rule, int height, int columns, long lowest,
            long highest, int first, int last, int steps, SplittableRandom random) {
        String what = height + "x" + columns + ", rows " + first + " to " + (last - 1) + " of a domain from "
                + lowest + " to " + highest + ", " + steps + " steps";
        int ghosts = Math.max(1, steps);
        try (Arena arena = Arena.ofConfined()) {
            Slab from = Slab.allocate(arena, height, columns, ghosts, lowest, highest);
            Slab to = Slab.allocate(arena, height, columns, ghosts, lowest, highest);
            from.fill(random);
            to.fill(random);
            to.copyBoundaryFrom(from);
            long[] fromBefore = from.bits();
            long[] toBefore = to.bits();
            double[][] expected = step(rule, from, steps);

            int cut = first + random.nextInt(last - first);
            if (random.nextInt(3) > 0) {
                stencil.advance(from.rows(), to.rows(), first, last, steps);
            } else { // In two ranges, as two threads would.
                stencil.advance(from.rows(), to.rows(), first, cut, steps);
                stencil.advance(from.rows(), to.rows(), cut, last, steps);
            }

            assertArrayEquals(fromBefore, from.bits(), what + ": the slab that is only read has changed");
            double[][] got = to.values();
            for (int r = first; r < last; r++) {
                for (int c = 0; c <= columns + 1; c++) {
                    if (bits(expected[r + ghosts][c]) != bits(got[r + ghosts][c])) {
                        fail(what + ": row " + r + ", column " + c + " is " + got[r + ghosts][c]
                                + ", expected " + expected[r + ghosts][c]);
                    }
                }
            }
            checkNothingElseWritten(what, to, toBefore, first, last);
        }
    }

    private static void checkNothingElseWritten(String what, Slab to, long[] before, int first, int last) {
        long[] after = to.bits();
        for (int r = first; r < last; r++) {
            int from = (int) to.rows().index(r, 1);
            int end = from + (int) to.rows().columns() + Rows.SPILL;
            System.arraycopy(before, from, after, from, end - from);
        }
        assertArrayEquals(before, after, what + ": written outside the rows asked for");
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    /** The reference: whole arrays, a step at a time, with the arithmetic written out once more. */
    private static double[][] step(Rule rule, Slab start, int steps) {
        double[][] now = start.values();
        for (int s = 0; s < steps; s++) {
            double[][] next = new double[now.length][];
            for (int i = 0; i < now.length; i++) {
                next[i] = now[i].clone();
                int row = i - start.ghosts();
                if (i == 0 || i == now.length - 1 || row < start.rows().lowest()
                        || row > start.rows().highest()) {
                    continue;
                }
                for (int j = 1; j <= start.rows().columns(); j++) {
                    if (rule instanceof Rule.Diffusion) {
                        double lapl = now[i + 1][j] + now[i - 1][j] + now[i][j + 1] + now[i][j - 1]
                                - 4 * now[i][j];
                        next[i][j] = now[i][j] + FACTOR * lapl;
                    } else {
                        next[i][j] = 0.2 * (now[i][j] + now[i][j - 1] + now[i][j + 1] + now[i - 1][j]
                                + now[i + 1][j]);
                    }
                }
            }
            now = next;
        }
        return now;
    }
}
