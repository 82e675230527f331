package ghostrow.comm.openmpi;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A message as the direct buffers that the bindings take. They count in {@code int}, so a long message is cut;
 * both sides know its length and cut alike, and messages of one sender and tag stay in order.
 */
final class Pieces {
    /** A multiple of 8, so that reductions never cut an element. Tests ask for short pieces. */
    static final long LONGEST = Long.getLong("ghostrow.chunkBytes", 1L << 30) & -8L;

    private Pieces() {
    }

    /** At least one piece: a message of no bytes is a message too. */
    static ByteBuffer[] of(MemorySegment message) {
        long bytes = message.byteSize();
        if (bytes <= LONGEST) {
            return new ByteBuffer[] {message.asByteBuffer()};
        }
        ByteBuffer[] pieces = new ByteBuffer[Math.toIntExact((bytes + LONGEST - 1) / LONGEST)];
        for (int i = 0; i < pieces.length; i++) {
            long start = i * LONGEST;
            pieces[i] = message.asSlice(start, Math.min(LONGEST, bytes - start)).asByteBuffer();
        }
        return pieces;
    }
}
