package ghostrow.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** The ways to step rows, from the most readable to the fastest. All give the same bits. */
public enum Rung implements Stencils {

    PLAIN("plain", "a scalar loop over the cells, the definition of the others") {
        @Override
        public Stencil worker(Rule rule) {
            return new PlainStencil(rule);
        }

        @Override
        public boolean available() {
            return true;
        }
    },

    VECTOR("vector", "SIMD, a row and a step at a time") {
        @Override
        public Stencil worker(Rule rule) {
            return new VectorStencil(rule);
        }
    },

    BLOCKED("blocked", "SIMD, up to 32 steps in one pass through memory") {
        @Override
        public Stencil worker(Rule rule) {
            return new BlockedStencil(rule);
        }
    };

    private final String label;
    private final String description;

    Rung(String label, String description) {
        this.label = label;
        this.description = description;
    }

    /** Whether this JVM was started with what the rung needs; only then may {@link #worker} be called. */
    public boolean available() {
        return vectorsPresent();
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
            Rehearsal whole = new Rehearsal(arena, 64, 21, 0);
            Rehearsal amid = new Rehearsal(arena, 64, 21, 16);
            for (int i = 0; i < 50; i++) {
                whole.advance(stencil, 4);
                amid.advance(stencil, 4);
                whole.add();
            }
            Rehearsal wide = new Rehearsal(arena, 8, 1285, 0);
            for (int i = 0; i < 4; i++) {
                wide.advance(stencil, stencil.maxSteps());
            }
        }
    }

    /** Two slabs, with {@code ghosts} rows above and below that belong to others. */
    private record Rehearsal(Rows from, Rows to, int rows) {
        Rehearsal(Arena arena, int rows, int columns, int ghosts) {
            this(slab(arena, rows, columns, ghosts), slab(arena, rows, columns, ghosts), rows);
        }

        private static Rows slab(Arena arena, int rows, int columns, int ghosts) {
            long stride = (columns + 3 * Rows.ALIGNMENT) / Rows.ALIGNMENT * Rows.ALIGNMENT;
            MemorySegment cells = arena.allocate((rows + 2 * ghosts + 3) * stride * Double.BYTES, 64);
            Rows slab = new Rows(cells, (1 + ghosts) * stride + Rows.ALIGNMENT - 1, stride, columns, -ghosts,
                    rows - 1 + ghosts);
            // With zeros everywhere no boundary would ever have to be repaired, and no cell would be the greatest so far.
            cells.fill((byte) 1);
            for (long row = slab.lowest(); row <= slab.highest(); row++) {
                slab.set(row, columns + 1, 0);
                slab.set(row, columns / 2, row * row);
                slab.set(row, columns / 2 + 1, -row * row);
            }
            return slab;
        }

        void add() {
            new RowTotals((int) from.columns()).add(from, 0, rows, new double[rows], 0);
        }

        void advance(Stencil stencil, int steps) {
            stencil.advance(from, to, 0, rows, Math.min(steps, stencil.maxSteps()));
        }
    }

    @Override
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

    /**
     * The fastest of those available. It is safe for any size; {@link Stencil#bestSteps} adapts the depth.
     */
    public static Rung auto() {
        return BLOCKED.available() ? BLOCKED : PLAIN;
    }

    /** Whether the Vector API is there: as a module that was added, or behind the boot class path. */
    public static boolean vectorsPresent() {
        try {
            Class.forName("jdk.incubator.vector.DoubleVector", false, Rung.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
