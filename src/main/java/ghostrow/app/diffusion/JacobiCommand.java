package ghostrow.app.diffusion;

import ghostrow.data.InputException;
import ghostrow.kernel.Rule;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.ProgressOptions;
import ghostrow.run.RecordOptions;
import ghostrow.run.SpmdOptions;
import ghostrow.run.Swept;
import java.io.IOException;
import java.util.List;

/** {@code ghostrow jacobi}: from words to a {@link Jacobi} on every rank. */
public final class JacobiCommand implements Swept {
    private static final long DEFAULT_STEPS = 1000;
    private static final Rule RULE = new Rule.Jacobi();

    private int size = 1000;
    private Long steps;
    private Double tolerance;
    private int check = 100;
    private long maxSteps = 1_000_000;
    private final SpmdOptions spmd = new SpmdOptions();
    private final GridOptions grid = new GridOptions();
    private final RecordOptions record = new RecordOptions();
    private final ProgressOptions progress = new ProgressOptions();

    private final List<String> words;

    public JacobiCommand(List<String> words) {
        this.words = words;
    }

    @Override
    public void declare(Options options) {
        options.about("Five-point averages on a plate whose upper edge is hot.");
        options.footer("Exit code 3: done, but --tolerance was not reached within --max-steps.");
        options.option("--size", "N", Integer.class, value -> size = value,
                "Rows and columns of the interior (default 1000).");
        options.option("--steps", "T", Long.class, value -> steps = value, "How many steps (default 1000).");
        options.option("--tolerance", "EPS", Double.class, value -> tolerance = value,
                "Instead of --steps: stop when no cell changes by EPS or more in a step.");
        options.option("--check", "STEPS", Integer.class, value -> check = value,
                "With --tolerance: look at the change every so many steps (default 100).");
        options.option("--max-steps", "T", Long.class, value -> maxSteps = value,
                "With --tolerance: stop after so many steps all the same (default 1000000).");
        spmd.declare(options);
        grid.declare(options);
        record.declare(options);
        progress.declare(options);
    }

    @Override
    public List<String> figures() {
        return List.of("n", "steps", "sum", "gflops", "settled", "pointsPerSecond", "imbalance", "digest");
    }

    @Override
    public double expectedSeconds() {
        // It takes about as many steps to settle as there are cells.
        return GridOptions.expectedSeconds(size, tolerance == null ? limits().last() : Math.min(maxSteps, (long) size * size));
    }

    private Jacobi.Limits limits() {
        return tolerance == null ? Jacobi.Limits.of(steps == null ? DEFAULT_STEPS : steps)
                : new Jacobi.Limits(maxSteps, tolerance, check);
    }

    @Override
    public void prepare() {
        grid.warmUp(words, RULE, !spmd.joins());
    }

    @Override
    public Integer call() throws IOException {
        if (grid.lists() || grid.explains(RULE, spmd)) {
            return 0;
        }
        check();
        progress.check();
        Job job = Job.of(spmd, words);
        Jacobi jacobi = new Jacobi(job, size, limits(), grid, record, progress);
        job.meanwhile(grid.warmUp()).checkEverywhere(() -> grid.check(job, size, size));
        job.checkOnce(record::check);
        job.run(jacobi::run);
        return jacobi.unsettled() ? UNSETTLED : 0;
    }

    private void check() {
        if (size < 1) {
            throw new InputException("--size " + size + ": at least 1 is needed");
        }
        if (steps != null && (steps < 0 || tolerance != null)) {
            throw new InputException(tolerance != null ? "--steps and --tolerance exclude each other"
                    : "--steps " + steps + ": must not be negative");
        }
        if (tolerance != null && !(tolerance > 0)) {
            throw new InputException("--tolerance " + tolerance + ": must be above 0");
        }
        if (check < 1 || maxSteps < 0) {
            throw new InputException(check < 1 ? "--check " + check + ": at least 1 is needed"
                    : "--max-steps " + maxSteps + ": must not be negative");
        }
    }
}
