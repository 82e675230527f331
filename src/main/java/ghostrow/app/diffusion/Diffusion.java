package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.comm.RankExit;
import ghostrow.data.Content;
import ghostrow.data.DiffusionParameters;
import ghostrow.data.DiffusionPlan;
import ghostrow.data.Element;
import ghostrow.data.InputException;
import ghostrow.data.SnapshotReader;
import ghostrow.data.picture.PictureFiles;
import ghostrow.grid.Field;
import ghostrow.grid.GhostRows;
import ghostrow.grid.Stepper;
import ghostrow.grid.Strip;
import ghostrow.grid.Team;
import ghostrow.kernel.Rule;
import ghostrow.run.Agreement;
import ghostrow.run.App;
import ghostrow.run.Digest;
import ghostrow.run.Environment;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.OutputOptions;
import ghostrow.run.Phases;
import ghostrow.run.Phases.Phase;
import ghostrow.run.Progress;
import ghostrow.run.ProgressOptions;
import ghostrow.run.RecordOptions;
import ghostrow.run.RunRecord;
import ghostrow.run.SpmdOptions;
import ghostrow.run.StopSignals;
import ghostrow.run.Summary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Diffusion of a density on a square whose border stays 0: each rank steps its strip of the grid. */
public final class Diffusion implements App {
    private static final int STOPPED = 75;
    private static final double SLOW_DISK_BYTES_A_SECOND = 100e6;

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

    private final List<String> commandLine;
    private final Instant started = Instant.now();
    private Job job;
    private DiffusionParameters physics;
    private DiffusionPlan plan;
    private Start start;
    private Schedule schedule;
    private StopSignals signals;
    private volatile boolean stopped;

    public Diffusion(List<String> commandLine) {
        this.commandLine = commandLine;
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
    public void prepare() {
        grid.warmUp(new Rule.Diffusion(0.25));
    }

    @Override
    public Integer call() throws IOException {
        if (grid.lists()) {
            return 0;
        }
        physics = DiffusionParameters.read(file, overrides);
        plan = DiffusionPlan.of(physics);
        start = new Start(initial);
        start.check();
        schedule = Schedule.of(plan, snapshots);
        if (!(checkpointEvery >= 0)) {
            throw new InputException("--checkpoint-every " + checkpointEvery + ": must be seconds, 0 or more");
        }
        progress.check();
        job = Job.of(spmd, commandLine);
        grid.check(job, plan.nrows(), plan.nrows());
        record.check();
        if (!job.joins()) {
            checkOutput();
        }
        // Before the ranks meet: a signal that comes while one of them still starts must not end it.
        if (job.hasRanksHere()) {
            signals = StopSignals.listen();
        }
        job.run(secondsToSave(), comm -> {
            try {
                rank(comm);
            } catch (InputException e) {
                throw new RankExit(2, "ghostrow: " + e.getMessage());
            } catch (IOException e) {
                throw new RankExit(1, "ghostrow: rank " + comm.rank() + ": " + e.getMessage());
            }
        });
        return stopped ? STOPPED : 0;
    }

    private void checkOutput() throws IOException {
        if (output.restart) {
            Resume.find(result(), output.folder, schedule, content());
        }
        output.check(result(), schedule.kept().length > 0);
    }

    /** For a checkpoint of the whole field on a slow disk. */
    private int secondsToSave() {
        double bytes = (double) plan.nrows() * plan.nrows() * Double.BYTES;
        return 1 + (int) (bytes / SLOW_DISK_BYTES_A_SECOND);
    }

    /** What a rank does. */
    private void rank(Comm comm) throws IOException {
        Phases phases = new Phases();
        if (job.joins()) {
            Agreement.check(comm, this::checkOutput);
        }
        grid.warn(comm.rank());
        Strip strip = Strip.of(plan.nrows(), comm.size(), comm.rank());
        int depth = grid.depth(comm.size(), plan.nrows(), plan.nrows());
        try (Arena memory = Arena.ofShared(); Team team = new Team(grid.threads, job.ranksInThisProcess())) {
            Field now = new Field(strip, plan.nrows(), depth, memory);
            Field next = new Field(strip, plan.nrows(), depth, memory);
            long step = load(comm, now);
            try (GhostRows ghosts = new GhostRows(comm, depth, now, next); Reports reports = reports(comm, step);
                 Progress bar = progress.of(comm, step, plan.nsteps())) {
                grid.awaitWarmUp();
                Stepper stepper = new Stepper(team, grid.rung(), rule(), ghosts, depth, grid.overlaps());
                reports.begin(step, now);
                boolean stop = false;
                while (step < plan.nsteps() && !stop) {
                    int steps = (int) Math.min(stepper.maxSteps(), schedule.toNext(step));
                    phases.enter(Phase.EXCHANGE);
                    stepper.exchange(now);
                    phases.enter(Phase.STEP);
                    stepper.step(now, next, steps);
                    Field before = now;
                    now = next;
                    next = before;
                    step += steps;
                    phases.enter(Phase.OUTPUT);
                    bar.at(step, schedule.isReport(step));
                    stop = reports.after(step, now);
                }
                bar.hide();
                if (stop) {
                    stopped(comm, step);
                } else {
                    phases.enter(Phase.SUM);
                    finish(comm, phases, now, depth);
                }
            }
        }
    }

    private Rule rule() {
        return new Rule.Diffusion(physics.d() / (plan.dx() * plan.dx()) * plan.dt());
    }

    /** Fills the field and returns how many steps it has behind it. */
    private long load(Comm comm, Field field) throws IOException {
        if (!output.restart) {
            start.fill(field, physics.x1(), physics.x2());
            if (comm.rank() == 0) {
                Checkpoints.remove(output.folder);
            }
            return 0;
        }
        Resume resume = Resume.agreed(comm, result(), output.folder, schedule, content());
        resume.load(result(), new Checkpoints(comm, output.folder), field,
                () -> start.fill(field, physics.x1(), physics.x2()));
        if (comm.rank() == 0) {
            System.out.println("going on after step " + resume.step() + " of " + plan.nsteps());
        }
        return resume.step();
    }

    private Reports reports(Comm comm, long step) throws IOException {
        return new Reports(comm, schedule, schedule.kept().length == 0 ? null : snapshotFile(comm),
                new Checkpoints(comm, output.folder), start.with(physics.physics()),
                new RollCall(comm, signals, checkpointEvery, step));
    }

    private Path result() {
        return output.folder.resolve("diffusion.vtkhdf");
    }

    private Snapshots snapshotFile(Comm comm) throws IOException {
        return output.restart ? Snapshots.resume(comm, result(), content())
                : Snapshots.create(comm, result(), content(), output.force);
    }

    /** What the snapshot file is laid out for; the first cell lies at x1, as published. */
    private Content content() {
        double[] times = schedule.kept().length == 0 ? null : schedule.times();
        return new Content("density", Element.FLOAT64, plan.nrows(), plan.nrows(), times,
                physics.x1(), physics.x1(), plan.dx(), plan.dx(), start.with(physics.physics()),
                Map.of("app", "diffusion", "command", "ghostrow " + String.join(" ", commandLine),
                        Start.NAME, start.toString()));
    }

    private void stopped(Comm comm, long step) {
        stopped = true;
        if (comm.rank() == 0) {
            System.out.println("stopped by a signal after step " + step + " of " + plan.nsteps()
                    + "; the same command with --restart goes on from there");
        }
    }

    private void finish(Comm comm, Phases phases, Field field, int depth) throws IOException {
        Totals totals = Totals.of(comm, field);
        String digest = record.digest ? Digest.of(comm, field.count(), row -> field.row(row + 1)) : null;
        Phases.Times times = phases.slowest(comm);
        Map<String, Object> environment = record.json == null ? null : Environment.of(comm, commandLine, started);
        if (comm.rank() != 0) {
            return;
        }
        Checkpoints.remove(output.folder);
        double points = (double) plan.nrows() * plan.nrows() * plan.nsteps();
        new Summary()
                .line("grid", "%d x %d, dx %.6g, dt %.6g", plan.nrows(), plan.nrows(), plan.dx(), plan.dt())
                .line("steps", "%d, %s", plan.nsteps(), Summary.count(plan.reports(), "report"))
                .line("ranks", "%d x %s, %s", comm.size(), Summary.count(grid.threads, "thread"), comm.library())
                .line("kernel", "%s, exchange %s, %s", grid.rung().label(), grid.exchange,
                        Summary.count(depth, "ghost row"))
                .times(times)
                .speed(points, times)
                .line("sum", "%s, min %s, max %s", totals.sum(), totals.min(), totals.max())
                .line("snapshots", "%s", schedule.kept().length == 0 ? "none"
                        : schedule.kept().length + " in " + result())
                .print();
        if (physics.graphics() && schedule.kept().length > 0) {
            try (SnapshotReader reader = SnapshotReader.open(result())) {
                System.out.printf("%-10s %d frames, %s%n", "pictures", reader.complete(), PictureFiles.drawAll(reader));
            }
        }
        if (record.json != null) {
            new RunRecord("diffusion", comm, grid.threads, job.transport(), grid.rung().label())
                    .with(times).with("environment", environment)
                    .with("nrows", plan.nrows()).with("ncols", plan.nrows()).with("dx", plan.dx())
                    .with("dt", plan.dt()).with("steps", plan.nsteps()).with("reports", plan.reports())
                    .with("sum", totals.sum()).with("min", totals.min()).with("max", totals.max())
                    .with("pointsPerSecond", points / times.of(Phase.STEP, Phase.EXCHANGE))
                    .with("imbalance", times.imbalance()).with("exchange", grid.exchange.name()).with("ghosts", depth)
                    .with(Start.NAME, start.toString())
                    .withDigest(digest).write(record.json);
        }
    }
}
