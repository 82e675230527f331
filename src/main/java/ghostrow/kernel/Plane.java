package ghostrow.kernel;

import java.util.Arrays;

/**
 * The points of a picture of the Mandelbrot set: every x with every y. The coordinates are running sums, as
 * the classic programs build them, so rounding now and then gives a column or a row more than the width asks
 * for.
 *
 * @param x left to right
 * @param y top to bottom
 */
public record Plane(double[] x, double[] y) {

    /** Where the whole set lies. */
    public static final double LEFT = -2.13;
    public static final double RIGHT = 0.77;
    public static final double BOTTOM = -1.3;
    public static final double TOP = 1.3;

    /** The whole set; the classic programs put half as many points on a side as the width says. */
    public static Plane whole(int width) {
        return new Plane(steps(LEFT, RIGHT, (RIGHT - LEFT) / width * 2),
                steps(TOP, BOTTOM, (BOTTOM - TOP) / width * 2));
    }

    /** From a start, included, towards an end, not included. */
    public static double[] steps(double start, double end, double step) {
        double[] values = new double[16];
        int count = 0;
        for (double value = start; step > 0 ? value < end : value > end; value += step) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }
        return Arrays.copyOf(values, count);
    }
}
