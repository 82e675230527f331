package ghostrow.kernel;

import java.util.Optional;

/** The ways to count how long points take to escape, with the same counts. */
public enum EscapeRung {
    PLAIN("plain", "a scalar loop over the points, the definition of the others"),
    VECTOR("vector", "SIMD, four vectors in flight, escapes looked for once in 8 iterations"),
    SKIP("skip", "as vector, but points that provably never escape are not iterated to the end");

    private final String label;
    private final String description;

    EscapeRung(String label, String description) {
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
        for (int i = 0; i < 20; i++) {
            for (double y : plane.y()) {
                escape.counts(plane.x(), y, 1000, counts, 0, counts.length);
            }
        }
    }

    /** Whether this JVM was started with what the rung needs; only then may {@link #worker} be called. */
    public boolean available() {
        return this == PLAIN || Rung.vectorsPresent();
    }

    public String label() {
        return label;
    }

    public String description() {
        return description;
    }

    public static Optional<EscapeRung> named(String label) {
        for (EscapeRung rung : values()) {
            if (rung.label.equals(label)) {
                return Optional.of(rung);
            }
        }
        return Optional.empty();
    }

    /** The fastest that does all the work. */
    public static EscapeRung auto() {
        return VECTOR.available() ? VECTOR : PLAIN;
    }
}
