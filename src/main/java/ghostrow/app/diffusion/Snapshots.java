package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.data.Content;
import ghostrow.data.Layout;
import ghostrow.data.SnapshotFile;
import ghostrow.data.SnapshotReader;
import ghostrow.grid.Field;
import ghostrow.run.Agreement;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One snapshot file, written by all ranks together: rank 0 lays it out and counts the snapshots that are complete,
 * every rank writes its own rows. All calls are collective.
 */
final class Snapshots implements AutoCloseable {
    private final Comm comm;
    private final SnapshotFile file;

    private Snapshots(Comm comm, SnapshotFile file) {
        this.comm = comm;
        this.file = file;
    }

    static Snapshots create(Comm comm, Path path, Content content, boolean force) throws IOException {
        return open(comm, path, () -> SnapshotFile.create(path, content, force).words());
    }

    /** Goes on with a file that an earlier run began. */
    static Snapshots resume(Comm comm, Path path, Content content) throws IOException {
        return open(comm, path, () -> {
            try (SnapshotReader reader = SnapshotReader.open(path)) {
                reader.requireSame(content);
                return reader.layout().words();
            }
        });
    }

    private static Snapshots open(Comm comm, Path path, Agreement.Question layout) throws IOException {
        long[] words = Agreement.fromFirst(comm, Layout.WORDS, layout);
        return new Snapshots(comm, SnapshotFile.open(path, Layout.of(words)));
    }

    /** Reads this rank's rows of a snapshot. */
    static void read(Path path, long index, Field field) throws IOException {
        try (SnapshotReader reader = SnapshotReader.open(path)) {
            reader.readRows(index, field.strip().offset(), field.count(), field.cells(), field.strideBytes());
        }
    }

    /** Writes the field as snapshot {@code index}; it counts from the moment that all of it is on the disk. */
    void write(long index, Field field) throws IOException {
        Agreement.all(comm, () -> {
            file.writeRows(index, field.strip().offset(), field.count(), field.cells(), field.strideBytes());
            file.force();
        });
        if (comm.rank() == 0) {
            file.commit(index + 1);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
