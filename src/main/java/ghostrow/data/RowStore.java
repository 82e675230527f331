package ghostrow.data;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * Rows of a field in a file, each with a CRC32C, written and read by position, so that any number of ranks can work
 * on their own rows at once. In memory rows are padded, in the file they lie one behind the other.
 *
 * <pre>
 * memory   |row 0....|pad|row 1....|pad|         file   |crc 0|crc 1| ...  |row 0....|row 1....|
 *          ^base         ^base + stride                 ^checksums         ^data
 * </pre>
 */
final class RowStore {
    /** Shorter rows travel in batches through a buffer of this size, which stays in the cache. */
    private static final int BATCH = 1 << 20;
    /** From this length on a row is worth a system call of its own, and copying it is not. */
    private static final int LONG_ROW = 1 << 17;
    private static final int LONGEST_PIECE = 1 << 30;

    private final FileChannel channel;
    private final long data;
    private final long checksums;
    private final long rowBytes;
    private final ByteBuffer batch;
    private final MemorySegment batchMemory;

    RowStore(FileChannel channel, long data, long checksums, long rowBytes) {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new UnsupportedOperationException("rows are written as they lie in memory, in little-endian files;"
                    + " this machine is big-endian");
        }
        this.channel = channel;
        this.data = data;
        this.checksums = checksums;
        this.rowBytes = rowBytes;
        this.batch = ByteBuffer.allocateDirect(BATCH).order(ByteOrder.LITTLE_ENDIAN);
        this.batchMemory = MemorySegment.ofBuffer(batch);
    }

    /** Rows are numbered through the whole file: with several snapshots, row r of snapshot s is s * rows + r. */
    void write(long firstRow, long count, MemorySegment base, long stride) throws IOException {
        ByteBuffer sums = sums(count);
        CRC32C crc = new CRC32C();
        if (rowBytes >= LONG_ROW) {
            for (long row = 0; row < count; row++) {
                crc.reset();
                long position = data + (firstRow + row) * rowBytes;
                for (long done = 0; done < rowBytes; done += LONGEST_PIECE) {
                    ByteBuffer piece = piece(base, row * stride + done, Math.min(LONGEST_PIECE, rowBytes - done));
                    crc.update(piece.duplicate());
                    writeFully(piece, position + done);
                }
                sums.putInt((int) crc.getValue());
            }
        } else {
            long batchRows = BATCH / rowBytes;
            for (long row = 0; row < count; row += batchRows) {
                int n = (int) Math.min(batchRows, count - row);
                for (int i = 0; i < n; i++) {
                    MemorySegment.copy(base, (row + i) * stride, batchMemory, i * rowBytes, rowBytes);
                    sums.putInt(checksumInBatch(crc, i));
                }
                writeFully(batch.limit((int) (n * rowBytes)).position(0), data + (firstRow + row) * rowBytes);
            }
        }
        writeFully(sums.flip(), checksums + Integer.BYTES * firstRow);
    }

    /** Reads rows and returns the first one whose bytes do not fit its checksum, or -1 if all are sound. */
    long read(long firstRow, long count, MemorySegment base, long stride) throws IOException {
        ByteBuffer sums = sums(count);
        readFully(sums, checksums + Integer.BYTES * firstRow);
        sums.flip();
        CRC32C crc = new CRC32C();
        if (rowBytes >= LONG_ROW) {
            for (long row = 0; row < count; row++) {
                crc.reset();
                long position = data + (firstRow + row) * rowBytes;
                for (long done = 0; done < rowBytes; done += LONGEST_PIECE) {
                    ByteBuffer piece = piece(base, row * stride + done, Math.min(LONGEST_PIECE, rowBytes - done));
                    readFully(piece, position + done);
                    crc.update(piece.flip());
                }
                if (sums.getInt() != (int) crc.getValue()) {
                    return firstRow + row;
                }
            }
        } else {
            long batchRows = BATCH / rowBytes;
            for (long row = 0; row < count; row += batchRows) {
                int n = (int) Math.min(batchRows, count - row);
                readFully(batch.limit((int) (n * rowBytes)).position(0), data + (firstRow + row) * rowBytes);
                for (int i = 0; i < n; i++) {
                    if (sums.getInt() != checksumInBatch(crc, i)) {
                        return firstRow + row + i;
                    }
                    MemorySegment.copy(batchMemory, i * rowBytes, base, (row + i) * stride, rowBytes);
                }
            }
        }
        return -1;
    }

    private int checksumInBatch(CRC32C crc, int row) {
        crc.reset();
        crc.update(batch.duplicate().limit((int) ((row + 1) * rowBytes)).position((int) (row * rowBytes)));
        return (int) crc.getValue();
    }

    private static ByteBuffer sums(long count) {
        return ByteBuffer.allocate(Math.toIntExact(count * Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer piece(MemorySegment base, long offset, long bytes) {
        return base.asSlice(offset, bytes).asByteBuffer();
    }

    private void writeFully(ByteBuffer bytes, long position) throws IOException {
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    private void readFully(ByteBuffer bytes, long position) throws IOException {
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, position);
            if (read < 0) {
                throw new EOFException("the file ends at byte " + position);
            }
            position += read;
        }
    }
}
