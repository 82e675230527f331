package ghostrow.comm.check;

/** What a rank can know of what the ranks have done: a vector clock. */
final class Clock {
    private final int[] ticks;

    Clock(int ranks) {
        this(new int[ranks]);
    }

    private Clock(int[] ticks) {
        this.ticks = ticks;
    }

    /** A rank does something. */
    int tick(int rank) {
        return ++ticks[rank];
    }

    Clock copy() {
        return new Clock(ticks.clone());
    }

    /** From now on it knows what the other does. */
    void join(Clock other) {
        for (int rank = 0; rank < ticks.length; rank++) {
            ticks[rank] = Math.max(ticks[rank], other.ticks[rank]);
        }
    }

    /** Whether something that a rank has done comes before. */
    boolean knows(int rank, int tick) {
        return ticks[rank] >= tick;
    }
}
