package ghostrow.app;

import ghostrow.comm.Comm;
import ghostrow.grid.Field;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongFunction;

/**
 * A fingerprint of a result that ranks can take of their own rows: SHA-256 over the rows' SHA-256 digests in row
 * order, each row as its little-endian values. Two runs with the same digest have the same bits.
 */
final class Digest {
    private static final int BYTES = 32;

    private Digest() {
    }

    /**
     * Collective; the answer counts at rank 0.
     *
     * @param rows how many rows this rank has
     * @param row  the values of row 0 to {@code rows - 1} of them
     */
    static String of(Comm comm, long rows, LongFunction<MemorySegment> row) {
        MessageDigest sha = sha256();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mine = arena.allocate(rows * BYTES);
            for (long r = 0; r < rows; r++) {
                sha.update(row.apply(r).asByteBuffer());
                MemorySegment.copy(sha.digest(), 0, mine, ValueLayout.JAVA_BYTE, r * BYTES, BYTES);
            }
            MemorySegment lengths = arena.allocate(ValueLayout.JAVA_LONG, comm.size());
            comm.gather(arena.allocateFrom(ValueLayout.JAVA_LONG, mine.byteSize()), lengths, 0);
            long[] parts = lengths.toArray(ValueLayout.JAVA_LONG);
            long total = 0;
            for (long part : parts) {
                total += part;
            }
            MemorySegment all = arena.allocate(comm.rank() == 0 ? total : 0);
            comm.gatherv(mine, all, parts, 0);
            sha.update(all.asByteBuffer());
            return HexFormat.of().formatHex(sha.digest());
        }
    }

    static String of(Comm comm, Field field) {
        return of(comm, field.count(), row -> field.row(row + 1));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
