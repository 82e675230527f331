package ghostrow.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReductionTest {
    private static final double UNIT = 0x1p-53;

    private static double sum(double... x) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, x);
            return bound("sum(a)", memory).reduce(x.length).doubleValue();
        }
    }

    private static Bound bound(String text, MemorySegment a) {
        return Formula.of(text).operand("a", new Operand.Vector(Kind.DOUBLE)).compile()
            .bind(new Arguments().memory("a", Memory.vector(a)));
    }

    @Test
    void sumKeepsWhatRoundingDrops() {
        assertEquals(2.0, sum(1, 1e100, 1, -1e100));
        assertEquals(1.0, sum(1e16, 1, -1e16));
        double[] x = new double[40_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = i == 0 ? 1e16 : i == x.length - 1 ? -1e16 : 1;
        }
        assertEquals(x.length - 2, sum(x));
    }

    /** The bound of Neumaier's sum: half a unit of the result, and the square of the rounding unit. */
    @Test
    void errorOfASumIsWithinACompensatedSums() {
        Random random = new Random(5);
        for (int round = 0; round < 60; round++) {
            int n = random.nextInt(1, 60_000);
            double[] x = hard(random, n, round % 6);
            BigDecimal exact = BigDecimal.ZERO;
            double magnitude = 0;
            for (double v : x) {
                exact = exact.add(new BigDecimal(v));
                magnitude += Math.abs(v);
            }
            double error = exact.subtract(new BigDecimal(sum(x))).abs().doubleValue();
            double compensated = UNIT * exact.abs().doubleValue() + (double) n * n * UNIT * UNIT * magnitude;
            assertTrue(error <= compensated, "round " + round + ": " + error + " > " + compensated);
            if (magnitude < 1e10 * exact.abs().doubleValue()) {
                double nearest = exact.subtract(new BigDecimal(exact.doubleValue())).abs().doubleValue();
                assertEquals(nearest, error, Math.ulp(exact.doubleValue()) / 1000, "round " + round);
            }
        }
    }

    private static double[] hard(Random random, int n, int kind) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = switch (kind) {
                case 0 -> random.nextDouble();
                case 1 -> random.nextGaussian();
                case 2 -> (i % 2 == 0 ? 1e16 : -1e16) + random.nextInt(100);
                case 3 -> random.nextGaussian() * Math.pow(2, random.nextInt(-60, 60));
                case 4 -> i % 3 == 0 ? 1e16 : i % 3 == 1 ? 1 : -1e16;
                default -> 1.0 / (i + 1) * (i % 2 == 0 ? 1 : -1);
            };
        }
        if (kind == 3) {
            // Half of it again with the other sign: nearly everything cancels.
            for (int i = n / 2; i < n; i++) {
                x[i] = -x[i - n / 2] * (1 + random.nextInt(3) * 0x1p-52);
            }
        }
        return x;
    }

    @Test
    void infinitiesAndNaNsComeThrough() {
        double inf = Double.POSITIVE_INFINITY;
        assertEquals(inf, sum(1, inf, 2));
        assertEquals(-inf, sum(1, -inf, 2));
        assertEquals(Double.NaN, sum(inf, 1, -inf));
        assertEquals(Double.NaN, sum(1, Double.NaN));
        assertEquals(0.0, sum());
    }

    @Test
    void totalDoesNotDependOnWhoComputesWhichPieces() throws InterruptedException {
        int n = 5 * Compiled.PIECE + 1234;
        try (Arena arena = Arena.ofShared()) {
            MemorySegment a = arena.allocate(n * 8L, 64);
            Random random = new Random(6);
            for (int i = 0; i < n; i++) {
                a.setAtIndex(ValueLayout.JAVA_DOUBLE, i, random.nextGaussian() * 1e10);
            }
            for (String text : new String[] {"sum(sin(a)*a + a)", "sum(a)", "product(1 + a*1e-16)", "sum(a > 0)",
                "product(where(a > 1, 3, 5))", "mean(a)", "min(sin(a))", "max(a * 0.0)", "max(where(a > 1, 3, 5))",
                "count(a > 1e10)", "any(a > 6e10)", "all(a < 6e10)", "mean(a > 0)"}) {
                Compiled compiled = Formula.of(text).operand("a", new Operand.Vector(Kind.DOUBLE)).compile();
                Bound whole = compiled.bind(new Arguments().memory("a", Memory.vector(a)));
                Number expected = whole.reduce(n);
                long pieces = Compiled.pieces(n);
                MemorySegment partials = arena.allocate(pieces * Compiled.PARTIAL_BYTES, 8);
                Thread[] threads = new Thread[(int) pieces];
                for (int p = 0; p < pieces; p++) {
                    // Each thread holds its piece alone, as a rank does.
                    long first = (long) p * Compiled.PIECE;
                    MemorySegment mine = a.asSlice(first * 8, Math.min(Compiled.PIECE, n - first) * 8);
                    Bound part = compiled.bind(new Arguments().memory("a", Memory.part(mine, first, Kind.DOUBLE)));
                    int piece = p;
                    threads[p] = Thread.ofPlatform().start(() -> part.partials(n, piece, piece + 1,
                        partials.asSlice((long) piece * Compiled.PARTIAL_BYTES)));
                }
                for (Thread thread : threads) {
                    thread.join();
                }
                assertEquals(expected, compiled.total(partials, pieces, n), text);
            }
        }
    }

    private static final double[][] CASES = {
        {}, {3}, {-0.0}, {0, -0.0}, {-0.0, 0}, {1, Double.NaN, -1}, {Double.NaN}, {1 / 0.0, -1 / 0.0, 0}, {-5, -7},
        {1 / 0.0}, {-1 / 0.0, -1 / 0.0}, {0, 0, 0}, {Double.MIN_VALUE, -Double.MIN_VALUE}, {1e308, 1e308, 1e308},
        awkward(17, 0), awkward(1000, 0.1), awkward(2 * 1024 + 5, 0), awkward(Compiled.PIECE + 33, 1e-6),
    };

    private static double[] awkward(int n, double shareOfNaNs) {
        Random random = new Random(n);
        return random.doubles(n).map(x -> x < shareOfNaNs ? Double.NaN : switch (random.nextInt(4)) {
            case 0 -> 0.0;
            case 1 -> -0.0;
            case 2 -> random.nextInt(-3, 4);
            default -> random.nextGaussian() * 1e9;
        }).toArray();
    }

    @Test
    void ofDoublesItIsWhatAPlainLoopFinds() {
        for (double[] x : CASES) {
            double least = Double.POSITIVE_INFINITY;
            double largest = Double.NEGATIVE_INFINITY;
            long count = 0;
            for (double v : x) {
                if (Double.isNaN(least) || Double.isNaN(v)) {
                    least = Double.NaN;
                    largest = Double.NaN;
                } else {
                    // This order has -0 below 0.
                    least = Double.compare(v, least) < 0 ? v : least;
                    largest = Double.compare(v, largest) > 0 ? v : largest;
                }
                count += v == 0 ? 0 : 1;
            }
            if (x.length > 0) {
                assertTotal(least, "min(a)", x);
                assertTotal(largest, "max(a)", x);
            } else {
                assertNothing("min", x);
                assertNothing("max", x);
            }
            assertTotal(sum(x) / x.length, "mean(a)", x);
            assertTotal(count, "count(a)", x);
            assertTotal(count > 0 ? 1L : 0L, "any(a)", x);
            assertTotal(count == x.length ? 1L : 0L, "all(a)", x);
        }
    }

    @Test
    void ofIntegersAndTruthValuesItIsWhatAPlainLoopFinds() {
        for (int n : new int[] {0, 1, 2, 16, 100, 3000}) {
            Random random = new Random(n);
            long[] x = random.longs(n).map(v -> v >> random.nextInt(64)).toArray();
            byte[] truths = new byte[n];
            long least = Long.MAX_VALUE;
            long largest = Long.MIN_VALUE;
            long count = 0;
            long trues = 0;
            double[] doubles = new double[n];
            for (int i = 0; i < n; i++) {
                truths[i] = (byte) random.nextInt(2);
                least = x[i] < least ? x[i] : least;
                largest = x[i] > largest ? x[i] : largest;
                count += x[i] == 0 ? 0 : 1;
                trues += truths[i];
                doubles[i] = x[i];
            }
            if (n > 0) {
                assertTotal(least, "min(k)", x);
                assertTotal(largest, "max(k)", x);
                assertTotal(trues == n ? 1L : 0L, "min(t)", truths);
                assertTotal(trues > 0 ? 1L : 0L, "max(t)", truths);
            } else {
                assertNothing("min", x);
                assertNothing("max", truths);
            }
            assertTotal(sum(doubles) / n, "mean(k)", x);
            assertTotal(count, "count(k)", x);
            assertTotal(count > 0 ? 1L : 0L, "any(k)", x);
            assertTotal(count == n ? 1L : 0L, "all(k)", x);
            assertTotal((double) trues / n, "mean(t)", truths);
            assertTotal(trues, "count(t)", truths);
            assertTotal(trues > 0 ? 1L : 0L, "any(t)", truths);
            assertTotal(trues == n ? 1L : 0L, "all(t)", truths);
        }
    }

    private static void assertNothing(String reduction, Object elements) {
        FormulaException refusal = assertThrows(FormulaException.class, () -> total(reduction + "(1*"
            + (elements instanceof byte[] ? "t" : elements instanceof long[] ? "k" : "a") + ")", elements, true));
        assertEquals(reduction + "() needs at least one element, and there is none", refusal.getMessage());
    }

    private static void assertTotal(Number expected, String text, Object elements) {
        for (boolean vectors : new boolean[] {false, Generator.hasVectors()}) {
            assertEquals(expected, total(text, elements, vectors),
                () -> text + " of " + Array.getLength(elements) + (vectors ? " with vectors" : ""));
        }
    }

    private static Number total(String text, Object elements, boolean vectors) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = switch (elements) {
                case double[] x -> arena.allocateFrom(ValueLayout.JAVA_DOUBLE, x);
                case long[] x -> arena.allocateFrom(ValueLayout.JAVA_LONG, x);
                default -> arena.allocateFrom(ValueLayout.JAVA_BYTE, (byte[]) elements);
            };
            Formula formula = Formula.of(text);
            Arguments arguments = new Arguments();
            for (String name : new String[] {"a", "k", "t"}) {
                formula.operand(name, new Operand.Vector(name.equals("a") ? Kind.DOUBLE : name.equals("k") ? Kind.LONG
                    : Kind.BOOL));
                arguments.memory(name, Memory.vector(memory));
            }
            return formula.compile(false, vectors).bind(arguments).reduce(Array.getLength(elements));
        }
    }

    @Test
    void theKindOfTheTotalIsNumPys() {
        String[] names = {"sum", "product", "min", "max", "mean", "count", "any", "all"};
        for (String kinds : new String[] {"a float64 float64 float64 float64 float64 int64 bool bool",
            "k int64 int64 int64 int64 float64 int64 bool bool", "t int64 int64 bool bool float64 int64 bool bool"}) {
            String[] words = kinds.split(" ");
            for (int i = 0; i < names.length; i++) {
                Compiled compiled = Formula.of(names[i] + "(" + words[0] + ")")
                    .operand("a", new Operand.Vector(Kind.DOUBLE)).operand("k", new Operand.Vector(Kind.LONG))
                    .operand("t", new Operand.Vector(Kind.BOOL)).compile();
                assertEquals(words[i + 1], compiled.kind().toString(), names[i] + " of " + words[0]);
                String line = "result      " + words[i + 1] + " (n), reduced by " + names[i] + "\n";
                assertTrue(compiled.explain().contains(line), compiled.explain());
            }
        }
    }

    @Test
    void ofAGridAllRowsCount() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment p = arena.allocate(10 * 12 * 8, 8);
            for (int i = 0; i < 120; i++) {
                p.setAtIndex(ValueLayout.JAVA_DOUBLE, i, i);
            }
            String[] cases = {"min(p[1:-1, 1:-1]) 13.0", "max(p[1:-1, 1:-1]) 106.0", "mean(p[1:-1, 1:-1]) 59.5",
                "count(p[1:-1, 1:-1] > 59) 40", "any(p[1:-1, 1:-1] > 105) 1", "all(p[1:-1, 1:-1] > 13) 0",
                "mean(p[1:-1, 4:4]) NaN", "all(p[1:-1, 4:4]) 1", "any(p[1:-1, 4:4]) 0", "count(p[1:-1, 4:4]) 0"};
            for (String one : cases) {
                int space = one.lastIndexOf(' ');
                Compiled compiled = Formula.of(one.substring(0, space))
                    .operand("p", new Operand.Grid(Kind.DOUBLE, 10, 12)).compile();
                assertEquals(one.substring(space + 1), compiled.bind(new Arguments().memory("p", Memory.grid(p, 0, 96)))
                    .reduce(8).toString(), one);
            }
        }
    }

    @Test
    void areaUnderTheCubicIsExactToTheLastPlaces() {
        Compiled compiled = Formula.of("0.7*x**3 - 2*x**2 + 4").operand("x", new Operand.Ramp()).compileSum();
        for (int n : new int[] {1, 2, 7, 1000, 3_000_000}) {
            double dx = 3.0 / n;
            double area = compiled.bind(new Arguments().ramp("x", 0, dx)).reduce(n).doubleValue() * dx;
            assertEquals(8.175 - 0.45 * dx + 0.575 * dx * dx, area, 1e-13);
            BigDecimal exact = BigDecimal.ZERO;
            for (int i = 0; i < Math.min(n, 1000); i++) {
                double x = 0 + i * dx;
                exact = exact.add(new BigDecimal(0.7 * (x * (x * x)) - 2 * (x * x) + 4));
            }
            if (n <= 1000) {
                assertEquals(exact.round(MathContext.DECIMAL64).doubleValue() * dx, area, Math.ulp(area) * 2);
            }
        }
    }

    /** Fours are what may lose something: lane k of a group of 64 takes elements k, k + 16, k + 32 and k + 48. */
    @Test
    void aSumOverARampIsThatOfItsFoursRoundedOnce() {
        Compiled compiled = Formula.of("0.7*x**3 - 2*x**2 + 4").operand("x", new Operand.Ramp()).compileSum();
        for (int n : new int[] {1, 17, 63, 64, 65, 1000, Compiled.PIECE + 77}) {
            for (double start : new double[] {0, -0.0, 0.3, -1e9}) {
                double step = start == 0.3 ? -1.7 / n : 3.0 / n;
                double[] f = new double[Math.ceilDiv(n, 64) * 64];
                BigDecimal exact = BigDecimal.ZERO;
                double magnitude = 0;
                for (int i = 0; i < n; i++) {
                    double x = start + i * step;
                    f[i] = 0.7 * (x * (x * x)) - 2 * (x * x) + 4;
                    exact = exact.add(new BigDecimal(f[i]));
                    magnitude += Math.abs(f[i]);
                }
                BigDecimal fours = BigDecimal.ZERO;
                for (int group = 0; group < f.length; group += 64) {
                    for (int k = group; k < group + 16; k++) {
                        fours = fours.add(new BigDecimal((f[k] + f[k + 16]) + (f[k + 32] + f[k + 48])));
                    }
                }
                double sum = compiled.bind(new Arguments().ramp("x", start, step)).reduce(n).doubleValue();
                assertEquals(fours.doubleValue(), sum, n + " from " + start);
                assertTrue(exact.subtract(new BigDecimal(sum)).abs().doubleValue()
                    <= 2.0001 * UNIT * magnitude + UNIT * Math.abs(sum), n + " from " + start);
            }
        }
    }

    @Test
    void extremeRampsGiveTheSameBitsWithAndWithoutVectors() {
        for (String text : new String[] {"0.7*x**3 - 2*x**2 + 4", "x - 4*x**5", "2*x + 1/(1 + x*x)", "x",
            "exp(-x**2) + 2*x", "where(x > 1, x, 8*x*x - 3)"}) {
            for (double start : new double[] {0, -0.0, 1.5, -1e155, 1e308, Double.NaN}) {
                for (double step : new double[] {0, -0.0, 1e-3, -1e-3, 1e151, 1e305, Double.MIN_VALUE}) {
                    long[] bits = new long[2];
                    for (int way = 0; way < 2; way++) {
                        double sum = Formula.of(text).operand("x", new Operand.Ramp())
                            .compile(true, way == 1 && Generator.hasVectors())
                            .bind(new Arguments().ramp("x", start, step)).reduce(300).doubleValue();
                        bits[way] = Double.doubleToLongBits(sum);
                    }
                    assertEquals(bits[0], bits[1], text + " from " + start + " by " + step);
                }
            }
        }
    }

    @Test
    void aConstantCountsOnceForEveryElement() {
        Bound bound = Formula.of("4").compileSum().bind(new Arguments());
        assertEquals(4L * 100_000, bound.reduce(100_000));
        assertEquals(0.1 * 3, Formula.of("0.1").compileSum().bind(new Arguments()).reduce(3).doubleValue(), 1e-16);
    }

    @Test
    void aGridIsReducedRowByRow() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment p = arena.allocate(10 * 12 * 8, 8);
            double expected = 0;
            for (int i = 0; i < 120; i++) {
                p.setAtIndex(ValueLayout.JAVA_DOUBLE, i, i);
                int row = i / 12;
                int column = i % 12;
                expected += row > 0 && row < 9 && column > 0 && column < 11 ? i : 0;
            }
            Compiled compiled = Formula.of("sum(p[1:-1, 1:-1])").operand("p", new Operand.Grid(Kind.DOUBLE, 10, 12))
                .compile();
            assertEquals(new Shape.Plane(8, 10), compiled.shape());
            assertEquals(expected, compiled.bind(new Arguments().memory("p", Memory.grid(p, 0, 96))).reduce(8));
        }
    }
}
