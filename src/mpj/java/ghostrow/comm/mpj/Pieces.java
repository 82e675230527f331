package ghostrow.comm.mpj;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A message cut to what is copied at a time. The library packs each array into a buffer of a power of two bytes,
 * header included: pieces stay just below one. Both sides know the message's length and cut alike.
 */
final class Pieces {
    /** A multiple of 8, so that reductions never cut an element. Tests ask for short pieces. */
    static final long LONGEST = Long.getLong("ghostrow.chunkBytes", (1L << 22) - 64) & -8L;

    private Pieces() {
    }

    /** At least one piece: a message of no bytes is a message too. */
    static List<MemorySegment> of(MemorySegment message) {
        long bytes = message.byteSize();
        if (bytes <= LONGEST) {
            return List.of(message);
        }
        List<MemorySegment> pieces = new ArrayList<>();
        for (long start = 0; start < bytes; start += LONGEST) {
            pieces.add(message.asSlice(start, Math.min(LONGEST, bytes - start)));
        }
        return pieces;
    }
}
