package ghostrow.comm.ffm;

import ghostrow.comm.Comm;
import java.lang.foreign.MemorySegment;

/**
 * How messages longer than an int can count are cut. Both ends know the same length and cut it at the same
 * places, and MPI keeps messages between two ranks in order, so the pieces need no numbers.
 */
final class Chunks {
    /** A length of a piece in bytes, for tests that want to see the cuts without sending gigabytes. */
    static final String PROPERTY = "ghostrow.chunkBytes";

    static final long BYTES = bytes();

    private Chunks() {
    }

    private static long bytes() {
        long wanted = Long.getLong(PROPERTY, 1L << 30);
        if (wanted < Comm.Type.BYTES || wanted > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(PROPERTY + " is " + wanted + ", not between " + Comm.Type.BYTES
                    + " and " + Integer.MAX_VALUE);
        }
        return wanted - wanted % Comm.Type.BYTES; // reductions are cut between elements
    }

    /** The next piece of a message of which this much is left. */
    static int next(long left) {
        return (int) Math.min(left, BYTES);
    }

    static boolean cuts(MemorySegment message) {
        return message.byteSize() > BYTES;
    }

    /** An empty message is still one. */
    static int count(long bytes) {
        return Math.toIntExact(Math.max(1, Math.ceilDiv(bytes, BYTES)));
    }
}
