package ghostrow.run;

import ghostrow.comm.Comm;
import ghostrow.data.Checkpoint;
import ghostrow.data.InputException;
import ghostrow.data.OutputFolder;
import ghostrow.data.OutputLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The options of workloads that leave results behind. */
public final class OutputOptions {
    /** A job that is queued again may come before the last process of its predecessor is gone. */
    private static final Duration PREDECESSOR_ENDS = Duration.ofSeconds(15);

    public Path folder = Path.of("out");
    public boolean force;
    public boolean restart;
    /** Whether a job around this run keeps others out of the folder; then there is none before there is something to keep. */
    private boolean held;

    public void declare(Options options) {
        held = options.inside().map(Inside::folders).orElse(false);
        options.option("--out", "DIR", Path.class, value -> folder = value, "Where files go (default out).");
        options.flag("--force", on -> force = on, "Replace the results of an earlier run.");
        options.flag("--restart", on -> restart = on, "Go on with the run that left its files in --out.");
    }

    /** Refuses, before anything is started, to write where it is impossible or would destroy results. */
    public void check(Path result, boolean writes) {
        if (force && restart) {
            throw new InputException("--force replaces the earlier results and --restart goes on with them: "
                    + "choose one");
        }
        if (!force && !restart) {
            if (writes) {
                OutputFolder.refuseExisting(result);
            }
            // A run that was stopped is not lost by starting it once more without --restart.
            Checkpoint.files(folder).forEach(OutputFolder::refuseExisting);
        }
        if (writes || !held) {
            OutputFolder.prepare(folder);
        }
    }

    /** Refuses a folder that a living run holds; its successor waits for it, once its ranks have met. */
    public void refuseHeld() {
        if (!restart && !held) {
            OutputLock.refuseHeld(folder);
        }
    }

    /**
     * Holds the folder for this run. Collective.
     *
     * @param check refuses what the folder holds; it is asked when no other run can change it any more
     */
    public HeldFolder hold(Comm comm, Job job, Agreement.Deed check) throws IOException {
        return HeldFolder.hold(comm, folder, restart ? PREDECESSOR_ENDS : Duration.ZERO, job, check);
    }
}
