package ghostrow.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
                "product(where(a > 1, 3, 5))"}) {
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
                assertEquals(expected, compiled.total(partials, pieces), text);
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
