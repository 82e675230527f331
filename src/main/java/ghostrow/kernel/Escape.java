package ghostrow.kernel;

/**
 * Counts how long points of the plane take to escape under z = z² + q, a row at a time. An instance owns
 * scratch memory and serves one thread.
 */
public interface Escape {

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
}
