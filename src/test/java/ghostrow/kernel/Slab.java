package ghostrow.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/** Memory for tests: rows {@code -ghosts} to {@code height + ghosts - 1}, laid out as {@link Rows} asks. */
record Slab(Rows rows, int ghosts, int height) {

    static Slab allocate(Arena arena, int height, int columns, int ghosts, long lowest, long highest) {
        long stride = (columns + 9 + 8 + 7) / 8 * 8;
        long count = (height + 2L * ghosts) * stride + 8;
        MemorySegment cells = arena.allocate(count * Double.BYTES, 64);
        long origin = ghosts * stride + 7;
        return new Slab(new Rows(cells, origin, stride, columns, lowest, highest), ghosts, height);
    }

    /** Every double of the memory, padding too, gets a value; about one in eight is a negative zero. */
    void fill(SplittableRandom random) {
        for (long i = 0; i < doubles(); i++) {
            double value = random.nextInt(8) == 0 ? -0.0 : random.nextDouble(-1, 1);
            rows.cells().setAtIndex(ValueLayout.JAVA_DOUBLE, i, value);
        }
    }

    /** The boundary values of the other slab, which kernels count on finding in both. */
    void copyBoundaryFrom(Slab other) {
        for (int r = -ghosts; r < height + ghosts; r++) {
            boolean fixed = r < rows.lowest() || r > rows.highest();
            for (int c = 0; c <= rows.columns() + 1; c++) {
                if (fixed || c == 0 || c == rows.columns() + 1) {
                    rows.set(r, c, other.rows.get(r, c));
                }
            }
        }
    }

    long doubles() {
        return rows.cells().byteSize() / Double.BYTES;
    }

    /** The bits of every double of the memory. */
    long[] bits() {
        return rows.cells().toArray(ValueLayout.JAVA_LONG);
    }

    /** Row -ghosts comes first; columns 0 to columns + 1. */
    double[][] values() {
        double[][] values = new double[height + 2 * ghosts][(int) rows.columns() + 2];
        for (int r = 0; r < values.length; r++) {
            for (int c = 0; c < values[r].length; c++) {
                values[r][c] = rows.get(r - ghosts, c);
            }
        }
        return values;
    }
}
