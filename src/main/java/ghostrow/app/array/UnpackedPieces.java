package ghostrow.app.array;

import ghostrow.data.ArrayReader;
import ghostrow.kernel.Summation;
import ghostrow.kernel.Summation.Form;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Copies numbers from a band of rows, which is unpacked as a whole and kept while numbers of it are wanted: chunks reach
 * over several rows and would otherwise be unpacked for each of these.
 */
final class UnpackedPieces implements Pieces {
    /** Copies of a band there are for a moment: as chunks give it, as Java's arrays, and here. */
    static final long COPIES = 3;

    private final ArrayReader array;
    private final Form form;
    private final long bandRows;
    private final MemorySegment band;
    private final MemorySegment piece;
    private long bandFirst;
    private long bandEnd;

    UnpackedPieces(ArrayReader array, long bandRows, Arena arena) {
        this.array = array;
        this.form = array.numbers().isFloating() ? Form.DOUBLE : Form.LONG;
        this.bandRows = bandRows;
        this.band = arena.allocate(bandRows * array.columns() * Long.BYTES, 64);
        this.piece = arena.allocate(Summation.CHUNK * Long.BYTES, 64);
    }

    @Override
    public Form form() {
        return form;
    }

    @Override
    public MemorySegment next(long first, long most) throws IOException {
        long count = Math.min(Summation.CHUNK, most);
        for (long done = 0; done < count;) {
            long at = first + done;
            if (at < bandFirst || at >= bandEnd) {
                unpack(at / array.columns());
            }
            long some = Math.min(count - done, bandEnd - at);
            MemorySegment.copy(band, (at - bandFirst) * Long.BYTES, piece, done * Long.BYTES, some * Long.BYTES);
            done += some;
        }
        return piece.asSlice(0, count * Long.BYTES);
    }

    private void unpack(long row) throws IOException {
        // Bands begin where chunks do, if they hold any as a whole.
        long firstRow = row - row % bandRows;
        long rows = Math.min(bandRows, array.rows() - firstRow);
        array.read(firstRow, rows, band);
        bandFirst = firstRow * array.columns();
        bandEnd = bandFirst + rows * array.columns();
    }
}
