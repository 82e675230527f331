package ghostrow.comm;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * How messages longer than a library takes at a time are cut. Both ends know the same length and cut it at the same
 * places, and messages between two ranks stay in order, so the pieces need no numbers.
 *
 * @param longest how many bytes a piece has at most, a multiple of 8 so that reductions are cut between elements
 */
public record Pieces(long longest) {
    /** A length in bytes, for tests that want to see the cuts without sending gigabytes. */
    public static final String PROPERTY = "ghostrow.chunkBytes";

    private static final long ELEMENT = Long.BYTES;

    public Pieces {
        if (longest < ELEMENT || longest > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(PROPERTY + " is " + longest + ", not between " + ELEMENT
                    + " and " + Integer.MAX_VALUE);
        }
        longest -= longest % ELEMENT;
    }

    /** @param usual the longest piece, unless the property asks for others */
    public static Pieces upTo(long usual) {
        return new Pieces(Long.getLong(PROPERTY, usual));
    }

    /** The length of the next piece of a message of which this much is left. */
    public int next(long left) {
        return (int) Math.min(left, longest);
    }

    public boolean cuts(MemorySegment message) {
        return message.byteSize() > longest;
    }

    /** Whether so many equal parts, side by side, are too long; the same answer on every rank that has one of them. */
    public boolean cuts(long part, int parts) {
        return part > longest / parts;
    }

    /** An empty message is still one. */
    public int count(long bytes) {
        return Math.toIntExact(Math.max(1, Math.ceilDiv(bytes, longest)));
    }

    /** The message, cut; uncut it is the only piece. */
    public List<MemorySegment> of(MemorySegment message) {
        long bytes = message.byteSize();
        if (bytes <= longest) {
            return List.of(message);
        }
        List<MemorySegment> pieces = new ArrayList<>(count(bytes));
        for (long start = 0; start < bytes; start += longest) {
            pieces.add(message.asSlice(start, Math.min(longest, bytes - start)));
        }
        return pieces;
    }
}
