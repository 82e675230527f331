package ghostrow.kernel;

/**
 * The moments of parts that follow each other, merged two and two: the parts, the pairs, the pairs of pairs. So a sum of
 * many has passed few additions, and its error grows with their logarithm. What is left over in the end is merged from
 * the last to the first.
 *
 * <pre>
 *   0   1   2   3   4   5   6        parts
 *    \ /     \ /     \ /    |
 *     \______/        \____/
 *         \______________/
 * </pre>
 *
 * Parts that are trees themselves, of equally many parts by a power of two, and the last of as many at most, make the
 * very tree of all their parts: whoever builds which of them, the result is the same to the last bit.
 */
public final class MomentsTree {
    private final Moments[] levels = new Moments[Long.SIZE];
    private final Moments carried = new Moments();
    private final Moments later = new Moments();
    private long parts;

    public MomentsTree() {
        for (int level = 0; level < levels.length; level++) {
            levels[level] = new Moments();
        }
    }

    public void clear() {
        parts = 0;
    }

    public void add(Moments part) {
        carried.set(part);
        int level = 0;
        // As one adds 1 to a binary number: a level that is taken is merged and carried on.
        for (long taken = parts; (taken & 1) == 1; taken >>= 1) {
            carried.set(levels[level].merge(carried));
            level++;
        }
        levels[level].set(carried);
        parts++;
    }

    /** Of all parts so far, of which there must be one at least; valid until the next call. */
    public Moments total() {
        if (parts == 0) {
            throw new IllegalStateException("nothing has been added");
        }
        int level = Long.numberOfTrailingZeros(parts);
        carried.set(levels[level]);
        for (level++; parts >> level != 0; level++) {
            if ((parts >> level & 1) == 1) {
                // The level keeps what it has: more parts may follow.
                later.set(carried);
                carried.set(levels[level]).merge(later);
            }
        }
        return carried;
    }
}
