package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
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

/**
 * The average of a cell and its four neighbours, again and again, on a plate with one hot edge: what each rank does
 * with its strip of the plate.
 */
final class Jacobi {
    private final Job job;
    private final long size;
    private final Limits limits;
    private final GridOptions grid;
    private final RecordOptions record;
    private final ProgressOptions progress;
    private volatile boolean unsettled;

    /**
     * When it ends: after the last step, or as soon as no cell changes by the tolerance or more.
     *
     * @param tolerance 0 where nobody looks at the change
     * @param check     steps from one look to the next
     */
    record Limits(long last, double tolerance, int check) {
        static Limits of(long steps) {
            return new Limits(steps, 0, 1);
        }

        boolean settles() {
            return tolerance > 0;
        }

        /** Whether the change that this step makes is looked at. */
        boolean looksAt(long step) {
            return settles() && step % check == 0;
        }

        /** Steps from here to the one whose change is looked at, which is taken alone, or to the end. */
        long toNextLook(long step) {
            return settles() ? Math.min(last - step, check - 1 - step % check) : last - step;
        }
    }

    Jacobi(Job job, long size, Limits limits, GridOptions grid, RecordOptions record, ProgressOptions progress) {
        this.job = job;
        this.size = size;
        this.limits = limits;
        this.grid = grid;
        this.record = record;
        this.progress = progress;
    }

    void run(Comm comm) throws IOException {
        Phases phases = new Phases(comm);
        grid.warn(comm.rank());
        Strip strip = Strip.of(size, comm.size(), comm.rank());
        GhostChoice choice = grid.choose(job, comm, size, size);
        int depth = choice.depth();
        try (Arena memory = Arena.ofShared(); Team team = new Team(grid.threads, job.ranksInThisProcess());
                Engine engine = grid.engine(comm, new Rule.Jacobi())) {
            Field now = plate(strip, depth, memory);
            Field next = plate(strip, depth, memory);
            engine.keep(now, next);
            long step = 0;
            boolean settled = false;
            try (GhostRows ghosts = grid.ghostRows(comm, depth, now, next);
                 Progress bar = progress.of(comm, 0, limits.last())) {
                Stepper stepper = engine.stepper(comm, team, ghosts, depth);
                phases.begin(comm, Phase.STEP);
                while (step < limits.last() && !settled) {
                    boolean look = limits.looksAt(step + 1);
                    int steps = look ? 1 : (int) Math.min(stepper.maxSteps(), limits.toNextLook(step));
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
                    bar.at(step, false);
                    if (look) {
                        stepper.settle(now);
                        phases.enter(Phase.CHECK);
                        double change = comm.allreduce(Comm.Op.MAX, engine.change(team, before, now));
                        settled = change < limits.tolerance();
                    }
                }
                phases.enter(Phase.WAIT);
                stepper.finish(now);
            }
            JacobiClosing.complete(comm, job, grid, engine, choice, phases, record, limits, step, settled, team, now);
            if (comm.rank() == 0) {
                unsettled = limits.settles() && !settled;
            }
        }
    }

    /**
     * Whether the plate still changed when the steps were over. Rank 0 alone says so, when it has said all the rest:
     * a launcher that sees a rank end with a code may end the others.
     */
    boolean unsettled() {
        return unsettled;
    }

    /** The row above the first is 1, the other three sides are 0, and so is the start. */
    private Field plate(Strip strip, int depth, Arena memory) {
        Field field = new Field(strip, size, depth, memory);
        if (strip.offset() == 0) {
            for (long column = 1; column <= size; column++) {
                field.set(0, column, 1.0);
            }
        }
        return field;
    }
}
