package ghostrow.data;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Rows of a field in a file, each with a CRC32C. Ranks with a store each work on their own rows at once; one
 * store is for one thread at a time. In memory rows are padded, in the file they lie one behind the other.
 * The checksums go into their table apart from the rows, so that one rank may write those of all.
 *
 * <pre>
 * memory   |row 0....|pad|row 1....|pad|         file   |crc 0|crc 1| ...  |row 0....|row 1....|
 *          ^base         ^base + stride                 ^checksums         ^data
 * </pre>
 *
 * Rows go in batches of one gathering write each, straight from where they lie: next to nothing is copied,
 * and system calls are few even if rows are short. A batch is small enough to be in the cache still when,
 * after its checksums, it is written.
 */
final class RowStore {
    private static final long BATCH = 1 << 22;
    /** The system takes no more pieces in one call. */
    private static final int MOST_PIECES = 1024;
    private static final long LONGEST_PIECE = 1 << 30;

    private final FileChannel channel;
    private final long data;
    private final long checksums;
    private final long rowBytes;
    private final int piecesPerRow;
    private final long batchRows;
    private final ByteBuffer[] pieces;
    private final ByteBuffer place;

    /**
     * @param bound numbers that the checksums cover beside the row, and the row's own number with them: rows of
     *              another state are damage then, even if they are sound
     */
    RowStore(FileChannel channel, long data, long checksums, long rowBytes, long... bound) {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new UnsupportedOperationException("rows are written as they lie in memory,"
                    + " in little-endian files; this machine is big-endian");
        }
        this.channel = channel;
        this.data = data;
        this.checksums = checksums;
        this.rowBytes = rowBytes;
        this.piecesPerRow = Math.toIntExact((rowBytes + LONGEST_PIECE - 1) / LONGEST_PIECE);
        this.batchRows = Math.max(1, Math.min(BATCH / rowBytes, MOST_PIECES / piecesPerRow));
        this.pieces = new ByteBuffer[(int) batchRows * piecesPerRow];
        this.place = bound.length == 0 ? ByteBuffer.allocate(0)
                : ByteBuffer.allocate((bound.length + 1) * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < bound.length; i++) {
            place.putLong(i * Long.BYTES, bound[i]);
        }
    }

    /**
     * Writes rows and returns their checksums, which are not in the file yet. Rows are numbered through the whole
     * file: with several snapshots, row r of snapshot s is s * rows + r.
     */
    int[] write(long firstRow, long count, MemorySegment base, long stride) throws IOException {
        int[] sums = new int[Math.toIntExact(count)];
        for (long row = 0; row < count; row += batchRows) {
            int n = gather(row, count, base, stride);
            sum(firstRow + row, n, sums, (int) row);
            channel.position(data + (firstRow + row) * rowBytes);
            for (long left = n * rowBytes; left > 0;) {
                left -= channel.write(pieces, 0, n * piecesPerRow);
            }
        }
        return sums;
    }

    void writeChecksums(long firstRow, int[] sums) throws IOException {
        ByteBuffer table = table(sums.length);
        table.asIntBuffer().put(sums);
        Disk.write(channel, table, checksums + Integer.BYTES * firstRow);
    }

    /** Reads rows and returns the first one whose bytes do not fit its checksum, or -1 if all are sound. */
    long read(long firstRow, long count, MemorySegment base, long stride) throws IOException {
        int[] stored = new int[Math.toIntExact(count)];
        ByteBuffer table = table(stored.length);
        Disk.read(channel, table, checksums + Integer.BYTES * firstRow);
        if (table.hasRemaining()) {
            throw new EOFException("the file ends within its checksums");
        }
        table.flip().asIntBuffer().get(stored);
        int[] found = new int[stored.length];
        for (long row = 0; row < count; row += batchRows) {
            int n = gather(row, count, base, stride);
            channel.position(data + (firstRow + row) * rowBytes);
            for (long left = n * rowBytes; left > 0;) {
                left -= requireMore(channel.read(pieces, 0, n * piecesPerRow));
            }
            sum(firstRow + row, n, found, (int) row);
        }
        int differs = Arrays.mismatch(stored, found);
        return differs < 0 ? -1 : firstRow + differs;
    }

    /** Points the pieces at one batch of rows in memory and returns how many rows that is. */
    private int gather(long row, long count, MemorySegment base, long stride) {
        int n = (int) Math.min(batchRows, count - row);
        int piece = 0;
        for (long r = row; r < row + n; r++) {
            for (long done = 0; done < rowBytes; done += LONGEST_PIECE) {
                pieces[piece++] = base.asSlice(r * stride + done, Math.min(LONGEST_PIECE, rowBytes - done))
                        .asByteBuffer();
            }
        }
        return n;
    }

    /** The checksums of the batch's rows, whose bytes are all there by now, go into {@code sums} from {@code at} on. */
    private void sum(long firstRow, int n, int[] sums, int at) {
        CRC32C crc = new CRC32C();
        for (int row = 0; row < n; row++) {
            crc.reset();
            if (place.capacity() > 0) {
                place.putLong(place.capacity() - Long.BYTES, firstRow + row);
                crc.update(place.rewind());
            }
            for (int piece = row * piecesPerRow; piece < (row + 1) * piecesPerRow; piece++) {
                crc.update(pieces[piece].rewind());
                pieces[piece].rewind();
            }
            sums[at + row] = (int) crc.getValue();
        }
    }

    private static ByteBuffer table(int count) {
        return ByteBuffer.allocate(Math.multiplyExact(count, Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private long requireMore(long read) throws IOException {
        if (read < 0) {
            throw new EOFException("the file ends at byte " + channel.position());
        }
        return read;
    }
}
