package ghostrow.comm;

/**
 * In which orders ranks come first, for a transport that can choose: one for each seed. The same seed is the same order.
 *
 * @param count how many
 * @param seed  the first
 */
public record Orders(int count, long seed) {
    public static final Orders ONE = new Orders(1, 0);

    /** Whether that is what every transport does. To compare records takes a start of a run much longer. */
    boolean areUsual() {
        return count == ONE.count && seed == ONE.seed;
    }
}
