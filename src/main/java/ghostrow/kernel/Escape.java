package ghostrow.kernel;

/**
 * Counts how long points of the plane take to escape under z = z² + q, a row at a time. An instance owns
 * scratch memory and serves one thread.
 */
public interface Escape extends AutoCloseable {

    /**
     * Where re² + im², as rounded, leaves no doubt. It is off by less than 2^-51 of its value and the modulus
     * by less than two of its last places, so a margin of 2^-40 around 4 is wide; inside it, the modulus
     * decides.
     */
    double SURELY_INSIDE = 4 - 0x1p-40;
    double SURELY_OUTSIDE = 4 + 0x1p-40;

    /**
     * What a row amounted to.
     *
     * @param sum         of the counts
     * @param evaluations how often z² + q is evaluated by the definition: a point that never escapes counts
     *                    in full
     * @param escaped     points that escaped
     * @param performed   evaluations really done; fewer only where a kernel proves that a point never escapes
     */
    record Tally(long sum, long evaluations, long escaped, long performed) {

        public static final Tally NONE = new Tally(0, 0, 0, 0);

        /** Of counts that say {@code maxiter} where a point never escapes; they say 0 there afterwards. */
        public static Tally of(int[] counts, int from, int to, int maxiter) {
            long sum = 0;
            long evaluations = 0;
            long escaped = 0;
            for (int i = from; i < to; i++) {
                int n = counts[i];
                boolean inside = n == maxiter;
                counts[i] = inside ? 0 : n;
                sum += counts[i];
                evaluations += inside ? n : n + 1L;
                escaped += inside ? 0 : 1;
            }
            return new Tally(sum, evaluations, escaped, evaluations);
        }

        public Tally plus(Tally other) {
            return new Tally(sum + other.sum, evaluations + other.evaluations, escaped + other.escaped,
                    performed + other.performed);
        }
    }

    /**
     * For points {@code from} up to but not including {@code to} of a row: the first iteration, counted from
     * 0, after which |z| > 2, or 0 if there is none among the first {@code maxiter}.
     */
    Tally counts(double[] x, double y, int maxiter, int[] counts, int from, int to);

    /** The same for whole rows, whose counts lie one row after the other. */
    default Tally rows(double[] x, double[] y, int maxiter, int[] counts) {
        Tally tally = Tally.NONE;
        int[] row = new int[x.length];
        for (int r = 0; r < y.length; r++) {
            tally = tally.plus(counts(x, y[r], maxiter, row, 0, row.length));
            System.arraycopy(row, 0, counts, r * row.length, row.length);
        }
        return tally;
    }

    /** Rows that are being counted. */
    @FunctionalInterface
    interface Begun {
        /** Waits for their counts, which lie one row after the other. */
        Tally finish(int[] counts);
    }

    /**
     * Begins to count whole rows and comes back. Whatever needs this thread for it does nothing before
     * {@link Begun#finish}; what is begun first is finished first.
     */
    default Begun begin(double[] x, double[] y, int maxiter) {
        return counts -> rows(x, y, maxiter, counts);
    }

    /** How much may be begun before the first of it is finished. */
    default int mostBegun() {
        return 1;
    }

    /** Gives back what it has taken outside Java's heap, if anything. */
    @Override
    default void close() {
    }

    /** One point by the readable definition: the first iteration after which |z| > 2, or {@code maxiter}. */
    static int byDefinition(double x, double y, int maxiter) {
        return PlainEscape.escape(x, y, maxiter);
    }
}
