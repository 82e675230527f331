package ghostrow.app.small;

import ghostrow.comm.Comm;
import ghostrow.data.InputException;
import ghostrow.run.App;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.SpmdOptions;
import ghostrow.run.Summary;
import java.io.IOException;
import java.util.List;

/** The same sum several times over: work for threads and ranks that have nothing to say to each other meanwhile. */
public final class Sum implements App {
    private static final int TIMES = 10;
    private static final long PUBLISHED = 5_000_000;
    /** Ten sums of as many numbers still fit into a long. */
    private static final long MOST = 1_000_000_000;
    private static final int RUNS = 5;

    private final ThreadOption threads = new ThreadOption(Runtime.getRuntime().availableProcessors());
    private final SpmdOptions spmd = new SpmdOptions();
    private long n = PUBLISHED;

    private final List<String> commandLine;

    public Sum(List<String> commandLine) {
        this.commandLine = commandLine;
    }

    @Override
    public void declare(Options options) {
        options.about("Ten times the sum of the numbers below N, by one thread, by several, and by all ranks.");
        options.footer("Published for 5000000: Python serial 11.58 s, in threads 38.48 s. The interpreter",
                "has a lock that one of its threads can hold: they did not add at the same time,",
                "and lost more by handing it on. Processes have a lock each. Java needs none.");
        options.mayTake("N", Long.class, value -> n = value, "How many numbers (default " + PUBLISHED + ").");
        threads.declare(options);
        spmd.declare(options);
    }

    @Override
    public Integer call() throws IOException {
        if (n < 1 || n > MOST) {
            throw new InputException("N " + n + ": between 1 and " + MOST + " are possible");
        }
        Job job = Job.of(spmd, commandLine);
        int each = threads.of(job);
        job.run(comm -> rank(comm, each));
        return 0;
    }

    private void rank(Comm comm, int each) {
        Summary summary = new Summary().line("sums", "%d of 0 to %d, %d each", TIMES, n - 1, n * (n - 1) / 2);
        try (Threads pool = new Threads(each)) {
            if (comm.rank() == 0) {
                line(summary, "serial", Timed.shortest(RUNS, () -> share(0, 1)), "1 thread");
                line(summary, "threads", Timed.shortest(RUNS, () -> pool.sum(thread -> share(thread, each))),
                        pool.title());
            }
            comm.barrier();
            line(summary, "ranks", Timed.shortest(RUNS, () -> comm.allreduce(Comm.Op.SUM,
                    pool.sum(thread -> share(comm.rank() * each + thread, comm.size() * each)))),
                    Summary.count(comm.size(), "rank") + " of " + pool.title());
        }
        if (comm.rank() == 0) {
            if (n == PUBLISHED) {
                summary.line("published", "Python serial 11.58 s, threads 38.48 s: one lock for all slowed them");
            }
            summary.print();
        }
    }

    private void line(Summary summary, String way, Timed timed, String by) {
        summary.line(way, "%-18d %8.3g s  %-20s %6.2f ns an add", timed.value(), timed.seconds(), by,
                timed.seconds() * 1e9 / TIMES / n);
    }

    /** What one of so many workers adds up; the sums are dealt in turn. */
    private long share(int worker, int workers) {
        long total = 0;
        for (int sum = worker; sum < TIMES; sum += workers) {
            total += sum(n);
        }
        return total;
    }

    /** C2 does these additions one by one, measured: one takes a cycle of the clock. */
    static long sum(long n) {
        long sum = 0;
        for (long i = 0; i < n; i++) {
            sum += i;
        }
        return sum;
    }
}
