package ghostrow.app.small;

import ghostrow.run.Summary;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** A rank's pool of threads, which all work at the same time. */
final class Threads implements AutoCloseable {
    private final int count;
    private final ExecutorService pool;

    Threads(int count) {
        this.count = count;
        // Daemons: a rank that fails is not kept alive by them.
        this.pool = Executors.newFixedThreadPool(count, Thread.ofPlatform().daemon().factory());
    }

    String title() {
        return Summary.count(count, "thread");
    }

    /** What the threads, from 0 on, return, added up when all are done. */
    long sum(IntToLongFunction work) {
        List<Callable<Long>> parts = IntStream.range(0, count)
                .<Callable<Long>>mapToObj(thread -> () -> work.applyAsLong(thread)).toList();
        try {
            long sum = 0;
            for (Future<Long> part : pool.invokeAll(parts)) {
                sum += part.get();
            }
            return sum;
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
