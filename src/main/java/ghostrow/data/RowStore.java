package ghostrow.data;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * Rows of a field in a file, each with a CRC32C. Ranks with a store each work on their own rows at once; one
 * store is for one thread at a time. In memory rows are padded, in the file they lie one behind the other.
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

    RowStore(FileChannel channel, long data, long checksums, long rowBytes) {
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
    }

    /**
     * Rows are numbered through the whole file: with several snapshots, row r of snapshot s is s * rows + r.
     */
    void write(long firstRow, long count, MemorySegment base, long stride) throws IOException {
        ByteBuffer sums = sums(count);
        for (long row = 0; row < count; row += batchRows) {
            int n = gather(row, count, base, stride);
            sum(n, sums);
            channel.position(data + (firstRow + row) * rowBytes);
            for (long left = n * rowBytes; left > 0;) {
                left -= channel.write(pieces, 0, n * piecesPerRow);
            }
        }
        sums.flip();
        for (long position = checksums + Integer.BYTES * firstRow; sums.hasRemaining();) {
            position += channel.write(sums, position);
        }
    }

    /** Reads rows and returns the first one whose bytes do not fit its checksum, or -1 if all are sound. */
    long read(long firstRow, long count, MemorySegment base, long stride) throws IOException {
        ByteBuffer stored = sums(count);
        channel.position(checksums + Integer.BYTES * firstRow);
        while (stored.hasRemaining()) {
            requireMore(channel.read(stored));
        }
        ByteBuffer found = sums(count);
        for (long row = 0; row < count; row += batchRows) {
            int n = gather(row, count, base, stride);
            channel.position(data + (firstRow + row) * rowBytes);
            for (long left = n * rowBytes; left > 0;) {
                left -= requireMore(channel.read(pieces, 0, n * piecesPerRow));
            }
            sum(n, found);
        }
        int differs = stored.flip().mismatch(found.flip());
        return differs < 0 ? -1 : firstRow + differs / Integer.BYTES;
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

    /** Appends the checksums of the batch's rows, whose bytes are all there by now. */
    private void sum(int n, ByteBuffer sums) {
        CRC32C crc = new CRC32C();
        for (int row = 0; row < n; row++) {
            crc.reset();
            for (int piece = row * piecesPerRow; piece < (row + 1) * piecesPerRow; piece++) {
                crc.update(pieces[piece].rewind());
                pieces[piece].rewind();
            }
            sums.putInt((int) crc.getValue());
        }
    }

    private static ByteBuffer sums(long count) {
        return ByteBuffer.allocate(Math.toIntExact(count * Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private long requireMore(long read) throws IOException {
        if (read < 0) {
            throw new EOFException("the file ends at byte " + channel.position());
        }
        return read;
    }
}
