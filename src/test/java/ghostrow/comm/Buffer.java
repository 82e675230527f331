package ghostrow.comm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A message buffer that tells whether it was filled rightly, and whether anything was written beside it:
 * <pre>
 *     | guard | bytes ............ | guard |
 * </pre>
 * Contents are made from a seed and from the place in the buffer, so that bytes of another rank, of another
 * message, or from another place are all seen as differences.
 */
record Buffer(MemorySegment whole, MemorySegment bytes) {

    private static final int GUARD = 64;
    /** Messages of bytes may start anywhere, and here they start at odd addresses. */
    private static final int ODD_GUARD = 61;
    private static final byte BLANK = 0x5A;
    /** A prime number, so that shifts by any usual distance change the contents. */
    private static final int TILE = 8209;

    /** One number from several: who sends, to whom, which message. */
    static long seed(long... parts) {
        return Arrays.hashCode(parts);
    }

    static Buffer blank(Arena arena, long size) {
        return blank(arena, size, ODD_GUARD);
    }

    /** For numbers: the bytes start at an address that suits them. */
    static Buffer aligned(Arena arena, long size) {
        return blank(arena, size, GUARD);
    }

    private static Buffer blank(Arena arena, long size, long guard) {
        MemorySegment whole = arena.allocate(size + 2 * guard, 8).fill(BLANK);
        return new Buffer(whole, whole.asSlice(guard, size));
    }

    static Buffer filled(Arena arena, long size, long seed) {
        Buffer buffer = blank(arena, size);
        buffer.fill(seed);
        return buffer;
    }

    void fill(long seed) {
        fillPart(0, bytes.byteSize(), seed);
    }

    void fillPart(long start, long size, long seed) {
        forEachTile(size, seed, (at, tile) -> MemorySegment.copy(tile, 0, bytes, start + at, tile.byteSize()));
    }

    /** The contents are those of {@code seed}, and the guards are whole. */
    void expect(long seed) {
        expectPart(0, bytes.byteSize(), seed, "the message");
        expectGuards();
    }

    /** A part of the contents is what a buffer of that size and {@code seed} would hold. */
    void expectPart(long offset, long size, long seed, String what) {
        MemorySegment part = bytes.asSlice(offset, size);
        forEachTile(size, seed, (at, tile) -> {
            long wrong = part.asSlice(at, tile.byteSize()).mismatch(tile);
            if (wrong >= 0) {
                throw new AssertionError("byte " + (at + wrong) + " of " + size + " of " + what + " is "
                        + part.get(ValueLayout.JAVA_BYTE, at + wrong) + " instead of "
                        + tile.get(ValueLayout.JAVA_BYTE, wrong));
            }
        });
    }

    void expectGuards() {
        expectBlank(0, guard());
        expectBlank(guard() + bytes.byteSize(), whole.byteSize());
    }

    void expectUntouched() {
        expectBlank(0, whole.byteSize());
    }

    private long guard() {
        return bytes.address() - whole.address();
    }

    private void expectBlank(long from, long to) {
        for (long at = from; at < to; at++) {
            if (whole.get(ValueLayout.JAVA_BYTE, at) != BLANK) {
                throw new AssertionError("byte " + (at - guard()) + " of " + bytes.byteSize()
                        + " was written, though it is not part of the message");
            }
        }
    }

    private interface TileAction {
        void accept(long at, MemorySegment tile);
    }

    /** The same random bytes again and again, each time headed by their place. */
    private static void forEachTile(long size, long seed, TileAction action) {
        byte[] random = new byte[TILE];
        new SplittableRandom(seed).nextBytes(random);
        MemorySegment tile = MemorySegment.ofArray(random);
        for (long at = 0; at < size; at += TILE) {
            if (at > 0) {
                tile.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, at);
            }
            action.accept(at, tile.asSlice(0, Math.min(TILE, size - at)));
        }
    }
}
