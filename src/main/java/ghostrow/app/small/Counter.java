package ghostrow.app.small;

import ghostrow.comm.Comm;
import ghostrow.data.InputException;
import ghostrow.run.Agreement;
import ghostrow.run.App;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.SpmdOptions;
import ghostrow.run.Summary;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Workers raise a number that they share: what they lose when they do not take care, and two ways to take care. */
public final class Counter implements App {
    private static final int PUBLISHED_WORKERS = 10;
    private static final int MOST_ADDS = 1_000_000;
    private static final double LONGEST_PAUSE = 1000;

    private final ThreadOption threads = new ThreadOption(PUBLISHED_WORKERS);
    private final SpmdOptions spmd = new SpmdOptions();
    private int adds = 50;
    private double pause = 0.1;

    private final List<String> commandLine;

    public Counter(List<String> commandLine) {
        this.commandLine = commandLine;
    }

    @Override
    public void declare(Options options) {
        options.about("Workers add 1 to a number that they share: unsafely, with a lock, and by atomic steps.");
        options.footer("Unsafe is to read, pause and write: what others have written meanwhile is lost.",
                "The workers are the threads of all ranks, which share memory on one machine.");
        options.option("--adds", "N", Integer.class, value -> adds = value, "Adds a worker (default " + adds + ").");
        options.option("--pause", "MS", Double.class, value -> pause = value,
                "Milliseconds of each add (default " + pause + ").");
        threads.declare(options);
        spmd.declare(options);
    }

    @Override
    public Integer call() throws IOException {
        if (adds < 1 || adds > MOST_ADDS) {
            throw new InputException("--adds " + adds + ": between 1 and " + MOST_ADDS + " are possible");
        }
        if (!(pause >= 0 && pause <= LONGEST_PAUSE)) {
            throw new InputException("--pause " + pause + ": between 0 and " + LONGEST_PAUSE + " ms are possible");
        }
        Job job = Job.of(spmd, commandLine);
        int each = threads.of(job);
        job.run(comm -> rank(comm, each));
        return 0;
    }

    private void rank(Comm comm, int each) throws IOException {
        Optional<Comm.Window> shared = comm.window(AddOne.BYTES);
        Agreement.check(comm, () -> shared.orElseThrow(() -> new InputException("counter takes ranks that share memory,"
                + " and these share none: start them all on one machine")));
        try (Comm.Window window = shared.get(); Threads pool = new Threads(each)) {
            Summary summary = new Summary()
                    .line("workers", "%s of %s, %s each", Summary.count(comm.size(), "rank"), pool.title(),
                            Summary.count(adds, "add"))
                    .line("number", "in %s", window.kind());
            for (AddOne way : AddOne.values()) {
                line(summary, way, Timed.of(() -> raise(window, pool, way)), (long) comm.size() * each * adds);
            }
            if (comm.rank() == 0) {
                summary.print();
            }
        }
    }

    /** Collective. */
    private long raise(Comm.Window window, Threads pool, AddOne way) {
        long nanos = (long) (pause * 1e6);
        window.fence();
        pool.sum(_ -> {
            for (int i = 0; i < adds; i++) {
                way.to(window.segment(), nanos);
            }
            return 0;
        });
        window.fence();
        return window.segment().getAtIndex(ValueLayout.JAVA_LONG, way.ordinal());
    }

    private static void line(Summary summary, AddOne way, Timed timed, long all) {
        long lost = all - timed.value();
        String loss = lost > 0 ? lost + " lost" : way == AddOne.UNSAFE ? "none lost this time" : "none lost";
        summary.line(way.name().toLowerCase(Locale.ROOT), "%-30s %9.3g s",
                "%d of %d, %s".formatted(timed.value(), all, loss), timed.seconds());
    }
}
