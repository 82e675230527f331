package ghostrow.grid;

import java.util.concurrent.locks.LockSupport;

/**
 * A rank's fixed team of threads: all of them do the same piece of work on different rows, again and again. The
 * caller is thread 0. Between two pieces of work the others wait at a barrier of one counter each; there is no
 * lock and nothing is allocated.
 */
public final class Team implements AutoCloseable {
    /**
     * Most waits between two steps are over within this many looks, some 30 µs. Then others may have the core: at
     * the start of a run, those who wait that long wait for a thread from which the compiler took it.
     */
    private static final int LOOKS = 1_500;
    private static final int LOOKS_BEFORE_NAP = 1_000;
    private static final long NAP_NANOS = 50_000;

    private final Thread[] helpers;
    private final Arrived[] arrived;
    /** With more threads than cores, whoever looks keeps those from working for whom it waits. */
    private final int looksAlone;
    private volatile long round;
    private volatile Work work;
    private volatile boolean closed;

    /** What a thread does with its part of the rows. */
    @FunctionalInterface
    public interface Work {
        void run(int thread);
    }

    /** How far a helper has come; alone in its cache lines, since each is written by one thread and read by another. */
    private static final class Arrived {
        @SuppressWarnings("unused")
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13;
        private volatile long round;
        private volatile Throwable failure;
        @SuppressWarnings("unused")
        private long q0, q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11, q12, q13;
    }

    /** @param teams how many teams of this size work in this JVM, this one included */
    public Team(int threads, int teams) {
        looksAlone = (long) threads * teams <= Runtime.getRuntime().availableProcessors() ? LOOKS : 0;
        helpers = new Thread[threads - 1];
        arrived = new Arrived[threads - 1];
        for (int i = 0; i < helpers.length; i++) {
            int thread = i + 1;
            arrived[i] = new Arrived();
            helpers[i] = new Thread(() -> help(thread, arrived[thread - 1]), "team-" + thread);
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
    }

    public int threads() {
        return helpers.length + 1;
    }

    /**
     * Runs the work on every thread and returns when all are done; what any of them threw is thrown here, and the
     * team is ready for the next piece of work all the same.
     */
    public void run(Work next) {
        if (helpers.length == 0) {
            next.run(0);
            return;
        }
        work = next;
        for (Arrived helper : arrived) {
            helper.failure = null;
        }
        long now = round + 1;
        round = now;
        Throwable failure = null;
        try {
            next.run(0);
        } catch (Throwable e) {
            failure = e;
        }
        for (Arrived helper : arrived) {
            for (int looks = 0; helper.round != now; looks++) {
                pause(looks);
            }
            failure = failure == null ? helper.failure : failure;
        }
        if (failure != null) {
            rethrow(failure);
        }
    }

    private void help(int thread, Arrived mine) {
        for (long next = 1; ; next++) {
            for (int looks = 0; round != next; looks++) {
                if (closed) {
                    return;
                }
                pause(looks);
            }
            try {
                work.run(thread);
            } catch (Throwable e) {
                mine.failure = e;
            }
            mine.round = next;
        }
    }

    private void pause(int looks) {
        if (looks < looksAlone) {
            Thread.onSpinWait();
        } else if (looks < looksAlone + LOOKS_BEFORE_NAP) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(NAP_NANOS);
        }
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        throw new IllegalStateException(failure);
    }

    @Override
    public void close() {
        closed = true;
    }
}
