package ghostrow.kernel;

/** The readable definition, a point at a time. */
final class PlainEscape implements Escape {

    @Override
    public Tally counts(double[] x, double y, int maxiter, int[] counts, int from, int to) {
        for (int i = from; i < to; i++) {
            counts[i] = escape(x[i], y, maxiter);
        }
        return Tally.of(counts, from, to, maxiter);
    }

    /** The first iteration after which |z| > 2, or {@code maxiter}. */
    static int escape(double qx, double qy, int maxiter) {
        double re = 0;
        double im = 0;
        for (int n = 0; n < maxiter; n++) {
            double next = re * re - im * im + qx;
            im = re * im + im * re + qy;
            re = next;
            if (outside(re, im)) {
                return n;
            }
        }
        return maxiter;
    }

    /** Whether |z| > 2, as the modulus itself would be rounded. */
    private static boolean outside(double re, double im) {
        double square = re * re + im * im;
        return square > Escape.SURELY_OUTSIDE || !(square < Escape.SURELY_INSIDE) && !(Math.hypot(re, im) <= 2);
    }
}
