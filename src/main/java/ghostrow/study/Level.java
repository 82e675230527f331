package ghostrow.study;

/**
 * A cache.
 *
 * @param cores how many share it
 */
public record Level(String name, long bytes, int cores) {

    /** Whether it holds so much of each rank, when so many cores of the node are at work. */
    public boolean holds(double bytesOfRank, int busy) {
        return bytesOfRank * Math.min(cores, busy) <= bytes;
    }
}
