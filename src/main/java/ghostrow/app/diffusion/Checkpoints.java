package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.data.Checkpoint;
import ghostrow.grid.Field;
import ghostrow.run.Agreement;
import ghostrow.run.Agreement.Failed;
import ghostrow.snapshot.RowChecksums;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The checkpoints of one run, written by all ranks together, never over the one that the run depends on. */
final class Checkpoints {
    private final Comm comm;
    private final Path folder;
    /** The serial number of the last one that was read or written whole. */
    private long sound;

    Checkpoints(Comm comm, Path folder) {
        this.comm = comm;
        this.folder = folder;
    }

    /** A run that begins anew, or is complete, has no use for them. One rank does this. */
    static void remove(Path folder) throws IOException {
        Checkpoint.remove(folder);
    }

    /** Writes one, or tells on all ranks that it could not be written; the one before it stays valid then. Collective. */
    Optional<Failed> write(Checkpoint.State state, Field field) throws IOException {
        long[] begun = new long[1];
        Optional<Failed> failed = Agreement.attempt(comm, () -> {
            if (comm.rank() == 0) {
                begun[0] = Checkpoint.begin(folder, state, sound);
            }
        });
        if (failed.isPresent()) {
            return failed;
        }
        long serial = Agreement.fromFirst(comm, 1, () -> begun)[0];
        int[][] checksums = new int[1][];
        failed = Agreement.attempt(comm, () -> {
            try (Checkpoint checkpoint = Checkpoint.open(folder, serial, state)) {
                checksums[0] = checkpoint.writeRows(field.strip().offset(), field.count(), field.cells(),
                        field.strideBytes());
                checkpoint.force();
            }
        });
        if (failed.isPresent()) {
            return failed;
        }
        int[] all = RowChecksums.gathered(comm, field.strip(), checksums[0]);
        failed = Agreement.attempt(comm, () -> {
            if (comm.rank() == 0) {
                try (Checkpoint checkpoint = Checkpoint.open(folder, serial, state)) {
                    checkpoint.commit(all);
                }
            }
        });
        if (failed.isEmpty()) {
            sound = serial;
        }
        return failed;
    }

    /** Reads this rank's rows. Collective, but ranks may fail alone. */
    void read(long serial, Field field) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.reopen(folder, serial)) {
            checkpoint.readRows(field.strip().offset(), field.count(), field.cellsToFill(), field.strideBytes());
        }
    }

    /** All ranks have read this one and found it sound. */
    void dependOn(long serial) {
        sound = serial;
    }
}
