package ghostrow.formula;

/**
 * Where a kernel finds its data: one a thread, rewritten for every row.
 * <pre>
 *   base      one address an access (an operand seen through one slice), then the result's:
 *             element i of the row lies at base + i * size
 *   scalars   two words an operand: a scalar's bits, or a ramp's start and step
 *   scratch   the address of 32 doubles for the lanes of a sum, then the slots
 * </pre>
 */
final class Frame {
    /** Elements of a scratch slot. */
    static final int BLOCK = 1024;

    /** A sum is kept in this many lanes whatever the machine has. */
    static final int LANES = 16;
    static final int LANE_BYTES = 2 * LANES * Double.BYTES;

    final long[] base;
    final long[] scalars;
    final long scratch;

    Frame(long[] base, long[] scalars, long scratch) {
        this.base = base;
        this.scalars = scalars;
        this.scratch = scratch;
    }

    static long slotOffset(int slot) {
        return LANE_BYTES + (long) slot * BLOCK * Double.BYTES;
    }
}
