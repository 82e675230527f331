package ghostrow.app.curve;

import ghostrow.data.ArrayReader;
import ghostrow.data.ArrayWriter;
import ghostrow.data.InputException;
import ghostrow.formula.Bound;
import ghostrow.formula.Compiled;
import ghostrow.formula.Kind;
import ghostrow.formula.Memory;
import ghostrow.formula.Reduction;
import ghostrow.formula.Shape;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A formula over arrays that need not fit into memory, cut into blocks of neighbouring rows of the result (elements,
 * if it is a vector). A formula may look at rows around its own: a block reads of each operand the rows that its
 * slices show of it, and no others. Slices that lie close together share what is read; those far apart are read each
 * for itself.
 *
 * <pre>
 *   result           |  block 0  |  block 1  |  block 2  |
 *   p[2:n] + p[:-2]  |  reads 0    |
 *                                |  reads 1    |
 * </pre>
 */
final class Blocks {
    /** Bytes of an operand in a block, about: few calls, next to no memory. */
    private static final long BYTES = 1 << 22;

    private final Compiled compiled;
    private final long rows;
    private final long columns;
    private final long blockRows;
    private final boolean plane;
    private final List<Window> windows;

    /** Rows of an operand that a block reads together: those of its own numbers, moved by the shifts. */
    record Window(String name, ArrayReader array, List<Long> shifts) {
        long bytes(long ofBlock) {
            return Blocks.bytes(rows(ofBlock), array.columns());
        }

        private long rows(long ofBlock) {
            return ofBlock + shifts.getLast() - shifts.getFirst();
        }

        /** The first that a block reads whose own begin there. */
        long from(long first) {
            return first + shifts.getFirst();
        }

        void read(long first, long last, MemorySegment into) throws IOException {
            array.read(from(first), rows(last - first), into);
        }

        /** What the memory is to the formula after {@link #read}. */
        Memory place(MemorySegment memory, long first) {
            long rowBytes = array.columns() * Long.BYTES;
            return array.dimensions().length == 1
                    ? Memory.part(memory, from(first), array.numbers().isFloating() ? Kind.DOUBLE : Kind.LONG)
                    : Memory.grid(memory, -from(first) * rowBytes, rowBytes);
        }
    }

    /** One thread's memory for one block after the other, which it computes. */
    interface Worker extends AutoCloseable {
        /** Rows of the result, as they lie in its file. */
        MemorySegment elements(long first, long last) throws IOException;

        /** The partial results that these rows amount to. */
        MemorySegment partials(long first, long last) throws IOException;

        @Override
        void close();
    }

    Blocks(Compiled compiled, Map<String, ArrayReader> arrays) {
        this.compiled = compiled;
        this.plane = compiled.shape() instanceof Shape.Plane;
        switch (compiled.shape()) {
            case Shape.Plane(long r, long c) -> {
                rows = r;
                columns = c;
            }
            case Shape.Line(long length) -> {
                rows = length;
                columns = 1;
            }
            case Shape.Single() -> {
                rows = 1;
                columns = 1;
            }
        }
        Map<String, ArrayReader> read = new LinkedHashMap<>(arrays);
        read.keySet().removeIf(name -> compiled.shifts(name).length == 0);
        long widest = Math.max(columns, read.values().stream().mapToLong(ArrayReader::columns).max().orElse(1));
        // A vector is summed in pieces, which a block must not tear apart.
        this.blockRows = plane ? Math.max(1, BYTES / Long.BYTES / Math.max(1, widest))
                : Math.ceilDiv(BYTES / Long.BYTES, Compiled.PIECE) * Compiled.PIECE;
        this.windows = read.entrySet().stream().flatMap(operand -> compiled.shifts(operand.getKey(), blockRows).stream()
                .map(together -> new Window(operand.getKey(), operand.getValue(), together))).toList();
    }

    long rows() {
        return rows;
    }

    long[] dimensions() {
        return plane ? new long[] {rows, columns} : new long[] {rows};
    }

    long count() {
        return Math.ceilDiv(rows, blockRows);
    }

    /** How far apart slices of an operand may lie that share what is read. */
    long apart() {
        return blockRows;
    }

    List<Window> windows() {
        return windows;
    }

    /** Of a block. */
    long mostRows() {
        return Math.min(blockRows, rows);
    }

    /** How many numbers so many rows of the result have. */
    long elements(long ofRows) {
        return ofRows * columns;
    }

    boolean arePlanes() {
        return plane;
    }

    /** Of the elements of a block, or of its partial results. */
    long resultBytes() {
        return compiled.reduction() == Reduction.NONE ? bytes(mostRows(), columns)
                : pieces(mostRows()) * Compiled.PARTIAL_BYTES;
    }

    /** What memory is to the formula that begins with that row of its result. */
    Memory place(MemorySegment memory, long first, Kind kind) {
        return plane ? Memory.grid(memory, -first * columns * kind.bytes(), columns * kind.bytes())
                : Memory.part(memory, first, kind);
    }

    /** Reduces some rows. */
    MemorySegment partials(Bound bound, long first, long last, MemorySegment into) {
        long firstPiece = plane ? first : first / Compiled.PIECE;
        long pieces = pieces(last - first);
        bound.partials(rows, firstPiece, firstPiece + pieces, into);
        return into.asSlice(0, pieces * Compiled.PARTIAL_BYTES);
    }

    /** Computes a block into its place of the file. */
    void write(Worker worker, long block, ArrayWriter out) throws IOException {
        long first = block * blockRows;
        out.write(first * columns * compiled.kind().bytes(), worker.elements(first, Math.min(rows, first + blockRows)));
    }

    /** Computes the one partial result that a block amounts to. */
    void reduce(Worker worker, long block, MemorySegment partial) throws IOException {
        long first = block * blockRows;
        MemorySegment partials = worker.partials(first, Math.min(rows, first + blockRows));
        compiled.merge(partials, partials.byteSize() / Compiled.PARTIAL_BYTES, partial);
    }

    static MemorySegment allocate(Arena arena, long bytes) {
        try {
            return arena.allocate(bytes, 64);
        } catch (OutOfMemoryError e) {
            throw new InputException("a block of one row at least takes " + bytes + " bytes of each thread, which this JVM "
                    + "does not have; use fewer threads, or slices with shorter rows", e);
        }
    }

    private static long bytes(long rows, long columns) {
        return Math.multiplyExact(Math.multiplyExact(rows, columns), Long.BYTES);
    }

    private long pieces(long ofRows) {
        return plane ? ofRows : Compiled.pieces(ofRows);
    }
}
