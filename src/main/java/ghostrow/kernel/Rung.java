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
     * Steps a small slab until the inner loops are compiled, which takes a fifth of a second on one core.
     * Worth while for short runs, on a thread of its own, while the program has other things to prepare.
     */
    public void warmUp(Rule rule) {
        int rows = 64;
        int columns = 24;
        long stride = 48;
        try (Arena arena = Arena.ofConfined()) {
            Rows from = warmUpRows(arena, rows, stride, columns);
            Rows to = warmUpRows(arena, rows, stride, columns);
            Stencil stencil = worker(rule);
            for (int i = 0; i < 60; i++) {
                stencil.advance(from, to, 0, rows, stencil.bestSteps(rows, columns));
            }
        }
    }

    private static Rows warmUpRows(Arena arena, int rows, long stride, int columns) {
        MemorySegment cells = arena.allocate((rows + 3) * stride * Double.BYTES, 64);
        return new Rows(cells, stride + Rows.ALIGNMENT - 1, stride, columns, 0, rows - 1);
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
