package ghostrow.run;

import ghostrow.comm.Comm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * A fingerprint of a result that ranks can take of their own rows: SHA-256 over the rows' SHA-256 digests in row
 * order, each row as its little-endian values. Two runs with the same digest have the same bits.
 */
public final class Digest {
    private static final int BYTES = 32;
    /** A row's number and its digest. */
    private static final long ENTRY_BYTES = Long.BYTES + BYTES;

    private Digest() {
    }

    /**
     * Collective; the answer counts at rank 0.
     *
     * @param rows how many rows this rank has
     * @param row  the values of row 0 to {@code rows - 1} of them
     */
    public static String of(Comm comm, long rows, LongFunction<MemorySegment> row) {
        MessageDigest sha = sha256();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mine = arena.allocate(rows * BYTES);
            for (long r = 0; r < rows; r++) {
                sha.update(row.apply(r).asByteBuffer());
                MemorySegment.copy(sha.digest(), 0, mine, ValueLayout.JAVA_BYTE, r * BYTES, BYTES);
            }
            sha.update(gather(comm, mine, arena).asByteBuffer());
            return HexFormat.of().formatHex(sha.digest());
        }
    }

    /** The same where a rank's rows lie anywhere among those of the others. Collective; counts at rank 0. */
    public static String of(Comm comm, RowPrints prints) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mine = arena.allocate(prints.rows().size() * ENTRY_BYTES, Long.BYTES);
            long at = 0;
            for (Map.Entry<Long, byte[]> row : prints.rows().entrySet()) {
                mine.set(ValueLayout.JAVA_LONG, at, row.getKey());
                MemorySegment.copy(row.getValue(), 0, mine, ValueLayout.JAVA_BYTE, at + Long.BYTES, BYTES);
                at += ENTRY_BYTES;
            }
            MemorySegment all = gather(comm, mine, arena);
            MemorySegment inOrder = arena.allocate(all.byteSize() / ENTRY_BYTES * BYTES);
            for (at = 0; at < all.byteSize(); at += ENTRY_BYTES) {
                MemorySegment.copy(all, at + Long.BYTES, inOrder, all.get(ValueLayout.JAVA_LONG, at) * BYTES, BYTES);
            }
            MessageDigest sha = sha256();
            sha.update(inOrder.asByteBuffer());
            return HexFormat.of().formatHex(sha.digest());
        }
    }

    private static MemorySegment gather(Comm comm, MemorySegment mine, Arena arena) {
        MemorySegment lengths = arena.allocate(ValueLayout.JAVA_LONG, comm.size());
        comm.gather(arena.allocateFrom(ValueLayout.JAVA_LONG, mine.byteSize()), lengths, 0);
        long[] parts = lengths.toArray(ValueLayout.JAVA_LONG);
        MemorySegment all = arena.allocate(comm.rank() == 0 ? Arrays.stream(parts).sum() : 0, Long.BYTES);
        comm.gatherv(mine, all, parts, 0);
        return all;
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
