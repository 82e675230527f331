package ghostrow.app.diffusion;

import ghostrow.app.diffusion.RollCall.Verdict;
import ghostrow.comm.Comm;
import ghostrow.data.Checkpoint;
import ghostrow.grid.Field;
import ghostrow.run.Agreement.Failed;
import ghostrow.snapshot.Snapshots;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * What a diffusion run lets out while it runs: the times of its reports, the snapshots that are kept of them, and
 * checkpoints in between.
 */
final class Reports implements AutoCloseable {
    private final Comm comm;
    private final Schedule schedule;
    private final Snapshots snapshots;
    private final Checkpoints checkpoints;
    private final Map<String, Double> physics;
    private final RollCall rollCall;
    private double time;
    private long step;
    private boolean warned;

    /** @param snapshots where fields are kept; null if none are */
    Reports(Comm comm, Schedule schedule, Snapshots snapshots, Checkpoints checkpoints, Map<String, Double> physics,
            RollCall rollCall) {
        this.comm = comm;
        this.schedule = schedule;
        this.snapshots = snapshots;
        this.checkpoints = checkpoints;
        this.physics = physics;
        this.rollCall = rollCall;
    }

    /** The run begins, or goes on, with this field after {@code step} steps. */
    void begin(long step, Field now) throws IOException {
        advance(step);
        if (step == 0) {
            report(now);
        }
    }

    /** The field is that after {@code step} steps now. Returns whether the run is to stop here. */
    boolean after(long step, Field now) throws IOException {
        advance(step);
        if (schedule.isReport(step)) {
            report(now);
        }
        Verdict verdict = rollCall.after(step);
        boolean due = verdict != Verdict.GO_ON && step < schedule.plan().nsteps();
        boolean stop = due && verdict == Verdict.STOP;
        // A snapshot that was kept just now is as good to go on from.
        if (due && schedule.snapshot(step) < 0) {
            checkpoint(now, stop);
        }
        return stop;
    }

    /** The run goes on without a checkpoint, but does not end without one. */
    private void checkpoint(Field now, boolean last) throws IOException {
        Optional<Failed> failed = checkpoints.write(new Checkpoint.State(step, now.strip().total(), now.columns(),
                physics), now);
        if (failed.isPresent() && last) {
            failed.get().end();
        }
        if (failed.isPresent() && failed.get().why() != null && !warned) {
            System.err.println("ghostrow: " + failed.get().why().getMessage() + "; going on without it");
            warned = true;
        }
    }

    /** Time is added up step by step, as published; a product would round differently. */
    private void advance(long to) {
        for (; step < to; step++) {
            time += schedule.plan().dt();
        }
    }

    /** A time that is printed can be gone back to: its snapshot is complete. */
    private void report(Field now) throws IOException {
        int snapshot = schedule.snapshot(step);
        if (snapshot >= 0) {
            snapshots.write(snapshot, now);
        }
        if (comm.rank() == 0) {
            System.out.println(SixDigits.of(time));
        }
    }

    @Override
    public void close() throws IOException {
        rollCall.close();
        if (snapshots != null) {
            snapshots.close();
        }
    }
}
