package ghostrow.app;

import ghostrow.comm.Comm;
import ghostrow.data.Checkpoint;
import ghostrow.data.InputException;
import ghostrow.data.SnapshotReader;
import ghostrow.grid.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a run takes up again: at the last complete snapshot or at a checkpoint, whichever is further.
 *
 * @param step  how many steps have been done
 * @param index the snapshot's number, or the checkpoint's serial number
 */
record Resume(Source source, long step, long index) {
    enum Source { SNAPSHOT, CHECKPOINT }

    /** Collective. */
    static Resume latest(Comm comm, Path snapshots, Path folder, Schedule schedule, Map<String, Double> physics)
            throws IOException {
        long[] words = Agreement.fromFirst(comm, 3, () -> {
            Resume found = latest(snapshots, folder, schedule, physics);
            return new long[] {found.source.ordinal(), found.step, found.index};
        });
        return new Resume(Source.values()[(int) words[0]], words[1], words[2]);
    }

    private static Resume latest(Path snapshots, Path folder, Schedule schedule, Map<String, Double> physics)
            throws IOException {
        Resume best = null;
        if (schedule.kept().length > 0 && Files.exists(snapshots)) {
            try (SnapshotReader reader = SnapshotReader.open(snapshots)) {
                requireSame(snapshots, reader.content().parameters(), physics);
                long last = reader.complete() - 1;
                if (last >= 0 && last < schedule.kept().length) {
                    best = new Resume(Source.SNAPSHOT, schedule.stepOfSnapshot(last), last);
                }
            }
        }
        Optional<Checkpoint> newest = Checkpoint.newest(folder);
        if (newest.isPresent()) {
            try (Checkpoint checkpoint = newest.get()) {
                requireSame(checkpoint.file(), checkpoint.state().parameters(), physics);
                if (best == null || checkpoint.state().step() > best.step) {
                    best = new Resume(Source.CHECKPOINT, checkpoint.state().step(), checkpoint.serial());
                }
            }
        }
        if (best == null) {
            throw new InputException("--restart: " + folder + " holds neither a complete snapshot nor a checkpoint "
                    + "to go on with; start without --restart");
        }
        return best;
    }

    private static void requireSame(Path file, Map<String, Double> then, Map<String, Double> now) {
        for (String name : new TreeMap<>(now).keySet()) {
            if (!now.get(name).equals(then.get(name))) {
                throw new InputException(file + ": was written with " + name + " = " + then.get(name)
                        + ", but this run has " + name + " = " + now.get(name)
                        + "; restart with the same, or start afresh with another --out");
            }
        }
    }

    /** Fills this rank's rows; any number of ranks may do so. */
    void load(Path snapshots, Checkpoints checkpoints, Field field) throws IOException {
        switch (source) {
            case SNAPSHOT -> Snapshots.read(snapshots, index, field);
            case CHECKPOINT -> checkpoints.read(index, field);
        }
    }
}
