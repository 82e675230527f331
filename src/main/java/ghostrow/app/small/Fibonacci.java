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

/** A Fibonacci number by a loop, and by a recursion that one thread, several, and several ranks walk through. */
public final class Fibonacci implements App {
    /** The next one does not fit into a long. */
    private static final int LAST = 92;
    /** The recursion takes a minute there, and 1.6 times as long for each one more. */
    private static final int LAST_RECURSIVE = 50;
    private static final int PUBLISHED = 40;
    private static final int WARM_UP = 32;
    /** Enough for many more subtrees than workers: 233 and 144 of them. */
    private static final int MOST_LEVELS = 12;

    private final ThreadOption threads = new ThreadOption(Runtime.getRuntime().availableProcessors());
    private final SpmdOptions spmd = new SpmdOptions();
    private int n = PUBLISHED;

    private final List<String> commandLine;

    public Fibonacci(List<String> commandLine) {
        this.commandLine = commandLine;
    }

    @Override
    public void declare(Options options) {
        options.about("A Fibonacci number, iterative and recursive, by one thread, by several, and by all ranks.");
        options.footer("Published for N = 40, iterative and recursive: CPython 0.00065 and 59.2 s,",
                "PyPy 0.00007 and 5.1 s, Cython 0.000087 and 15.1 s, Numba 0.082 and 1.25 s,",
                "C 0.0000003 and 0.433 s.");
        options.mayTake("N", Integer.class, value -> n = value,
                "Which one, 0 to " + LAST + " (default " + PUBLISHED + "); recursive up to " + LAST_RECURSIVE + ".");
        threads.declare(options);
        spmd.declare(options);
    }

    @Override
    public Integer call() throws IOException {
        if (n < 0 || n > LAST) {
            throw new InputException("N " + n + ": between 0 and " + LAST + " are possible, which fit into 64 bits");
        }
        Job job = Job.of(spmd, commandLine);
        int each = threads.of(job);
        job.run(comm -> rank(comm, each));
        return 0;
    }

    private void rank(Comm comm, int each) {
        Summary summary = new Summary().line("number", "fib(%d)", n);
        line(summary, "iterative", Timed.of(() -> iterative(n)), "1 thread");
        if (n > LAST_RECURSIVE) {
            summary.line("recursive", "left out: takes minutes and more above N = %d", LAST_RECURSIVE);
        } else {
            recursiveWays(comm, each, summary);
        }
        if (comm.rank() == 0) {
            summary.print();
        }
    }

    private void recursiveWays(Comm comm, int each, Summary summary) {
        try (Threads pool = new Threads(each)) {
            if (comm.rank() == 0) {
                line(summary, "recursive", Timed.of(() -> recursive(n)), "1 thread");
                line(summary, "threads", Timed.of(() -> pool.sum(thread -> share(n, thread, each))), pool.title());
            }
            // Those that have waited for rank 0 have not compiled the recursion yet.
            recursive(Math.min(n, WARM_UP));
            comm.barrier();
            line(summary, "ranks", Timed.of(() -> comm.allreduce(Comm.Op.SUM,
                    pool.sum(thread -> share(n, comm.rank() * each + thread, comm.size() * each)))),
                    Summary.count(comm.size(), "rank") + " of " + pool.title());
        }
        if (n == PUBLISHED) {
            summary.line("published", "CPython 0.00065 s iterative, 59.2 s recursive; C 0.433 s recursive");
        }
    }

    private static void line(Summary summary, String way, Timed timed, String by) {
        summary.line(way, "%-20d %9.3g s  %s", timed.value(), timed.seconds(), by);
    }

    static long iterative(int n) {
        long one = 0;
        long next = 1;
        for (int i = 0; i < n; i++) {
            long sum = one + next;
            one = next;
            next = sum;
        }
        return one;
    }

    static long recursive(int n) {
        return n < 2 ? n : recursive(n - 1) + recursive(n - 2);
    }

    /**
     * What one of so many workers finds. Cut k levels below its root, the tree of fib(n) falls into fib(k + 1) subtrees
     * of fib(n - k) and fib(k) of fib(n - k - 1); they are dealt in turn, and each is walked through.
     */
    static long share(int n, int worker, int workers) {
        int levels = Math.clamp(n - 1, 0, MOST_LEVELS);
        long large = iterative(levels + 1);
        long all = large + iterative(levels);
        long sum = 0;
        for (long subtree = worker; subtree < all; subtree += workers) {
            sum += recursive(subtree < large ? n - levels : n - levels - 1);
        }
        return sum;
    }
}
