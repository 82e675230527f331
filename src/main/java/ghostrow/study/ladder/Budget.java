package ghostrow.study.ladder;

import java.time.Duration;

/**
 * How long all of a ladder may take.
 *
 * @param full  whether everything is run whole, whatever it takes
 * @param start when it began, in nanoseconds of the system's clock
 */
record Budget(double seconds, boolean full, long start) {
    private static final Duration UNLIMITED = Duration.ofDays(30);
    /** Runs get more than there is before they are taken to hang. */
    private static final double PATIENCE = 60;

    static Budget of(double seconds, boolean full) {
        return new Budget(seconds, full, System.nanoTime());
    }

    /** 0 when it is spent. */
    double left() {
        return Math.max(0, seconds - (System.nanoTime() - start) / 1e9);
    }

    /** Nobody waits longer for a run. */
    Duration limit() {
        return full ? UNLIMITED : Duration.ofMillis(Math.round((seconds + PATIENCE) * 1e3));
    }
}
