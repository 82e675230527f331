package ghostrow.kernel;

/**
 * No complex numbers are left, only their parts, and the arithmetic stands in the loop: no square root is taken, since
 * |z| > 2 where re² + im² > 4, and the two squares made for that test serve the next iteration as well.
 */
final class ExpandedEscape implements Escape {

    @Override
    public Tally counts(double[] x, double y, int maxiter, int[] counts, int from, int to) {
        for (int i = from; i < to; i++) {
            counts[i] = escape(x[i], y, maxiter);
        }
        return Tally.of(counts, from, to, maxiter);
    }

    private static int escape(double qx, double qy, int maxiter) {
        double re = 0;
        double im = 0;
        double re2 = 0;
        double im2 = 0;
        for (int n = 0; n < maxiter; n++) {
            im = re * im + im * re + qy;
            re = re2 - im2 + qx;
            re2 = re * re;
            im2 = im * im;
            if (!(re2 + im2 < SURELY_INSIDE)) {
                // Within a hair of 4 the rounding of the squares would decide; the definition does.
                return re2 + im2 > SURELY_OUTSIDE ? n : Escape.byDefinition(qx, qy, maxiter);
            }
        }
        return maxiter;
    }
}
