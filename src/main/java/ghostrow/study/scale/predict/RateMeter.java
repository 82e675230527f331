package ghostrow.study.scale.predict;

import ghostrow.grid.Field;
import ghostrow.grid.Strip;
import ghostrow.kernel.Rule;
import ghostrow.kernel.Rung;
import ghostrow.kernel.Stencil;
import ghostrow.study.Level;
import ghostrow.study.Spread;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Measures the kernel on strips between two neighbours, from one row to many and from the innermost cache to
 * memory: first on one core, then on all at once, as ranks on a full node share what they share.
 */
public final class RateMeter {
    private static final int[] ROWS = {1, 4, 16, 64};
    private static final int[] DEPTHS = {1, 2, 4, 8, 16, 32};
    private static final long[] SMALL = {32 << 10, 256 << 10, 2 << 20};
    /** In parts of the outermost cache: rates fall steeply about where it is full. */
    private static final double[] LARGE = {0.25, 0.5, 1, 2};
    private static final long USUAL_CACHE = 32 << 20;
    private static final int LEAST_COLUMNS = 16;
    private static final int FIELDS = 2;
    private static final int ROWS_ABOVE = 1 << 20;
    /** The faster counts: what else the machine does in between can only make it slower. */
    private static final int ROUNDS = 2;
    private static final double WARM_UP_SECONDS = 0.5;
    private static final double BATCH_SECONDS = 0.002;
    /** Of a pass at the greatest depth, roughly. */
    private static final double SECONDS_PER_BYTE = 2e-9;
    /** How many times its share of the time a strip's pass may take. */
    private static final double PATIENCE = 50;

    private final Rule rule;
    private final List<Level> levels;
    private final double seconds;
    private final PrintStream progress;

    /** @param seconds how long all measurements may take together, memory to be filled not counted */
    public RateMeter(Rule rule, List<Level> levels, double seconds, PrintStream progress) {
        this.rule = rule;
        this.levels = levels;
        this.seconds = seconds;
        this.progress = progress;
    }

    public Rates measure(int cores, long availableBytes) throws InterruptedException {
        List<Integer> busy = cores > 1 ? List.of(1, cores) : List.of(1);
        List<Long> sizes = sizes(busy.size(), cores, availableBytes);
        double each = eachSeconds(busy.size(), sizes.size());
        new Crowd(1).run(thread -> warmUp());
        List<Rate> rates = new ArrayList<>();
        for (int count : busy) {
            for (long bytes : sizes) {
                List<Rate> some = new ArrayList<>();
                for (int rows : ROWS) {
                    some.addAll(strips(count, bytes, rows, each));
                }
                say(some, cores);
                rates.addAll(some);
            }
        }
        return new Rates(rates);
    }

    private void say(List<Rate> rates, int cores) {
        Comparator<Rate> speed = Comparator.comparingDouble(Rate::pointsPerSecond);
        Rate best = rates.stream().max(speed).orElseThrow();
        Rate flat = rates.stream().filter(rate -> rate.depth() == 1).max(speed).orElseThrow();
        progress.printf(Locale.ROOT, "kernel on %d of %d cores, %6d KiB a rank: %.2f Gpoint/s a step at a time, "
                + "%.2f at depth %d%n", best.busy(), cores, best.bytes() >> 10, flat.pointsPerSecond() / 1e9,
                best.pointsPerSecond() / 1e9, best.depth());
    }

    /** How long a strip is stepped in one round. */
    private double eachSeconds(int crowds, int sizes) {
        long strips = IntStream.of(ROWS).mapToLong(rows -> IntStream.of(DEPTHS).filter(k -> k <= rows).count()).sum();
        return seconds / (crowds * sizes * strips) / ROUNDS;
    }

    /**
     * Ghost rows as deep as a strip make it three times as large, and half of the memory is enough. Nobody who has
     * little time waits for strips of which one pass would take many times a strip's share of it.
     */
    private List<Long> sizes(int crowds, int cores, long availableBytes) {
        double longestPass = PATIENCE * eachSeconds(crowds, SMALL.length + LARGE.length);
        long outermost = levels.stream().mapToLong(Level::bytes).max().orElse(USUAL_CACHE);
        return LongStream.concat(LongStream.of(SMALL),
                DoubleStream.of(LARGE).mapToLong(part -> (long) (part * outermost))
                        .filter(bytes -> bytes > SMALL[SMALL.length - 1]))
                .filter(bytes -> bytes <= availableBytes / (6L * cores))
                .filter(bytes -> bytes <= SMALL[SMALL.length - 1] || bytes * SECONDS_PER_BYTE <= longestPass)
                .boxed().toList();
    }

    private void warmUp() {
        Rung.auto().warmUp(rule);
        try (Bench bench = new Bench(128 << 10, 16)) {
            for (int depth : new int[] {1, 16, 4}) {
                bench.secondsPerPoint(depth, WARM_UP_SECONDS / 3);
            }
        }
    }

    private List<Rate> strips(int busy, long bytes, int rows, double eachSeconds) throws InterruptedException {
        int[] depths = IntStream.of(DEPTHS).filter(depth -> depth <= rows).toArray();
        double[][] fastest = new double[depths.length][busy];
        Crowd crowd = new Crowd(busy);
        crowd.run(thread -> {
            try (Bench bench = new Bench(bytes, rows)) {
                for (int i = 0; i < ROUNDS * depths.length; i++) {
                    int d = i % depths.length;
                    crowd.meet();
                    double found = bench.secondsPerPoint(depths[d], eachSeconds);
                    fastest[d][thread] = i < depths.length ? found : Math.min(found, fastest[d][thread]);
                }
            }
        });
        List<Rate> rates = new ArrayList<>();
        for (int d = 0; d < depths.length; d++) {
            // Ranks wait for each other, so the slowest core counts.
            rates.add(new Rate(busy, bytes, rows, depths[d], 1 / Arrays.stream(fastest[d]).max().orElseThrow()));
        }
        return rates;
    }

    /** Two fields of one thread, stepped to and fro. */
    private final class Bench implements AutoCloseable {
        private final Arena memory = Arena.ofShared();
        private final long columns;
        private final int rows;
        private final Stencil kernel = Rung.auto().worker(rule);
        private Field now;
        private Field next;

        Bench(long bytes, int rows) {
            this.rows = rows;
            this.columns = Math.max(LEAST_COLUMNS, bytes / (FIELDS * Double.BYTES * rows));
            this.now = filled();
            this.next = filled();
        }

        /** Memory that was never written is one page of zeros, and would look like a cache. */
        private Field filled() {
            int ghosts = Math.min(rows, Passes.MOST);
            Field field = new Field(new Strip(ROWS_ABOVE, rows, 2L * ROWS_ABOVE), columns, ghosts, memory);
            field.rows().cells().fill((byte) 0x3f);
            return field;
        }

        double secondsPerPoint(int depth, double seconds) {
            int steps = Math.min(depth, kernel.maxSteps());
            double points = (double) columns * (steps * (double) rows + 2.0 * Passes.triangle(steps));
            double one = timed(steps, 1);
            long many = Math.max(1, (long) (BATCH_SECONDS / timed(steps, Math.max(1, (long) (1e-4 / one)))));
            List<Double> batches = new ArrayList<>();
            long end = System.nanoTime() + (long) (seconds * 1e9);
            do {
                batches.add(timed(steps, many));
            } while (System.nanoTime() < end);
            return Spread.of(batches).median() / points;
        }

        /** Seconds of a pass. */
        private double timed(int steps, long passes) {
            long start = System.nanoTime();
            for (long i = 0; i < passes; i++) {
                kernel.advance(now.rows(), next.rows(), 1, rows + 1L, steps);
                Field before = now;
                now = next;
                next = before;
            }
            return (System.nanoTime() - start) / 1e9 / passes;
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    /** Threads that do the same at the same time. */
    private static final class Crowd {
        private final int size;
        private final CyclicBarrier barrier;

        Crowd(int size) {
            this.size = size;
            this.barrier = new CyclicBarrier(size);
        }

        private interface Work {
            void run(int thread);
        }

        /** What one of them throws is thrown here; the others do not wait for it. */
        void run(Work work) throws InterruptedException {
            try (ExecutorService threads = Executors.newFixedThreadPool(size)) {
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    int thread = i;
                    all.add(threads.submit(() -> {
                        try {
                            work.run(thread);
                        } catch (RuntimeException | Error e) {
                            barrier.reset();
                            throw e;
                        }
                    }));
                }
                for (Future<?> one : all) {
                    one.get();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }

        void meet() {
            try {
                barrier.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
