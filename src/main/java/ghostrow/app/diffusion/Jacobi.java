package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.data.InputException;
import ghostrow.grid.Field;
import ghostrow.grid.GhostRows;
import ghostrow.grid.Stepper;
import ghostrow.grid.Strip;
import ghostrow.grid.Team;
import ghostrow.kernel.Rule;
import ghostrow.run.App;
import ghostrow.run.Digest;
import ghostrow.run.Environment;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.Phases;
import ghostrow.run.Phases.Phase;
import ghostrow.run.Progress;
import ghostrow.run.ProgressOptions;
import ghostrow.run.RecordOptions;
import ghostrow.run.RunRecord;
import ghostrow.run.SpmdOptions;
import ghostrow.run.Summary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The average of a cell and its four neighbours, again and again, on a plate with one hot edge. */
public final class Jacobi implements App {
    private static final int FLOPS_A_POINT = 5;

    private int size = 1000;
    private Long steps;
    private Double tolerance;
    private int check = 100;
    private long maxSteps = 1_000_000;
    private final SpmdOptions spmd = new SpmdOptions();
    private final GridOptions grid = new GridOptions();
    private final RecordOptions record = new RecordOptions();
    private final ProgressOptions progress = new ProgressOptions();

    private final List<String> commandLine;
    private final Instant started = Instant.now();
    private Job job;

    public Jacobi(List<String> commandLine) {
        this.commandLine = commandLine;
    }

    @Override
    public void declare(Options options) {
        options.about("Five-point averages on a plate whose upper edge is hot.");
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
    public void prepare() {
        grid.warmUp(new Rule.Jacobi());
    }

    @Override
    public Integer call() {
        if (grid.lists()) {
            return 0;
        }
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
        progress.check();
        job = Job.of(spmd, commandLine);
        grid.check(job, size, size);
        record.check();
        job.run(this::rank);
        return 0;
    }

    /** What a rank does. */
    private void rank(Comm comm) throws IOException {
        Phases phases = new Phases();
        grid.warn(comm.rank());
        long last = tolerance != null ? maxSteps : steps != null ? steps : 1000;
        int depth = grid.depth(comm.size(), size, size);
        try (Arena memory = Arena.ofShared(); Team team = new Team(grid.threads, job.ranksInThisProcess())) {
            Field now = plate(comm, depth, memory);
            Field next = plate(comm, depth, memory);
            try (GhostRows ghosts = new GhostRows(comm, depth, now, next);
                 Progress bar = progress.of(comm, 0, last)) {
                grid.awaitWarmUp();
                Stepper stepper = new Stepper(team, grid.rung(), new Rule.Jacobi(), ghosts, depth, grid.overlaps());
                long step = 0;
                boolean settled = false;
                while (step < last && !settled) {
                    boolean look = tolerance != null && (step + 1) % check == 0;
                    int many = look ? 1 : (int) Math.min(stepper.maxSteps(), toNextLook(step, last));
                    phases.enter(Phase.EXCHANGE);
                    stepper.exchange(now);
                    phases.enter(Phase.STEP);
                    stepper.step(now, next, many);
                    Field before = now;
                    now = next;
                    next = before;
                    step += many;
                    bar.at(step, false);
                    if (look) {
                        phases.enter(Phase.SUM);
                        settled = comm.allreduce(Comm.Op.MAX, Change.largest(team, before, now)) < tolerance;
                    }
                }
                bar.hide();
                phases.enter(Phase.SUM);
                finish(comm, phases, now, step, depth);
            }
        }
    }

    /** Steps until the one whose change is looked at, which is taken alone, or until the end. */
    private long toNextLook(long step, long last) {
        return tolerance == null ? last - step : Math.min(last - step, check - 1 - step % check);
    }

    /** The row above the first is 1, the other three sides are 0, and so is the start. */
    private Field plate(Comm comm, int depth, Arena memory) {
        Strip strip = Strip.of(size, comm.size(), comm.rank());
        Field field = new Field(strip, size, depth, memory);
        if (strip.offset() == 0) {
            for (long column = 1; column <= size; column++) {
                field.set(0, column, 1.0);
            }
        }
        return field;
    }

    private void finish(Comm comm, Phases phases, Field field, long steps, int depth) throws IOException {
        Totals totals = Totals.of(comm, field);
        String digest = record.digest ? Digest.of(comm, field.count(), row -> field.row(row + 1)) : null;
        Phases.Times times = phases.slowest(comm);
        Map<String, Object> environment = record.json == null ? null : Environment.of(comm, commandLine, started);
        if (comm.rank() != 0) {
            return;
        }
        double points = (double) size * size * steps;
        double perSecond = points / times.of(Phase.STEP, Phase.EXCHANGE);
        new Summary()
                .line("grid", "%d x %d", size, size)
                .line("steps", "%d%s", steps, tolerance == null ? ""
                        : steps < maxSteps ? ", no cell changed by " + tolerance : ", not settled")
                .line("ranks", "%d x %s, %s", comm.size(), Summary.count(grid.threads, "thread"), comm.library())
                .line("kernel", "%s, exchange %s, %s", grid.rung().label(), grid.exchange,
                        Summary.count(depth, "ghost row"))
                .times(times)
                .speed(points, times)
                .line("sum", "%s", totals.sum())
                .print();
        if (record.json != null) {
            new RunRecord("jacobi", comm, grid.threads, job.transport(), grid.rung().label())
                    .with(times).with("environment", environment)
                    .with("n", size).with("steps", steps).with("sum", totals.sum())
                    .with("pointsPerSecond", perSecond).with("gflops", perSecond * FLOPS_A_POINT / 1e9)
                    .with("imbalance", times.imbalance()).with("exchange", grid.exchange.name()).with("ghosts", depth)
                    .withDigest(digest).write(record.json);
        }
    }
}
