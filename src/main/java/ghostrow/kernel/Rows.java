package ghostrow.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Rows of a strip in off-heap memory, as a kernel sees them. Row and column (r, c) lie at double number
 * {@code origin + r*stride + c}; r may be negative, or past the strip: those are ghost rows.
 *
 * <pre>
 *            padding   0    1 ...             columns  columns+1  padding
 *  lowest-1  ........  b    b  b  b  b  b  b  b  b  b  b          ........   boundary row, never stepped
 *  lowest    ........  b    .  .  .  .  .  .  .  .  .  b          ........
 *   ...      ........  b    .  .  .  rows that move .  b          ........
 *  highest   ........  b    .  .  .  .  .  .  .  .  .  b          ........
 *  highest+1 ........  b    b  b  b  b  b  b  b  b  b  b          ........   boundary row, never stepped
 *                           |
 *                           a multiple of 64 bytes
 * </pre>
 *
 * The owner of the memory promises: column 1 of each row lies on a multiple of 64 bytes, so {@code stride} is
 * a multiple of 8; at least 8 doubles lie free to the left of column 1, and at least 8 to the right of column
 * {@code columns + 1}, so that a whole vector may be loaded and stored where the row's end needs only a part
 * of it; the boundary columns hold the same values in both slabs that take turns. Strides that are multiples
 * of 4 KiB work, but cost speed.
 *
 * @param cells   the memory, alive for as long as kernels work on it
 * @param origin  the double number of row 0, column 0
 * @param stride  doubles from a row to the next
 * @param columns interior columns, 1 to {@code columns}
 * @param lowest  the domain's first interior row, in this slab's row numbers; may lie far outside this slab
 * @param highest the domain's last interior row, likewise
 */
public record Rows(MemorySegment cells, long origin, long stride, long columns, long lowest, long highest) {

    /** How many doubles past column {@code columns} a kernel may overwrite: the rest of the last vector. */
    public static final int SPILL = 7;

    /** A row begins on a multiple of this many doubles. */
    public static final int ALIGNMENT = 8;

    public Rows {
        if (columns < 1 || stride % ALIGNMENT != 0 || stride < columns + 2 + ALIGNMENT) {
            throw new IllegalArgumentException("rows of " + columns + " columns with stride " + stride
                    + ": the stride must be a multiple of " + ALIGNMENT + ", at least columns + 10");
        }
        if ((cells.address() + (origin + 1) * Double.BYTES) % (ALIGNMENT * Double.BYTES) != 0) {
            throw new IllegalArgumentException("column 1 lies at address " + cells.address() + " + "
                    + (origin + 1) * Double.BYTES + ", expected a multiple of 64 bytes");
        }
    }

    /** The double number of a cell, for {@link MemorySegment#getAtIndex} and its kin. */
    public long index(long row, long column) {
        return origin + row * stride + column;
    }

    double get(long row, long column) {
        return cells.getAtIndex(ValueLayout.JAVA_DOUBLE, index(row, column));
    }

    void set(long row, long column, double value) {
        cells.setAtIndex(ValueLayout.JAVA_DOUBLE, index(row, column), value);
    }

    /** The address of column 1. */
    long address(long row) {
        return cells.address() + index(row, 1) * Double.BYTES;
    }

    /**
     * Kernels that work with bare addresses call this once for each slab: all that rows {@code first} up to
     * but not including {@code last} need, padding and all, lies in the segment.
     */
    public void require(long first, long last) {
        long low = index(first, 1 - ALIGNMENT);
        long high = index(last - 1, columns + 1 + ALIGNMENT);
        if (low < 0 || high >= cells.byteSize() / Double.BYTES) {
            throw new IndexOutOfBoundsException("rows " + first + " to " + (last - 1) + " with their"
                    + " padding are doubles " + low + " to " + high + ", but the slab has "
                    + cells.byteSize() / Double.BYTES
                    + ": it needs more ghost rows, or fewer steps at a time");
        }
    }
}
