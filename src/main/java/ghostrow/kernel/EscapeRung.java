package ghostrow.kernel;

import java.util.Optional;
import java.util.function.Supplier;

/** The ways to count how long points take to escape, with the same counts. */
public enum EscapeRung implements Escapes {
    BOXED("boxed", "every number an object in a list, looked up each time", BoxedEscape::new),
    LOCAL("local", "the same objects, looked up once and kept in local variables", LocalEscape::new),
    TYPED("typed", "arrays of plain numbers; arithmetic still by complex objects", TypedEscape::new),
    EXPANDED("expanded", "no complex numbers, no square root, no product made twice", ExpandedEscape::new),
    PLAIN("plain", "a scalar loop over the points, the definition of the others", PlainEscape::new),
    WHOLE_ARRAY("whole-array", "all points at a time, an array for each operation, as NumPy does",
            () -> new ArrayEscape(EscapeRung.MOST), 112),
    BLOCKED_ARRAY("blocked-array", "the same in pieces that fit a cache (--piece)",
            () -> new ArrayEscape(EscapeRung.PIECE)),
    VECTOR("vector", "SIMD, four vectors in flight, escapes looked for once in 8 iterations",
            () -> new VectorEscape(false), true),
    SKIP("skip", "as vector, but points that provably never escape are not iterated to the end",
            () -> new VectorEscape(true), true);

    /** Points at a time of {@code blocked-array}, unless told otherwise: their arrays fit a second-level cache. */
    public static final int PIECE = 4096;

    /** As many as one array holds. */
    public static final int MOST = 1 << 30;

    private final String label;
    private final String description;
    private final Supplier<Escape> worker;
    private final boolean vectors;
    /** For each point. */
    private final long heapBytes;

    EscapeRung(String label, String description, Supplier<Escape> worker) {
        this(label, description, worker, false, 0);
    }

    EscapeRung(String label, String description, Supplier<Escape> worker, long heapBytes) {
        this(label, description, worker, false, heapBytes);
    }

    EscapeRung(String label, String description, Supplier<Escape> worker, boolean vectors) {
        this(label, description, worker, vectors, 0);
    }

    EscapeRung(String label, String description, Supplier<Escape> worker, boolean vectors, long heapBytes) {
        this.label = label;
        this.description = description;
        this.worker = worker;
        this.vectors = vectors;
        this.heapBytes = heapBytes;
    }

    @Override
    public Escape worker() {
        return worker.get();
    }

    /** Whole arrays in pieces of so many points. */
    public static Escapes inPieces(int points) {
        return new Pieces(points);
    }

    private record Pieces(int points) implements Escapes {
        @Override
        public String label() {
            return BLOCKED_ARRAY.label;
        }

        @Override
        public String description() {
            return BLOCKED_ARRAY.description;
        }

        @Override
        public Escape worker() {
            return new ArrayEscape(points);
        }

        @Override
        public boolean manyRowsAtOnce() {
            return true;
        }
    }

    @Override
    public boolean manyRowsAtOnce() {
        return this == WHOLE_ARRAY || this == BLOCKED_ARRAY;
    }

    /** Whether it computes by the Vector API. */
    public boolean vectors() {
        return vectors;
    }

    @Override
    public Optional<String> missing() {
        return vectors ? Vectors.missing() : Optional.empty();
    }

    @Override
    public long heapBytes(long points) {
        return Math.multiplyExact(heapBytes, points);
    }

    /** By vectors, which are interpreted a hundred times slower until then; the others are timed as they are. */
    @Override
    public void warmUp() {
        if (!vectors) {
            return;
        }
        Plane plane = Plane.whole(128);
        int[] counts = new int[plane.x().length];
        Escape escape = worker();
        for (int i = 0; i < 20; i++) {
            for (double y : plane.y()) {
                escape.counts(plane.x(), y, 1000, counts, 0, counts.length);
            }
        }
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String description() {
        return description;
    }

    /** The fastest that does all the work. */
    public static EscapeRung auto() {
        return Vectors.present() ? VECTOR : PLAIN;
    }
}
