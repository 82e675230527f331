package ghostrow.app.small;

import java.util.function.LongSupplier;

/** What came out of a piece of work, and how long it took. */
record Timed(long value, double seconds) {

    static Timed of(LongSupplier work) {
        long start = System.nanoTime();
        long value = work.getAsLong();
        return new Timed(value, (System.nanoTime() - start) / 1e9);
    }

    /** The shortest of several runs: the first of them are slow, while the loop is compiled. */
    static Timed shortest(int runs, LongSupplier work) {
        Timed shortest = of(work);
        for (int run = 1; run < runs; run++) {
            Timed next = of(work);
            shortest = next.seconds < shortest.seconds ? next : shortest;
        }
        return shortest;
    }
}
