package ghostrow.formula;

/**
 * Where a kernel finds its data: one a thread, rewritten for every row.
 * <pre>
 *   base      one address an access (an operand seen through one slice), then the result's:
 *             element i of the row lies at base + i * size
 *   scalars   two words an operand: a scalar's bits, or a ramp's start and step
 *   scratch   the address of 32 doubles for the lanes of a sum, 64 for terms that wait for others of their group,
 *             then the slots
 * </pre>
 */
final class Frame {
    /** Elements of a scratch slot. */
    static final int BLOCK = 1024;

    /** A sum is kept in this many lanes whatever the machine has. */
    static final int LANES = 16;

    /** Where each term is computed and not read, so many of a lane are added plainly before the lane takes them. */
    static final int FOUR = 4;
    static final int GROUP = FOUR * LANES;
    static final int LANE_BYTES = (2 * LANES + GROUP) * Double.BYTES;

    final long[] base;
    final long[] scalars;
    final long scratch;

    /** Whether the numbers allow the loop over groups of four; if not, terms are computed one by one. */
    final boolean tame;
    final boolean fromZero;

    Frame(long[] base, long[] scalars, long scratch, boolean tame, boolean fromZero) {
        this.base = base;
        this.scalars = scalars;
        this.scratch = scratch;
        this.tame = tame;
        this.fromZero = fromZero;
    }

    static long slotOffset(int slot) {
        return LANE_BYTES + (long) slot * BLOCK * Double.BYTES;
    }
}
