package ghostrow.kernel;

/**
 * Steps rows of cells in time. An instance owns scratch memory and serves one thread; several threads, each
 * with its own instance, may advance disjoint ranges of the same slabs at once, with a barrier between two
 * calls.
 */
public interface Stencil {

    /**
     * Takes rows {@code first} up to but not including {@code last} the given number of steps ahead, from one
     * slab into the other. Of {@code from}, rows {@code first - steps} to {@code last + steps - 1} are read,
     * no further than the boundary rows, and nothing is written. Of {@code to}, only the rows of the range
     * are written: columns 1 to {@code columns}, up to {@link Rows#SPILL} doubles of what follows as padding,
     * and column {@code columns + 1} with its own boundary value.
     *
     * @param steps from 1 to {@link #maxSteps()}
     */
    void advance(Rows from, Rows to, long first, long last, int steps);

    /** The most steps one call can take; also how many ghost rows it can make use of. */
    default int maxSteps() {
        return 1;
    }

    /** The steps at a time that pay best for ranges of this many rows of this many columns. */
    default int bestSteps(long rows, long columns) {
        return 1;
    }

    /** What every rung refuses, in the same words. */
    static void check(Rows from, Rows to, long first, long last, int steps, int maxSteps) {
        if (steps < 1 || steps > maxSteps) {
            throw new IllegalArgumentException("asked for " + steps
                    + " steps at a time, this kernel takes 1 to " + maxSteps);
        }
        if (first < from.lowest() || last - 1 > from.highest()) {
            throw new IllegalArgumentException("asked to step rows " + first + " to " + (last - 1)
                    + ", but only rows " + from.lowest() + " to " + from.highest() + " move");
        }
        if (from.columns() != to.columns() || from.lowest() != to.lowest()
                || from.highest() != to.highest()) {
            throw new IllegalArgumentException("the two slabs differ in shape: " + from + " and " + to);
        }
    }
}
