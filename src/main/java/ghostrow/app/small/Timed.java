package ghostrow.app.small;

import java.util.function.LongSupplier;

/** What came out of a piece of work, and how long it took. */
record Timed(long value, double seconds) {

    static Timed of(LongSupplier work) {
        long start = System.nanoTime();
        long value = work.getAsLong();
        return new Timed(value, (System.nanoTime() - start) / 1e9);
    }
}
