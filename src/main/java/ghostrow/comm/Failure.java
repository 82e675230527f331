package ghostrow.comm;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * What happens when a rank fails: one line that names it, then the end of all ranks with a code that is not
 * 0.
 *
 * <p>A transport with one rank a process wraps its program in {@link #run}; one whose ranks share this process
 * {@linkplain #watch watches} over them. Both catch what a rank's program throws, what any other thread of the process
 * throws, and a process that goes away before its program is done, because launchers do not: MPICH's takes
 * {@code System.exit(0)} for success, and both wait for ever for a JVM that is kept alive by another thread after its
 * rank has died.
 */
public final class Failure {
    /** The exit code of a failure that did not choose one. */
    public static final int CODE = 1;

    /**
     * An end by signal or a RankExit usually comes to all ranks; the one that caused it gets this head
     * start.
     */
    private static final long PATIENCE_MILLIS = 2000;
    private static final long RANK_0_FIRST_MILLIS = 300;

    /** MPICH's launcher throws away what it has not read yet when a job is aborted. */
    private static final long LAUNCHER_READS_MILLIS = 200;

    /** How long the library may take to end the job before this process ends itself. */
    private static final long LAST_RESORT_MILLIS = 5000;

    private final Ranks ranks;
    private final IntConsumer abort;
    private final AtomicBoolean over = new AtomicBoolean();
    /** As it was at first: a transport may silence what its library says while it starts. */
    private final PrintStream err = System.err;
    private volatile boolean failing;

    /** The ranks that live in this process. */
    public interface Ranks {
        /** How many there are in the whole job. */
        int size();

        /** The rank that a thread works for; the first one here, if for none. */
        int of(Thread thread);
    }

    /** @param abort ends all ranks with the given code; may return or throw, the process is halted after it */
    public Failure(Ranks ranks, IntConsumer abort) {
        this.ranks = ranks;
        this.abort = abort;
    }

    /**
     * Runs the program as this process's only rank, then {@code finish}; returns only if both succeeded.
     *
     * @param abort  as the constructor's
     * @param finish leaves the library in an orderly way, as MPI_Finalize does
     */
    public static void run(Comm comm, Transport.SpmdProgram program, IntConsumer abort, Runnable finish) {
        Failure failure = new Failure(new OnlyRank(comm.rank(), comm.size()), abort);
        failure.watch(new OnlyLife(failure, comm, program, finish));
    }

    /** Watches over the process until {@code lives} returns, and all its ranks are done. */
    public void watch(Runnable lives) {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread hook = new EarlyExit(this);
        Thread.setDefaultUncaughtExceptionHandler(new OtherThread(this));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            lives.run();
        } finally {
            if (over.compareAndSet(false, true)) {
                remove(hook);
            }
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shutdownBegan) {
            // The program is done and `over` is set: the hook finds nothing to do.
        }
    }

    /** Says what happened and ends all ranks; the first to come here speaks for all. Does not return. */
    public void fail(int rank, Throwable failure) {
        failing = true;
        if (failure instanceof RankExit && rank != 0) {
            pause(RANK_0_FIRST_MILLIS);
        }
        if (!over.compareAndSet(false, true)) {
            pause(Long.MAX_VALUE); // another thread is about to end this process
        }
        end(report(rank, failure));
    }

    /** The hook's part; a process may leave only after its program is done. */
    private void leavingEarly() {
        if (over.get()) {
            return;
        }
        Thread leaving = leavingThread();
        boolean signalled = leaving != null && leaving.getName().startsWith("SIG")
                && leaving.getName().endsWith(" handler");
        if (signalled && World.around(System.getenv()).isPresent()) {
            if (failing) {
                // Rank 0 has said it for this one too, and its abort has come here.
                return;
            }
            // Launchers end the surviving ranks of a job by signal too, and these should not cry failure.
            pause(PATIENCE_MILLIS);
        }
        if (over.compareAndSet(false, true)) {
            int rank = ranks.of(leaving == null ? Thread.currentThread() : leaving);
            err.println("ghostrow: rank " + rank + " of " + ranks.size() + " " + reason(leaving, signalled)
                    + " before its program was done");
            end(CODE);
        }
    }

    private static String reason(Thread leaving, boolean signalled) {
        if (leaving == null) {
            return "failed: the process ended";
        }
        String name = leaving.getName();
        return signalled ? "received " + name.substring(0, name.indexOf(' '))
                : "failed: thread " + name + " called exit";
    }

    /**
     * The JVM keeps no reason why it ends, but the thread that runs the hooks tells: a signal is handled by one of its
     * own. Null if there is none.
     */
    private static Thread leavingThread() {
        for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
            for (StackTraceElement frame : thread.getValue()) {
                if (frame.getClassName().equals("java.lang.Shutdown")
                        && frame.getMethodName().equals("exit")) {
                    return thread.getKey();
                }
            }
        }
        return null;
    }

    private void end(int code) {
        System.out.flush();
        err.flush();
        pause(LAUNCHER_READS_MILLIS);
        Thread lastResort = new LastResort(code);
        lastResort.setDaemon(true);
        lastResort.start();
        try {
            abort.accept(code);
        } finally {
            Runtime.getRuntime().halt(code);
        }
    }

    /**
     * Prints what a failed rank has to say, all at once so that the ranks' lines do not mix, and returns the
     * exit code that its job deserves.
     */
    private int report(int rank, Throwable failure) {
        if (failure instanceof RankExit exit) {
            if (exit.getMessage() != null) {
                err.println(exit.getMessage());
            }
            return exit.code();
        }
        StringBuilder text = new StringBuilder("ghostrow: rank ").append(rank).append(" of ").append(ranks.size())
                .append(" failed: ").append(failure);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause != failure) {
                text.append("\ncaused by ").append(cause);
            }
            for (StackTraceElement frame : cause.getStackTrace()) {
                text.append("\n    at ").append(frame);
            }
        }
        err.println(text);
        return CODE;
    }

    /** A rank that aborts says so: not every launcher tells who it was. */
    public static void announceAbort(int rank, int size, int code) {
        System.out.flush();
        System.err.println("ghostrow: rank " + rank + " of " + size + " aborted the job with code " + code);
        pause(LAUNCHER_READS_MILLIS);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    // Plain classes, as lambdas would cost every start some milliseconds.

    private record OnlyRank(int rank, int size) implements Ranks {
        @Override
        public int of(Thread thread) {
            return rank;
        }
    }

    private record OnlyLife(Failure failure, Comm comm, Transport.SpmdProgram program, Runnable finish)
            implements Runnable {
        @Override
        public void run() {
            try {
                program.run(comm);
                finish.run();
            } catch (Throwable thrown) {
                failure.fail(comm.rank(), thrown);
            }
        }
    }

    private static final class EarlyExit extends Thread {
        private final Failure failure;

        EarlyExit(Failure failure) {
            super("ghostrow-early-exit");
            this.failure = failure;
        }

        @Override
        public void run() {
            failure.leavingEarly();
        }
    }

    private record OtherThread(Failure failure) implements Thread.UncaughtExceptionHandler {
        @Override
        public void uncaughtException(Thread thread, Throwable thrown) {
            failure.fail(failure.ranks.of(thread), thrown);
        }
    }

    private static final class LastResort extends Thread {
        private final int code;

        LastResort(int code) {
            super("ghostrow-last-resort");
            this.code = code;
        }

        @Override
        public void run() {
            pause(LAST_RESORT_MILLIS);
            Runtime.getRuntime().halt(code);
        }
    }
}
