package ghostrow.comm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;

/** Memory outside of the heap that is used again and again, in blocks whose lengths are powers of two. */
final class KeptMemory {
    private static final long SMALLEST = 64;
    private static final long ALIGNMENT = 64;

    /** Until the collector finds that nobody has any of it. */
    private final Arena arena = Arena.ofAuto();
    /** Blocks that nobody has, by the logarithm of their length. */
    private final Deque<?>[] free = new Deque<?>[Long.SIZE];

    MemorySegment take(long bytes) {
        int size = size(bytes);
        MemorySegment block = blocks(size).pollLast();
        if (block == null) {
            block = arena.allocate(1L << size, ALIGNMENT);
        }
        return block.byteSize() == bytes ? block : block.asSlice(0, bytes);
    }

    /** What was taken, and is not used any more. */
    void give(MemorySegment taken) {
        int size = size(taken.byteSize());
        blocks(size).addLast(taken.byteSize() == 1L << size ? taken
                : MemorySegment.ofAddress(taken.address()).reinterpret(1L << size, arena, null));
    }

    @SuppressWarnings("unchecked")
    private Deque<MemorySegment> blocks(int size) {
        if (free[size] == null) {
            free[size] = new ArrayDeque<MemorySegment>();
        }
        return (Deque<MemorySegment>) free[size];
    }

    private static int size(long bytes) {
        return Long.SIZE - Long.numberOfLeadingZeros(Math.max(bytes, SMALLEST) - 1);
    }
}
