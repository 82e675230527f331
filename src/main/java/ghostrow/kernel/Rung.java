package ghostrow.kernel;

import java.lang.foreign.Arena;
import java.util.Optional;
import java.util.function.Function;

/** The ways to step rows, from the most readable to the fastest. All give the same bits. */
public enum Rung implements Stencils {
    BOXED("boxed", "every number an object in a list of lists, looked up each time", BoxedStencil::new, 64),
    LOCAL("local", "the same objects, looked up once and kept in local variables", LocalStencil::new, 64),
    TYPED("typed", "arrays of plain numbers; a cell with its neighbours is an object", TypedStencil::new, 8),
    EXPANDED("expanded", "no object, no call: the rule's arithmetic stands in the loop", ExpandedStencil::new),
    PLAIN("plain", "a scalar loop over the cells, the definition of the others", PlainStencil::new),
    WHOLE_ARRAY("whole-array", "all cells at a time, an array for each operation, as NumPy does",
            rule -> new ArrayStencil(rule, Rung.MOST), 48),
    BLOCKED_ARRAY("blocked-array", "the same in pieces of rows that fit a cache (--piece)",
            rule -> new ArrayStencil(rule, Rung.PIECE)),
    VECTOR("vector", "SIMD, a row and a step at a time", VectorStencil::new, true),
    BLOCKED("blocked", "SIMD, up to 32 steps in one pass through memory", BlockedStencil::new, true);

    /** Cells at a time of {@code blocked-array}, unless told otherwise: their arrays fit a second-level cache. */
    public static final int PIECE = 8192;

    /** As many as one array holds, with its rim. */
    public static final int MOST = 1 << 30;

    private final String label;
    private final String description;
    private final Function<Rule, Stencil> worker;
    private final boolean vectors;
    /** For each cell. */
    private final long heapBytes;

    Rung(String label, String description, Function<Rule, Stencil> worker) {
        this(label, description, worker, false, 0);
    }

    Rung(String label, String description, Function<Rule, Stencil> worker, long heapBytes) {
        this(label, description, worker, false, heapBytes);
    }

    Rung(String label, String description, Function<Rule, Stencil> worker, boolean vectors) {
        this(label, description, worker, vectors, 0);
    }

    Rung(String label, String description, Function<Rule, Stencil> worker, boolean vectors, long heapBytes) {
        this.label = label;
        this.description = description;
        this.worker = worker;
        this.vectors = vectors;
        this.heapBytes = heapBytes;
    }

    @Override
    public Stencil worker(Rule rule) {
        return worker.apply(rule);
    }

    /** Whole arrays in pieces of so many cells, rounded to rows. */
    public static Stencils inPieces(int cells) {
        return new Pieces(cells);
    }

    private record Pieces(int cells) implements Stencils {
        @Override
        public String label() {
            return BLOCKED_ARRAY.label;
        }

        @Override
        public String description() {
            return BLOCKED_ARRAY.description;
        }

        @Override
        public Stencil worker(Rule rule) {
            return new ArrayStencil(rule, cells);
        }
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
    public long heapBytes(long cells) {
        return Math.multiplyExact(heapBytes, cells);
    }

    /**
     * Steps small slabs until the inner loops are compiled, which takes a fifth of a second on one core.
     * Worth while for short runs, on a thread of its own, while the program has other things to prepare.
     *
     * <p>What is compiled is good for what it has met: a slab that ends amid a vector, the strip of a rank amid others,
     * and rows so long that they are cut. A case that comes later has it all compiled anew.
     */
    public void warmUp(Rule rule) {
        try (Arena arena = Arena.ofConfined()) {
            Stencil stencil = worker(rule);
            Rehearsal whole = Rehearsal.of(arena, 64, 21, 0);
            Rehearsal amid = Rehearsal.of(arena, 64, 21, 16);
            for (int i = 0; i < 50; i++) {
                whole.advance(stencil, 4);
                amid.advance(stencil, 4);
                whole.add();
            }
            Rehearsal wide = Rehearsal.of(arena, 8, 1285, 0);
            for (int i = 0; i < 4; i++) {
                wide.advance(stencil, stencil.maxSteps());
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

    /**
     * The fastest of those available. It is safe for any size; {@link Stencil#bestSteps} adapts the depth.
     */
    public static Rung auto() {
        return Vectors.present() ? BLOCKED : PLAIN;
    }
}
