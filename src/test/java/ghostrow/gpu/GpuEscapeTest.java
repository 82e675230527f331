package ghostrow.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.kernel.Escape;
import ghostrow.kernel.EscapeRung;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A device counts what the plain loop counts, point by point. */
class GpuEscapeTest {

    private static GpuEscape open(EscapeText style, boolean copies) {
        return GpuEscape.open(Devices.find().of(TestDevice.NAME, 0), style, copies);
    }

    private static double[] numbers(double from, double step, int count) {
        double[] numbers = new double[count];
        Arrays.setAll(numbers, i -> from + i * step);
        return numbers;
    }

    private static void compare(Escape escape, double[] x, double[] y, int maxiter) {
        int[] expected = new int[x.length * y.length];
        int[] got = new int[expected.length];
        Escape.Tally plain = EscapeRung.PLAIN.worker().rows(x, y, maxiter, expected);
        Escape.Tally tally = escape.rows(x, y, maxiter, got);
        assertArrayEquals(expected, got, () -> x.length + " x " + y.length + " points from " + x[0] + ", " + y[0]
                + ", maxiter " + maxiter);
        assertEquals(plain, tally);
    }

    @ParameterizedTest
    @EnumSource(EscapeText.class)
    void regionsOfAllSizesHaveTheCountsOfThePlainLoop(EscapeText style) {
        SplittableRandom random = new SplittableRandom(20);
        int most = style == EscapeText.ARRAY ? 60 : 900;
        try (GpuEscape escape = open(style, true)) {
            for (int region = 0; region < 20; region++) {
                int columns = region == 0 ? 1 : 1 + 2 * random.nextInt(70);
                int rows = region <= 1 ? 1 : 1 + random.nextInt(60);
                double scale = Math.pow(10, -random.nextDouble(0, 6)) / columns;
                compare(escape, numbers(random.nextDouble(-2, 0.4), scale, columns),
                        numbers(random.nextDouble(-1, 1), scale, rows), 1 + random.nextInt(most));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EscapeText.class)
    void pointsOnTheCircleAreCountedByTheHost(EscapeText style) {
        try (GpuEscape escape = open(style, false)) {
            double[] sides = new double[401];
            Arrays.setAll(sides, i -> (i - 200) / 100.0);
            compare(escape, sides, sides, 20);
            assertTrue(escape.recounted() > 0 && escape.recounted() < 200, escape.recounted() + " of all");
            long before = escape.recounted();
            // Where |q| is 2 to within rounding, z may come away from the circle again.
            compare(escape, numbers(-2 - 0x1p-43, 0x1p-49, 129), numbers(-0x1p-45, 0x1p-47, 9), 40);
            assertTrue(escape.recounted() > before);
        }
    }

    /** More iterations than a launch does, and more launches than the queue gets at a time. */
    @ParameterizedTest
    @EnumSource(value = EscapeText.class, mode = EnumSource.Mode.EXCLUDE, names = "ARRAY")
    void manyIterationsGoInSlices(EscapeText style) {
        try (GpuEscape escape = open(style, false)) {
            compare(escape, new double[] {-0.1, 0.25 + 1e-13, 0.3}, new double[] {0, 0.5}, 20 << 20);
            compare(escape, new double[] {0.25 + 1e-13}, new double[] {0}, 12_345_677);
            // All have escaped soon: nobody waits for the rest.
            compare(escape, new double[] {0.26, 0.5}, new double[] {0, 1}, Integer.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @EnumSource(EscapeText.class)
    void fewIterationsAreRightToo(EscapeText style) {
        try (GpuEscape escape = open(style, true)) {
            for (int maxiter : new int[] {0, 1, 2, 7, 8, 9, 300}) {
                compare(escape, numbers(-2.2, 0.4, 9), numbers(-1.5, 0.6, 5), maxiter);
            }
        }
    }

    @Test
    void theNextRowsAreBegunBeforeTheFirstAreFinished() {
        try (GpuEscape escape = open(EscapeText.GROUPS, false)) {
            double[] x = numbers(-2, 0.01, 250);
            assertEquals(2, escape.mostBegun());
            Escape.Begun first = escape.begin(x, new double[] {0.1, 0.2}, 100);
            Escape.Begun second = escape.begin(x, new double[] {0.3}, 200);
            assertThrows(IllegalStateException.class, () -> escape.begin(x, new double[] {0.4}, 100));
            int[] counts = new int[500];
            int[] expected = new int[500];
            first.finish(counts);
            EscapeRung.PLAIN.worker().rows(x, new double[] {0.1, 0.2}, 100, expected);
            assertArrayEquals(expected, counts);
            second.finish(counts);
            EscapeRung.PLAIN.worker().rows(x, new double[] {0.3}, 200, expected);
            assertArrayEquals(expected, counts);
        }
    }
}
