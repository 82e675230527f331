package ghostrow.app.curve;

import ghostrow.data.ArrayReader;
import ghostrow.data.ArrayWriter;
import ghostrow.data.InputException;
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
import java.util.ArrayList;
import java.util.Arrays;
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

    /** Rows of an operand that a block reads together: those of its own numbers plus {@code lowest} to {@code highest}. */
    private record Window(String name, ArrayReader array, long lowest, long highest, List<Long> shifts) {
        static List<Window> of(String name, ArrayReader array, long[] shifts, long apart) {
            List<Window> windows = new ArrayList<>();
            for (int first = 0, next; first < shifts.length; first = next) {
                for (next = first + 1; next < shifts.length && shifts[next] - shifts[next - 1] <= apart;) {
                    next++;
                }
                windows.add(new Window(name, array, shifts[first], shifts[next - 1],
                        Arrays.stream(shifts, first, next).boxed().toList()));
            }
            return windows;
        }

        long rows(long ofBlock) {
            return ofBlock + highest - lowest;
        }
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
        this.windows = read.entrySet().stream().flatMap(operand -> Window.of(operand.getKey(), operand.getValue(),
                compiled.shifts(operand.getKey()), blockRows).stream()).toList();
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
        private final List<MemorySegment> inputs;
        private final MemorySegment output;

        private Worker(Arena arena) {
            long most = Math.min(blockRows, rows);
            inputs = windows.stream().map(window -> allocate(arena,
                    bytes(window.rows(most), window.array().columns()))).toList();
            output = allocate(arena, compiled.reduction() == Reduction.NONE ? bytes(most, columns)
                    : partials(most) * Compiled.PARTIAL_BYTES);
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
            for (int i = 0; i < inputs.size(); i++) {
                Window window = windows.get(i);
                ArrayReader array = window.array();
                long from = first + window.lowest();
                array.read(from, window.rows(last - first), inputs.get(i));
                long rowBytes = array.columns() * Long.BYTES;
                Memory place = array.dimensions().length == 1
                        ? Memory.part(inputs.get(i), from, array.numbers().isFloating() ? Kind.DOUBLE : Kind.LONG)
                        : Memory.grid(inputs.get(i), -from * rowBytes, rowBytes);
                window.shifts().forEach(shift -> arguments.memory(window.name(), shift, place));
            }
            return compiled.bind(arguments);
        }
    }

    private static MemorySegment allocate(Arena arena, long bytes) {
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

    private long partials(long ofRows) {
        return plane ? ofRows : Compiled.pieces(ofRows);
    }
}
