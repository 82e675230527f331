package ghostrow.app.diffusion;

import ghostrow.data.DiffusionParameters;
import ghostrow.data.DiffusionPlan;
import ghostrow.data.InputException;
import ghostrow.kernel.Rule;
import ghostrow.run.HeldFolder;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.OutputOptions;
import ghostrow.run.ProgressOptions;
import ghostrow.run.RecordOptions;
import ghostrow.run.SpmdOptions;
import ghostrow.run.StopSignals;
import ghostrow.run.Swept;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code ghostrow diffusion}: from words and files to a {@link Diffusion} on every rank. */
public final class DiffusionCommand implements Swept {
    private static final int STOPPED = 75;
    /** As good as any other, to have the kernel compiled. */
    private static final Rule RULE = new Rule.Diffusion(0.25);

    private Path file = Job.HOME.resolve("params/diff2d.params");
    private List<String> overrides = List.of();
    private String initial;
    private String snapshots = "every";
    private double checkpointEvery;
    private final SpmdOptions spmd = new SpmdOptions();
    private final GridOptions grid = new GridOptions();
    private final OutputOptions output = new OutputOptions();
    private final RecordOptions record = new RecordOptions();
    private final ProgressOptions progress = new ProgressOptions();

    private final List<String> words;
    private Diffusion diffusion;

    public DiffusionCommand(List<String> words) {
        this.words = words;
    }

    @Override
    public void declare(Options options) {
        options.about("Diffusion on a square, stepped by strips.");
        options.footer("Exit code 75: stopped by SIGTERM, SIGINT or SIGUSR1 with a checkpoint written;",
                "--restart goes on, also with another number of ranks.");
        options.mayTake("FILE", Path.class, value -> file = value,
                "Parameter file (default params/diff2d.params).");
        options.repeatable("--set", "NAME=VALUE", values -> overrides = values,
                "Override a parameter; repeatable.");
        options.option("--initial", "FORMULA", String.class, value -> initial = value,
                "Begin with this density instead of the published peaks: a formula in x (grows from "
                + "column to column) and y (from row to row).");
        options.option("--snapshots", "WHICH", String.class, value -> snapshots = value,
                "Which reports leave a snapshot: every (default), last, none, or every so many.");
        options.option("--checkpoint-every", "SECONDS", Double.class, value -> checkpointEvery = value,
                "Write a checkpoint between reports this often (default: only when stopped).");
        spmd.declare(options);
        grid.declare(options);
        output.declare(options);
        record.declare(options);
        progress.declare(options);
    }

    @Override
    public List<String> figures() {
        return List.of("nrows", "ncols", "dx", "dt", "steps", "reports", "sum", "min", "max", "pointsPerSecond", "imbalance",
                "digest");
    }

    @Override
    public List<String> parameters() {
        return DiffusionParameters.NAMES;
    }

    @Override
    public List<String> withoutFiles() {
        return List.of("--snapshots", "none");
    }

    @Override
    public double expectedSeconds() {
        DiffusionPlan plan = DiffusionPlan.of(DiffusionParameters.read(file, overrides));
        return GridOptions.expectedSeconds(plan.nrows(), plan.nsteps());
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
        if (!(checkpointEvery >= 0)) {
            throw new InputException("--checkpoint-every " + checkpointEvery + ": must be seconds, 0 or more");
        }
        Start start = new Start(initial);
        start.check();
        progress.check();
        Job job = Job.of(spmd, words);
        // Before the ranks meet: a signal that comes while one of them still starts must not end it.
        StopSignals signals = job.hasRanksHere() ? job.stopSignals() : null;
        job.meanwhile(grid.warmUp()).checkEverywhere(() -> {
            diffusion = plan(job, start, signals);
            grid.check(job, diffusion.size(), diffusion.size());
        });
        job.checkOnce(() -> {
            record.check();
            // Ranks that have met ask the same when they hold the folder; here, before any is started.
            if (!job.joins()) {
                output.refuseHeld();
                diffusion.files().check();
            }
        });
        job.savesWhenStopped();
        job.run(comm -> {
            try (HeldFolder folder = output.hold(comm, job, diffusion.files()::check)) {
                diffusion.run(comm);
                folder.release();
            }
        });
        return diffusion.stopped() ? STOPPED : 0;
    }

    private Diffusion plan(Job job, Start start, StopSignals signals) {
        DiffusionParameters physics = DiffusionParameters.read(file, overrides);
        DiffusionPlan plan = DiffusionPlan.of(physics);
        Schedule schedule = Schedule.of(plan, snapshots);
        DiffusionFiles files = new DiffusionFiles(output, physics, plan, schedule, start,
                "ghostrow " + String.join(" ", words), signals, checkpointEvery);
        return new Diffusion(job, physics, plan, schedule, grid, files, record, progress);
    }
}
