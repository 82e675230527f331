package ghostrow.profile;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * What this machine can do at most with as many threads as stepped on it: a step that moves more bytes than memory can
 * works from caches, and of what it then needs most, additions are what a stencil has.
 *
 * @param hosts              that shared the work
 * @param bytesPerSecond     read and written by copying in memory, all threads of a machine together
 * @param additionsPerSecond all threads of a machine together
 */
record Roofline(int hosts, double bytesPerSecond, double additionsPerSecond) {
    private static final double SECONDS = 0.1;
    /** More than the caches hold. */
    private static final long ALL_BYTES = 256L << 20;
    /** Few at a time: until they are compiled, each takes a thousand times as long. */
    private static final long ADDS = 200;
    private static final double WARM_UP_SECONDS = 0.1;
    private static final double NEAR = 0.5;

    /** Takes about half a second, more where vectors have to be compiled first. */
    static Roofline measure(int hosts, int threads, Work.Loops loops) {
        int busy = Math.clamp(threads, 1, Runtime.getRuntime().availableProcessors());
        try (Arena arena = Arena.ofShared()) {
            long each = ALL_BYTES / busy;
            double copied = rate(busy, () -> {
                MemorySegment memory = arena.allocate(each, 64);
                return () -> {
                    loops.copy(memory);
                    return (double) each;
                };
            });
            double added = rate(busy, () -> {
                double[] result = new double[1];
                return () -> (double) loops.add(ADDS, result);
            });
            return new Roofline(hosts, copied, added);
        }
    }

    /** A piece of work of one thread; says how much it was. */
    private interface Piece {
        double perform();
    }

    private interface Maker {
        Piece make();
    }

    /** How much the threads do a second, all at the same time, once they are warm. */
    private static double rate(int threads, Maker maker) {
        DoubleAdder rates = new DoubleAdder();
        CountDownLatch warm = new CountDownLatch(threads);
        Thread[] all = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            all[i] = Thread.ofPlatform().start(() -> {
                Piece piece = maker.make();
                work(piece, WARM_UP_SECONDS);
                warm.countDown();
                await(warm);
                rates.add(work(piece, SECONDS));
            });
        }
        for (Thread thread : all) {
            join(thread);
        }
        return rates.sum();
    }

    private static double work(Piece piece, double seconds) {
        long start = System.nanoTime();
        double done = 0;
        double took;
        do {
            done += piece.perform();
            took = (System.nanoTime() - start) / 1e9;
        } while (took < seconds);
        return done / took;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String sentence(Work work) {
        double points = work.points() / work.seconds() / hosts;
        double moved = points * work.bytes();
        double adds = points * work.additions() / additionsPerSecond;
        boolean cached = moved > bytesPerSecond;
        String memory = Units.format("the stepping moves %.3g GB/s where copying in memory reaches %.3g", moved / 1e9,
                bytesPerSecond / 1e9);
        String why = cached ? ", so it works from the caches" : moved > NEAR * bytesPerSecond
                ? ": memory bounds it, and only fewer passes over the data would help" : "";
        String additions = Units.format("; it does %s of the additions that this machine can%s", Units.percent(adds),
                adds > NEAR ? ": they bound it" : cached || moved <= NEAR * bytesPerSecond
                        ? ", so something else holds it up: loads and stores, or what is around the loop" : "");
        return memory + why + additions;
    }
}
