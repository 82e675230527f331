package ghostrow.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.app.mandelbrot.EscapeRungs;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to count against the modulus taken after each iteration. */
class EscapeTest {

    /** All that this JVM can run, those of the kernel and those that know more. */
    static Stream<Escapes> whole() {
        return EscapeRungs.all().stream().filter(rung -> rung.missing().isEmpty());
    }

    /** And pieces of a few points, so that there is more than one piece. */
    static Stream<Escapes> rungs() {
        return Stream.concat(whole(), Stream.of(EscapeRung.inPieces(20)));
    }

    @ParameterizedTest
    @MethodSource("whole")
    void thePublishedPicturesHaveTheirPublishedSums(Escapes rung) {
        if (rung instanceof EscapeRung known) {
            known.warmUp();
        }
        try (Escape escape = rung.worker()) {
            check(escape, 1000, 1000, 1148485, 51414419, 199934);
            check(escape, 300, 100, 75014, 555686, 17872);
        }
    }

    private static void check(Escape escape, int width, int maxiter, long sum, long evaluations,
            long escaped) {
        Plane plane = Plane.whole(width);
        int[] counts = new int[plane.x().length * plane.y().length];
        Escape.Tally tally = escape.rows(plane.x(), plane.y(), maxiter, counts);
        assertEquals(sum, Arrays.stream(counts).asLongStream().sum());
        assertEquals(sum, tally.sum());
        assertEquals(evaluations, tally.evaluations());
        assertEquals(escaped, tally.escaped());
        assertTrue(tally.performed() <= evaluations);
    }

    @Test
    void theClassicPlaneHasHalfItsWidthInPoints() {
        assertEquals(500, Plane.whole(1000).x().length);
        assertEquals(500, Plane.whole(1000).y().length);
        assertEquals(150, Plane.whole(300).x().length);
    }

    @ParameterizedTest
    @MethodSource("rungs")
    void anyRegionHasTheCountsOfTheDefinition(Escapes rung) {
        try (Escape escape = rung.worker()) {
            compareRegions(escape, new SplittableRandom(4));
        }
    }

    private static void compareRegions(Escape escape, SplittableRandom random) {
        for (int region = 0; region < 40; region++) {
            double scale = Math.pow(10, -random.nextDouble(0, 14));
            double middleX = random.nextDouble(-2, 0.5);
            double middleY = random.nextDouble(-1.2, 1.2);
            if (region % 4 == 0) { // Around the circle where |q| is 2.
                double angle = random.nextDouble(0, 2 * Math.PI);
                middleX = 2 * Math.cos(angle);
                middleY = 2 * Math.sin(angle);
            } else if (region % 4 == 1) { // On the edge of the cardioid.
                double angle = random.nextDouble(0, 2 * Math.PI);
                middleX = Math.cos(angle) / 2 - Math.cos(2 * angle) / 4;
                middleY = Math.sin(angle) / 2 - Math.sin(2 * angle) / 4;
            } else if (region % 4 == 2) { // The tip, where |z| stays close to 2.
                middleX = -2;
                middleY = 0;
            }
            int points = 1 + random.nextInt(150);
            double[] x = new double[points];
            for (int i = 0; i < points; i++) {
                x[i] = middleX + scale * random.nextDouble(-1, 1);
            }
            x[points / 2] = middleX;
            compare(escape, x, middleY, 1 + random.nextInt(700), random);
        }
    }

    @ParameterizedTest
    @MethodSource("rungs")
    void unusualCoordinatesHaveTheCountsOfTheDefinition(Escapes rung) {
        double[] x = {0.0, -0.0, -2, 2, Math.nextDown(-2.0), Math.nextUp(-2.0), 1e300, -1e300, 1e-300, 0.25,
            -0.75, -1, -1.25, Double.POSITIVE_INFINITY, Double.MAX_VALUE, Double.MIN_VALUE, 0.3,
            -1.4, -1.9, -1.5436890126920764};
        try (Escape escape = rung.worker()) {
            for (double y : new double[] {0.0, -0.0, 2, -2, 1, 1e200, Double.MIN_VALUE, 1e-17, 0.1}) {
                for (int maxiter : new int[] {0, 1, 7, 8, 9, 23, 64, 1000}) {
                    compare(escape, x, y, maxiter, new SplittableRandom(5));
                }
            }
        }
    }

    private static void compare(Escape escape, double[] x, double y, int maxiter, SplittableRandom random) {
        int from = random.nextInt(x.length);
        int to = from + random.nextInt(x.length - from + 1);
        int[] expected = new int[x.length];
        int[] got = new int[x.length];
        Arrays.fill(expected, -7);
        Arrays.fill(got, -7);
        long evaluations = 0;
        long escaped = 0;
        for (int i = from; i < to; i++) {
            expected[i] = 0;
            double re = 0;
            double im = 0;
            for (int n = 0; n < maxiter; n++) {
                double next = re * re - im * im + x[i];
                im = re * im + im * re + y;
                re = next;
                evaluations++;
                if (!(StrictMath.hypot(re, im) <= 2)) {
                    expected[i] = n;
                    escaped++;
                    break;
                }
            }
        }
        Escape.Tally tally = escape.counts(x, y, maxiter, got, from, to);
        assertArrayEquals(expected, got, () -> "y " + y + ", maxiter " + maxiter + ", x "
                + Arrays.toString(x));
        assertEquals(Arrays.stream(expected, from, to).asLongStream().sum(), tally.sum());
        assertEquals(evaluations, tally.evaluations());
        assertEquals(escaped, tally.escaped());
    }
}
