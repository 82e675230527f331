package ghostrow.comm.mpj;

import ghostrow.comm.CommException;
import ghostrow.comm.Failure;
import ghostrow.comm.Transport.SpmdProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;

/**
 * The ranks of one run and the class loaders that keep them apart. MPJ Express knows a rank by its thread group,
 * but {@code mpi.MPI.COMM_WORLD} and its kin are static; so each rank loads those classes for itself, and all
 * ranks of the run share the classes that pass messages from thread to thread:
 *
 * <pre>
 *     program's loader       ghostrow.comm: Comm, SpmdProgram
 *            |
 *         shared             smpdev, xdev, mpjbuf, mpiExp, log4j: queues and buffers
 *        /   |   \
 *    rank 0  ...  rank n-1   mpi, mpjdev and this adapter: MPI.COMM_WORLD, MpjRank, MpjComm
 * </pre>
 *
 * A second run in the same JVM gets new loaders, and finds nothing that the first one left behind.
 */
final class EmbeddedRanks implements AutoCloseable, Failure.Ranks {
    private static final Set<String> SHARED = Set.of("mpiExp.jar", "mpjbuf.jar", "xdev.jar", "smpdev.jar",
            "log4j-1.2.jar");

    private final int size;
    private final URLClassLoader shared;
    private final List<URLClassLoader> loaders = new ArrayList<>();
    private final ThreadGroup[] groups;
    private final ConcurrentMap<String, MemorySegment> meeting = new ConcurrentHashMap<>();
    private final PrintStream err = System.err;
    /** Ranks that wait for a failed one in the library cannot be woken: the JVM ends. */
    private final Failure failure = new Failure(this, Runtime.getRuntime()::halt);
    private final CountDownLatch started;
    private final CountDownLatch go = new CountDownLatch(1);

    EmbeddedRanks(URL[] jars, int size) {
        this.size = size;
        this.groups = new ThreadGroup[size];
        this.started = new CountDownLatch(size);
        List<URL> common = new ArrayList<>();
        List<URL> own = new ArrayList<>();
        for (URL jar : jars) {
            (SHARED.contains(Path.of(jar.getPath()).getFileName().toString()) ? common : own).add(jar);
        }
        shared = new URLClassLoader(common.toArray(URL[]::new), SpmdProgram.class.getClassLoader());
        for (int rank = 0; rank < size; rank++) {
            loaders.add(new URLClassLoader(own.toArray(URL[]::new), shared));
        }
    }

    void run(SpmdProgram program) {
        failure.watch(() -> live(program));
    }

    private void live(SpmdProgram program) {
        List<Thread> threads = new ArrayList<>();
        for (int rank = 0; rank < size; rank++) {
            threads.add(thread(rank, program));
        }
        // MPJ Express complains there, with a stack trace, when no MPJ_HOME has a configuration for it.
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        threads.forEach(Thread::start);
        await(started);
        System.setErr(err);
        go.countDown();
        threads.forEach(EmbeddedRanks::join);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int of(Thread thread) {
        return Math.max(0, Arrays.asList(groups).indexOf(thread.getThreadGroup()));
    }

    private Thread thread(int rank, SpmdProgram program) {
        try {
            groups[rank] = (ThreadGroup) shared.loadClass("xdev.smpdev.SMPDevProcess")
                    .getConstructor(String.class).newInstance("rank " + rank);
            Callable<?> life = (Callable<?>) loaders.get(rank).loadClass(MpjRank.class.getName())
                    .getConstructor(int.class, int.class, SpmdProgram.class, ConcurrentMap.class, Runnable.class)
                    .newInstance(rank, size, program, meeting, (Runnable) this::ready);
            Thread thread = new Thread(groups[rank], () -> live(rank, life), "rank " + rank);
            thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            return thread;
        } catch (ReflectiveOperationException e) {
            throw new CommException("MPJ Express is not what it should be: " + e, e);
        }
    }

    /** Ranks go on together, once what they say can be heard again. */
    private void ready() {
        started.countDown();
        await(go);
    }

    private void live(int rank, Callable<?> life) {
        try {
            life.call();
        } catch (Throwable thrown) {
            failure.fail(rank, thrown);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new CommException("interrupted while the ranks started", e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new CommException("interrupted while the ranks ran", e);
        }
    }

    @Override
    public void close() {
        try {
            for (URLClassLoader loader : loaders) {
                loader.close();
            }
            shared.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
