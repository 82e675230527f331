package ghostrow.kernel;

/** The readable definition, a point at a time. */
final class PlainEscape implements Escape {

    /**
     * Where re² + im², as rounded, leaves no doubt. It is off by less than 2^-51 of its value and the modulus
     * by less than two of its last places, so a margin of 2^-40 around 4 is wide; inside it, the modulus
     * decides.
     */
    static final double SURELY_INSIDE = 4 - 0x1p-40;
    static final double SURELY_OUTSIDE = 4 + 0x1p-40;

    @Override
    public Tally counts(double[] x, double y, int maxiter, int[] counts, int from, int to) {
        long sum = 0;
        long evaluations = 0;
        long escaped = 0;
        for (int i = from; i < to; i++) {
            int n = escape(x[i], y, maxiter);
            boolean inside = n == maxiter;
            counts[i] = inside ? 0 : n;
            sum += counts[i];
            evaluations += inside ? n : n + 1L;
            escaped += inside ? 0 : 1;
        }
        return new Tally(sum, evaluations, escaped, evaluations);
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
        return square > SURELY_OUTSIDE || !(square < SURELY_INSIDE) && !(Math.hypot(re, im) <= 2);
    }
}
