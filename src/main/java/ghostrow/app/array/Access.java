package ghostrow.app.array;

import ghostrow.data.ArrayPath;
import ghostrow.data.ArrayReader;
import ghostrow.data.InputException;
import ghostrow.kernel.Summation;
import ghostrow.kernel.Summation.Form;
import java.lang.foreign.Arena;

/**
 * How the threads of a rank come by the numbers of an array, in the memory that the rank may take.
 *
 * @param rows how many are unpacked at a time; 0 if the numbers are read or mapped
 * @param room how many numbers a piece has
 */
record Access(ArrayReader array, boolean mapped, long rows, long room) {
    /** Few calls of the system, each long enough to keep a disk busy. */
    private static final long PIECE_BYTES = 1 << 22;
    /** Pages are mapped and forgotten by many at a time: all threads wait for that. */
    private static final long MAPPED_BYTES = 1 << 25;
    private static final long BAND_BYTES = 1 << 24;
    private static final long CHUNK_BYTES = Summation.CHUNK * Long.BYTES;

    /** Refuses what cannot be gone through, or not so. */
    static Access of(ArrayPath path, ArrayReader array, Budget budget, boolean mapped) {
        if (array.elements() == 0) {
            throw new InputException(path + ": has no numbers, so there is no mean");
        }
        if (mapped && !array.isPlain()) {
            throw new InputException("--mapped: " + path + " does not lie in the file as in memory, in one piece; leave "
                    + "--mapped away, or rewrite it by h5repack -l CONTI IN OUT");
        }
        long each = budget.eachThread(2 * CHUNK_BYTES, array.elements());
        return array.isPlain() ? plain(array, each, mapped) : unpacked(path, array, budget, each);
    }

    private static Access plain(ArrayReader array, long each, boolean mapped) {
        long bytes = Math.min(each - CHUNK_BYTES, mapped ? MAPPED_BYTES : PIECE_BYTES);
        long chunks = bytes / array.numbers().bytes() / Summation.CHUNK;
        return new Access(array, mapped, 0, chunks * Summation.CHUNK);
    }

    private static Access unpacked(ArrayPath path, ArrayReader array, Budget budget, long each) {
        long row = Math.multiplyExact(array.columns(), Long.BYTES);
        long fit = (each - 2 * CHUNK_BYTES) / UnpackedPieces.COPIES / row;
        if (fit == 0) {
            throw new InputException(budget.option() + ": " + path + " is unpacked row by row, of " + row
                    + " bytes each, which takes " + UnpackedPieces.COPIES + " times as many for a moment, in each thread");
        }
        long together = Math.min(array.rowsTogether(), array.rows());
        long wanted = Math.max(together, BAND_BYTES / row / together * together);
        long rows = fit < together ? fit : Math.min(wanted, fit / together * together);
        return new Access(array, false, rows, Summation.CHUNK);
    }

    /** One thread's own. */
    Pieces pieces(Arena arena) {
        if (rows > 0) {
            return new UnpackedPieces(array, rows, arena);
        }
        Form form = switch (array.numbers()) {
            case FLOAT64 -> Form.DOUBLE;
            case FLOAT32 -> Form.FLOAT;
            case INT64 -> Form.LONG;
            case INT32 -> Form.INT;
            case INT8 -> throw new IllegalStateException("truth values are not read");
        };
        return mapped ? new MappedPieces(array, form, room) : new ReadPieces(array, form, room, arena);
    }

    /** Bytes that a thread's numbers take. */
    long bytes() {
        return rows > 0 ? rows * array.columns() * Long.BYTES : room * array.numbers().bytes();
    }

    /** For people. */
    String title() {
        return rows > 0 ? "unpacked" : mapped ? "mapped" : "read";
    }
}
