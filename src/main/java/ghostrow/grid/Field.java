package ghostrow.grid;

import ghostrow.kernel.Rows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One rank's strip of a grid of doubles, in memory outside the heap, with {@code ghosts} rows above and below that
 * mirror the neighbours' rows. Own rows are 1 to {@code rows}, own columns 1 to {@code columns}; the columns beside
 * them, and the row beyond the domain's edge, hold the fixed boundary.
 *
 * <pre>
 *   row  1 - ghosts   g g g g g g g g     rows of the rank above (of the first rank: row 0 is the boundary)
 *        0            g g g g g g g g
 *        1            b o o o o o o b     own rows
 *        ...          b o o o o o o b
 *        rows         b o o o o o o b
 *        rows + 1     g g g g g g g g     rows of the rank below (of the last rank: the boundary)
 *        rows + ghosts
 * </pre>
 *
 * A row begins at a cache line and is padded, so that vectors never straddle two lines, may reach past the row's
 * end, and the same column of neighbouring rows does not fall into the same set of the cache.
 */
public final class Field {
    private static final int LINE = 8;
    private static final int PAGE = 4096 / Double.BYTES;
    /** Beside the interior: a line to the left, which ends with column 0, then column + 1 and a line to the right. */
    private static final int PADDING = LINE + 1 + LINE;

    private final Strip strip;
    private final int ghosts;
    private final Rows rows;

    /** Null where the host's memory is all there is. */
    private Twin twin;
    /** Whether the device has the field, so that the host must not look at it. */
    private boolean away;
    /** Whether the host has changed it since the device had it. */
    private boolean changed = true;

    public Field(Strip strip, long columns, int ghosts, Arena arena) {
        this.strip = strip;
        this.ghosts = ghosts;
        long stride = stride(columns);
        MemorySegment cells = Pages.allocate(bytes(strip.count(), columns, ghosts), arena);
        long origin = (ghosts - 1) * stride + LINE - 1;
        this.rows = new Rows(cells, origin, stride, columns, 1 - strip.offset(), strip.total() - strip.offset());
    }

    /** Memory of a field, for asking whether there is enough of it. */
    public static long bytes(long rows, long columns, int ghosts) {
        return Math.multiplyExact(Math.addExact(rows, 2L * ghosts), stride(columns) * Double.BYTES);
    }

    public long bytes() {
        return rows.cells().byteSize();
    }

    private static long stride(long columns) {
        long stride = (columns + PADDING + LINE - 1) / LINE * LINE;
        return stride % PAGE == 0 ? stride + LINE : stride;
    }

    public Strip strip() {
        return strip;
    }

    public int ghosts() {
        return ghosts;
    }

    public long count() {
        return strip.count();
    }

    public long columns() {
        return rows.columns();
    }

    /** From now on the field is stepped in a device's memory. */
    public void stepIn(Twin twin) {
        this.twin = twin;
    }

    /** The field as those see it who step it, wherever that is. */
    Rows toStep() {
        if (twin != null && !away) {
            twin.away(changed);
            away = true;
            changed = false;
        }
        return rows;
    }

    /** Returns when all its steps are done that have been asked for. */
    void await() {
        if (twin != null) {
            twin.await();
        }
    }

    private void home() {
        if (away) {
            twin.home();
            away = false;
        }
    }

    private void toChange() {
        home();
        changed = true;
    }

    /** The field as kernels see it. One thread has to ask before others work on it. */
    public Rows rows() {
        home();
        return rows;
    }

    public double get(long row, long column) {
        home();
        return rows.cells().getAtIndex(ValueLayout.JAVA_DOUBLE, rows.index(row, column));
    }

    public void set(long row, long column, double value) {
        toChange();
        rows.cells().setAtIndex(ValueLayout.JAVA_DOUBLE, rows.index(row, column), value);
    }

    /** A whole row at once: until the compiler has come by, a cell at a time takes ten times as long. */
    public void setRow(long row, double[] values) {
        toChange();
        MemorySegment.copy(values, 0, row(row), ValueLayout.JAVA_DOUBLE, 0, values.length);
    }

    public void getRow(long row, double[] values) {
        MemorySegment.copy(row(row), ValueLayout.JAVA_DOUBLE, 0, values, 0, values.length);
    }

    /** From the first own cell on, to be looked at; rows follow each other in steps of {@link #strideBytes}. */
    public MemorySegment cells() {
        home();
        return rows.cells().asSlice(rows.index(1, 1) * Double.BYTES);
    }

    /** The same, to be filled. */
    public MemorySegment cellsToFill() {
        toChange();
        return cells();
    }

    public long strideBytes() {
        return rows.stride() * Double.BYTES;
    }

    /** The interior of one row. */
    public MemorySegment row(long row) {
        home();
        return rows.cells().asSlice(rows.index(row, 1) * Double.BYTES, columns() * Double.BYTES);
    }

    /** Whether a device steps it, in memory of its own. */
    boolean isSteppedElsewhere() {
        return twin != null;
    }

    /** Whole rows that travel between ranks. */
    Edge edge(long first, long count) {
        return twin == null ? new Edge.InPlace(wholeRows(first, count)) : twin.edge(first, count);
    }

    /** Waits for all edges on their way home, of this field and of the other one that it takes turns with. */
    void awaitEdges() {
        if (twin != null) {
            twin.awaitEdges();
        }
    }

    /** {@code count} whole rows in one piece, boundary columns and the padding between them included. */
    public MemorySegment wholeRows(long first, long count) {
        long doubles = (count - 1) * rows.stride() + columns() + 2;
        return rows.cells().asSlice(rows.index(first, 0) * Double.BYTES, doubles * Double.BYTES);
    }
}
