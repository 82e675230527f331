package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.data.Checkpoint;
import ghostrow.grid.Field;
import ghostrow.run.Agreement;
import java.io.IOException;
import java.nio.file.Path;

/** The checkpoints of one run, written by all ranks together into the older of two slots. Calls are collective. */
record Checkpoints(Comm comm, Path folder) {

    /** A run that begins anew, or is complete, has no use for them. One rank does this. */
    static void remove(Path folder) throws IOException {
        Checkpoint.remove(folder);
    }

    void write(Checkpoint.State state, Field field) throws IOException {
        long serial = Agreement.fromFirst(comm, 1, () -> new long[] {Checkpoint.begin(folder, state)})[0];
        try (Checkpoint checkpoint = Checkpoint.open(folder, serial, state)) {
            Agreement.all(comm, () -> {
                checkpoint.writeRows(field.strip().offset(), field.count(), field.cells(), field.strideBytes());
                checkpoint.force();
            });
            if (comm.rank() == 0) {
                checkpoint.commit();
            }
            // Nobody goes on, and perhaps ends, before it counts.
            comm.barrier();
        }
    }

    void read(long serial, Field field) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.reopen(folder, serial)) {
            checkpoint.readRows(field.strip().offset(), field.count(), field.cells(), field.strideBytes());
        }
    }
}
