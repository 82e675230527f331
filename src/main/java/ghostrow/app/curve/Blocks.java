package ghostrow.app.curve;

import ghostrow.data.ArrayReader;
import ghostrow.data.ArrayWriter;
import ghostrow.formula.Arguments;
import ghostrow.formula.Bound;
import ghostrow.formula.Compiled;
import ghostrow.formula.Kind;
import ghostrow.formula.Memory;
import ghostrow.formula.Reduction;
import ghostrow.formula.Shape;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/**
 * A formula over arrays that need not fit into memory, cut into blocks of neighbouring rows of the result (elements,
 * if it is a vector). A formula may look at rows around its own, so that of each operand a block reads as many rows
 * more as the operand has more than the result:
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
    private final Map<String, ArrayReader> arrays;
    private final long rows;
    private final long columns;
    private final long blockRows;
    private final boolean plane;

    Blocks(Compiled compiled, Map<String, ArrayReader> arrays) {
        this.compiled = compiled;
        this.arrays = arrays;
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
        long widest = Math.max(columns, arrays.values().stream().mapToLong(ArrayReader::columns).max().orElse(1));
        // A vector is summed in pieces, which a block must not tear apart.
        this.blockRows = plane ? Math.max(1, BYTES / Long.BYTES / Math.max(1, widest))
                : Math.ceilDiv(BYTES / Long.BYTES, Compiled.PIECE) * Compiled.PIECE;
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

    /** One thread's memory for one block after the other. */
    Worker worker(Arena arena) {
        return new Worker(arena);
    }

    final class Worker {
        private final Map<String, MemorySegment> inputs = new HashMap<>();
        private final MemorySegment output;

        private Worker(Arena arena) {
            long most = Math.min(blockRows, rows);
            arrays.forEach((name, array) -> inputs.put(name,
                    arena.allocate((most + margin(array)) * array.columns() * Long.BYTES, 64)));
            output = arena.allocate(compiled.reduction() == Reduction.NONE ? most * columns * Long.BYTES
                    : partials(most) * Compiled.PARTIAL_BYTES, 64);
        }

        /** Computes a block into its place of the file. */
        void run(long block, ArrayWriter out) throws IOException {
            long first = block * blockRows;
            long last = Math.min(rows, first + blockRows);
            Bound bound = load(first, last);
            int bytes = compiled.kind().bytes();
            bound.run(plane ? Memory.grid(output, -first * columns * bytes, columns * bytes)
                    : Memory.part(output, first, compiled.kind()), first, last);
            out.write(first * columns * bytes, output.asSlice(0, (last - first) * columns * bytes));
        }

        /** Computes the one partial result that a block amounts to. */
        void reduce(long block, MemorySegment partial) throws IOException {
            long first = block * blockRows;
            long last = Math.min(rows, first + blockRows);
            long firstPiece = plane ? first : first / Compiled.PIECE;
            load(first, last).partials(rows, firstPiece, firstPiece + partials(last - first), output);
            compiled.merge(output, partials(last - first), partial);
        }

        private Bound load(long first, long last) throws IOException {
            Arguments arguments = new Arguments();
            for (Map.Entry<String, ArrayReader> entry : arrays.entrySet()) {
                ArrayReader array = entry.getValue();
                MemorySegment memory = inputs.get(entry.getKey());
                array.read(first, last - first + margin(array), memory);
                long rowBytes = array.columns() * Long.BYTES;
                arguments.memory(entry.getKey(), array.isVector()
                        ? Memory.part(memory, first, array.numbers().isFloating() ? Kind.DOUBLE : Kind.LONG)
                        : Memory.grid(memory, -first * rowBytes, rowBytes));
            }
            return compiled.bind(arguments);
        }
    }

    private long margin(ArrayReader array) {
        return array.rows() - rows;
    }

    private long partials(long ofRows) {
        return plane ? ofRows : Compiled.pieces(ofRows);
    }
}
