package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.data.DiffusionParameters;
import ghostrow.data.DiffusionPlan;
import ghostrow.grid.Field;
import ghostrow.grid.GhostRows;
import ghostrow.grid.Stepper;
import ghostrow.grid.Strip;
import ghostrow.grid.Team;
import ghostrow.kernel.Rule;
import ghostrow.run.Job;
import ghostrow.run.Phases;
import ghostrow.run.Phases.Phase;
import ghostrow.run.Progress;
import ghostrow.run.ProgressOptions;
import ghostrow.run.RecordOptions;
import java.io.IOException;
import java.lang.foreign.Arena;

/** Diffusion of a density on a square whose border stays 0: what each rank does with its strip of the grid. */
final class Diffusion {
    private final Job job;
    private final DiffusionParameters physics;
    private final DiffusionPlan plan;
    private final Schedule schedule;
    private final GridOptions grid;
    private final DiffusionFiles files;
    private final RecordOptions record;
    private final ProgressOptions progress;
    private volatile boolean stopped;

    Diffusion(Job job, DiffusionParameters physics, DiffusionPlan plan, Schedule schedule, GridOptions grid,
            DiffusionFiles files, RecordOptions record, ProgressOptions progress) {
        this.job = job;
        this.physics = physics;
        this.plan = plan;
        this.schedule = schedule;
        this.grid = grid;
        this.files = files;
        this.record = record;
        this.progress = progress;
    }

    void run(Comm comm) throws IOException {
        Phases phases = new Phases(comm);
        grid.warn(comm.rank());
        Strip strip = Strip.of(size(), comm.size(), comm.rank());
        GhostChoice choice = grid.choose(job, comm, size(), size());
        int depth = choice.depth();
        try (Arena memory = Arena.ofShared(); Team team = new Team(grid.threads, job.ranksInThisProcess());
                Engine engine = grid.engine(comm, rule())) {
            Field now = new Field(strip, size(), depth, memory);
            Field next = new Field(strip, size(), depth, memory);
            engine.keep(now, next);
            DiffusionFiles.Begun begun = files.load(comm, now);
            long step = begun.step();
            boolean stop = false;
            try (GhostRows ghosts = grid.ghostRows(comm, depth, now, next); Reports reports = files.reports(comm, begun);
                 Progress bar = progress.of(comm, step, plan.nsteps())) {
                Stepper stepper = engine.stepper(comm, team, ghosts, depth);
                phases.begin(comm, Phase.OUTPUT);
                reports.begin(step, now);
                while (step < plan.nsteps() && !stop) {
                    int steps = (int) Math.min(stepper.maxSteps(), schedule.toNext(step));
                    if (stepper.stale()) {
                        phases.enter(Phase.EXCHANGE);
                        stepper.exchange(now);
                    }
                    phases.enter(Phase.STEP);
                    stepper.step(now, next, steps);
                    Field before = now;
                    now = next;
                    next = before;
                    step += steps;
                    if (schedule.isReport(step)) {
                        stepper.settle(now);
                    }
                    phases.enter(Phase.OUTPUT);
                    bar.at(step, schedule.isReport(step));
                    stop = reports.after(step, now);
                }
                phases.enter(Phase.WAIT);
                stepper.finish(now);
            }
            if (stop) {
                stopped = true;
                DiffusionClosing.stopped(comm, step, plan);
            } else {
                DiffusionClosing.complete(comm, job, grid, engine, choice, phases, record, plan, files, physics.graphics(), team,
                        now);
                if (comm.rank() == 0) {
                    // Not before all is said and written: until then a kill would cost the way since the last snapshot.
                    files.complete();
                }
            }
        }
    }

    private Rule rule() {
        return new Rule.Diffusion(physics.d() / (plan.dx() * plan.dx()) * plan.dt());
    }

    /** Rows and columns. */
    long size() {
        return plan.nrows();
    }

    DiffusionFiles files() {
        return files;
    }

    /** Whether a signal has ended the run before its last step. */
    boolean stopped() {
        return stopped;
    }
}
