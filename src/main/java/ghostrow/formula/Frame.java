package ghostrow.formula;

import java.lang.foreign.MemorySegment;

/**
 * Where a kernel finds its data: one a thread, rewritten for every row.
 * <pre>
 *   memory    one segment an operand, then the result's
 *   base      one byte offset an access (an operand seen through one slice), then the result's:
 *             element i of the row lies at base + i * size
 *   scalars   two words an operand: a scalar's bits, or a ramp's start and step
 *   scratch   32 doubles for the lanes of a sum, then the slots
 * </pre>
 */
final class Frame {
    /** Elements of a scratch slot. */
    static final int BLOCK = 1024;

    /** A sum is kept in this many lanes whatever the machine has. */
    static final int LANES = 16;
    static final int LANE_BYTES = 2 * LANES * Double.BYTES;

    final MemorySegment[] memory;
    final long[] base;
    final long[] scalars;
    final MemorySegment scratch;

    Frame(MemorySegment[] memory, long[] base, long[] scalars, MemorySegment scratch) {
        this.memory = memory;
        this.base = base;
        this.scalars = scalars;
        this.scratch = scratch;
    }

    static long slotOffset(int slot) {
        return LANE_BYTES + (long) slot * BLOCK * Double.BYTES;
    }
}
