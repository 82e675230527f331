package ghostrow.grid;

import java.util.concurrent.locks.LockSupport;

/**
 * A rank's fixed team of threads: all of them do the same piece of work on different rows, again and again. The
 * caller is thread 0. It opens a gate for each of the others when there is work, and each opens one when it is done;
 * there is no lock and nothing is allocated.
 */
public final class Team implements AutoCloseable {
    /** Most waits between two steps are over within this many looks, some 30 µs; who waits longer gives up the core. */
    private static final int LOOKS = 1_500;

    private final Gate[] begin;
    private final Gate[] done;
    private final Throwable[] failures;
    /** With more threads than cores, whoever looks keeps those from working for whom it waits. */
    private final int looks;
    private long round;
    private Work work;
    private boolean closed;

    /** What a thread does with its part of the rows. */
    @FunctionalInterface
    public interface Work {
        void run(int thread);
    }

    /**
     * Lets one thread pass, once a round. What was written before it is opened is seen by who has passed. Alone in its
     * cache lines, since one thread writes here and another looks.
     */
    private static final class Gate {
        @SuppressWarnings("unused")
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13;
        private volatile long round;
        private volatile Thread asleep;
        @SuppressWarnings("unused")
        private long q0, q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11, q12, q13;

        void open(long now) {
            round = now;
            Thread sleeper = asleep;
            if (sleeper != null) {
                LockSupport.unpark(sleeper);
            }
        }

        /**
         * Who only yielded would stay on the core of those it waits for, also when another is free; who sleeps is
         * woken on a free one.
         */
        void await(long wanted, int looks) {
            for (int i = 0; i < looks && round != wanted; i++) {
                Thread.onSpinWait();
            }
            if (round != wanted) {
                asleep = Thread.currentThread();
                while (round != wanted) {
                    LockSupport.park(this);
                }
                asleep = null;
            }
        }
    }

    /** @param teams how many teams of this size work in this JVM, this one included */
    public Team(int threads, int teams) {
        looks = (long) threads * teams <= Runtime.getRuntime().availableProcessors() ? LOOKS : 0;
        begin = gates(threads);
        done = gates(threads);
        failures = new Throwable[threads];
        for (int i = 1; i < threads; i++) {
            int thread = i;
            // Whose team it is, profiles tell by the name.
            Thread helper = new Thread(() -> help(thread), Thread.currentThread().getName() + ", team-" + thread);
            helper.setDaemon(true);
            helper.start();
        }
    }

    private static Gate[] gates(int threads) {
        Gate[] gates = new Gate[threads];
        for (int i = 1; i < threads; i++) {
            gates[i] = new Gate();
        }
        return gates;
    }

    public int threads() {
        return begin.length;
    }

    /**
     * Runs the work on every thread and returns when all are done; what any of them threw is thrown here, and the
     * team is ready for the next piece of work all the same.
     */
    public void run(Work next) {
        if (threads() == 1) {
            next.run(0);
            return;
        }
        work = next;
        beginRound();
        attempt(0);
        Throwable failure = failures[0];
        for (int thread = 1; thread < threads(); thread++) {
            done[thread].await(round, looks);
            failure = failure == null ? failures[thread] : failure;
        }
        if (failure != null) {
            rethrow(failure);
        }
    }

    private void beginRound() {
        round++;
        for (int thread = 1; thread < threads(); thread++) {
            begin[thread].open(round);
        }
    }

    private void help(int thread) {
        for (long next = 1; ; next++) {
            begin[thread].await(next, looks);
            if (closed) {
                return;
            }
            attempt(thread);
            done[thread].open(next);
        }
    }

    private void attempt(int thread) {
        failures[thread] = null;
        try {
            work.run(thread);
        } catch (Throwable e) {
            failures[thread] = e;
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
        beginRound();
    }
}
