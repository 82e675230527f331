package ghostrow.formula;

import java.lang.foreign.MemorySegment;

/**
 * Where elements lie: element i of a vector at {@code offset + i * size}, element (r, c) of a grid at
 * {@code offset + r * rowStride + c * size}. The offset may be negative, for a part that does not start
 * with element 0; only what a run touches must be inside the segment,
 * which must be off-heap and stay open while anything runs.
 */
public record Memory(MemorySegment segment, long offset, long rowStride) {

    public Memory {
        if (!segment.isNative()) {
            throw new IllegalArgumentException("a formula runs on off-heap memory, this is an array's");
        }
    }

    /** A whole vector. */
    public static Memory vector(MemorySegment segment) {
        return new Memory(segment, 0, 0);
    }

    /** A part of a vector: the segment starts with the element of this index. */
    public static Memory part(MemorySegment segment, long firstIndex, Kind kind) {
        return new Memory(segment, Math.multiplyExact(-firstIndex, (long) kind.bytes()), 0);
    }

    /** A grid whose row 0 starts at the offset, its rows this many bytes apart. */
    public static Memory grid(MemorySegment segment, long offset, long rowStride) {
        return new Memory(segment, offset, rowStride);
    }
}
