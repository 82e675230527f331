package ghostrow.kernel;

import java.util.Optional;

/**
 * Counts how long points of the plane take to escape under z = z² + q, a row at a time. An instance owns
 * scratch memory and serves one thread.
 */
public interface Escape {

    /**
     * What a row amounted to.
     *
     * @param evaluations how often z² + q is evaluated by the definition: a point that never escapes counts
     *                    in full
     * @param escaped     points that escaped
     * @param performed   evaluations really done; fewer only where a kernel proves that a point never escapes
     */
    record Tally(long evaluations, long escaped, long performed) {

        public static final Tally NONE = new Tally(0, 0, 0);

        public Tally plus(Tally other) {
            return new Tally(evaluations + other.evaluations, escaped + other.escaped,
                    performed + other.performed);
        }
    }

    /**
     * For points {@code from} up to but not including {@code to} of a row: the first iteration, counted from
     * 0, after which |z| > 2, or 0 if there is none among the first {@code maxiter}.
     */
    Tally counts(double[] x, double y, int maxiter, int[] counts, int from, int to);

    /** The ways to count, with the same counts. */
    enum Rung {
        PLAIN("plain", "a scalar loop over the points, the definition of the others"),
        VECTOR("vector", "SIMD, four vectors in flight, escapes looked for once in 8 iterations"),
        SKIP("skip", "as vector, but points that provably never escape are not iterated to the end");

        private final String label;
        private final String description;

        Rung(String label, String description) {
            this.label = label;
            this.description = description;
        }

        /** A new kernel for one thread. */
        public Escape worker() {
            return switch (this) {
                case PLAIN -> new PlainEscape();
                case VECTOR -> new VectorEscape(false);
                case SKIP -> new VectorEscape(true);
            };
        }

        /**
         * Counts a small picture until the inner loops are compiled. Worth while for short runs, on a thread
         * of its own, while the program has other things to prepare.
         */
        public void warmUp() {
            Plane plane = Plane.whole(128);
            int[] counts = new int[plane.x().length];
            Escape escape = worker();
            for (int i = 0; i < 100; i++) {
                for (double y : plane.y()) {
                    escape.counts(plane.x(), y, 200, counts, 0, counts.length);
                }
            }
        }

        /** Whether this JVM was started with what the rung needs; only then may {@link #worker} be called. */
        public boolean available() {
            return this == PLAIN || ghostrow.kernel.Rung.vectorsPresent();
        }

        public String label() {
            return label;
        }

        public String description() {
            return description;
        }

        public static Optional<Rung> named(String label) {
            for (Rung rung : values()) {
                if (rung.label.equals(label)) {
                    return Optional.of(rung);
                }
            }
            return Optional.empty();
        }

        /** The fastest that does all the work. */
        public static Rung auto() {
            return VECTOR.available() ? VECTOR : PLAIN;
        }
    }
}
