package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.data.Checkpoint;
import ghostrow.data.Content;
import ghostrow.data.InputException;
import ghostrow.data.SnapshotReader;
import ghostrow.grid.Field;
import ghostrow.run.Agreement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a run takes up again: at the last complete snapshot or at a checkpoint, whichever is further. A run that was
 * stopped after its file was laid out, but before anything was in it, starts from the beginning.
 *
 * @param step  how many steps have been done
 * @param index the snapshot's number, or the checkpoint's serial number
 */
record Resume(Source source, long step, long index) {
    enum Source { START, SNAPSHOT, CHECKPOINT }

    /** Collective. */
    static Resume agreed(Comm comm, Path snapshots, Path folder, Schedule schedule, Content run) throws IOException {
        long[] words = Agreement.fromFirst(comm, 3, () -> {
            Resume found = find(snapshots, folder, schedule, run);
            return new long[] {found.source.ordinal(), found.step, found.index};
        });
        return new Resume(Source.values()[(int) words[0]], words[1], words[2]);
    }

    /** Refuses files of another run, damaged ones, and a folder with nothing to go on with. Changes nothing. */
    static Resume find(Path snapshots, Path folder, Schedule schedule, Content run) throws IOException {
        boolean keeps = schedule.kept().length > 0;
        Resume best = null;
        long complete = 0;
        if (keeps && Files.exists(snapshots)) {
            try (SnapshotReader reader = SnapshotReader.open(snapshots)) {
                requireSame(snapshots, reader.content().parameters(), run.parameters());
                reader.requireSame(run);
                complete = reader.complete();
                best = complete == 0 ? new Resume(Source.START, 0, 0)
                        : new Resume(Source.SNAPSHOT, schedule.stepOfSnapshot(complete - 1), complete - 1);
            }
        }
        Optional<Checkpoint> newest = Checkpoint.newest(folder);
        if (newest.isPresent()) {
            try (Checkpoint checkpoint = newest.get()) {
                requireSame(checkpoint.file(), checkpoint.state().parameters(), run.parameters());
                long step = checkpoint.state().step();
                if (keeps && best == null) {
                    throw new InputException(snapshots + ": is not there, and the snapshots before step " + step
                            + " with it; restart with --snapshots none to go on from " + checkpoint.file());
                }
                // Snapshots between the last complete one and the checkpoint would be missing for good.
                boolean leavesNoGap = !keeps || schedule.snapshotsUntil(step) <= complete;
                if (leavesNoGap && (best == null || step > best.step)) {
                    best = new Resume(Source.CHECKPOINT, step, checkpoint.serial());
                }
            }
        }
        if (best == null) {
            throw new InputException("--restart: " + folder + " holds " + (keeps ? "neither " + snapshots.getFileName()
                    + " nor a checkpoint" : "no checkpoint") + " to go on with; start without --restart");
        }
        return best;
    }

    private static void requireSame(Path file, Map<String, Double> then, Map<String, Double> now) {
        for (String name : new TreeMap<>(now).keySet()) {
            if (!now.get(name).equals(then.get(name))) {
                if (name.equals(Start.NAME)) {
                    throw new InputException(file + ": was begun with another --initial; restart with the same, or "
                            + "start afresh with another --out");
                }
                throw new InputException(file + ": was written with " + name + " = " + then.get(name)
                        + ", but this run has " + name + " = " + now.get(name)
                        + "; restart with the same, or start afresh with another --out");
            }
        }
    }

    /** Fills this rank's rows; any number of ranks may do so. */
    void load(Path snapshots, Checkpoints checkpoints, Field field, Runnable start) throws IOException {
        switch (source) {
            case START -> start.run();
            case SNAPSHOT -> Snapshots.read(snapshots, index, field);
            case CHECKPOINT -> checkpoints.read(index, field);
        }
    }
}
