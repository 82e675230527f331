package ghostrow.snapshot;

import ghostrow.comm.Comm;
import ghostrow.data.Content;
import ghostrow.data.Layout;
import ghostrow.data.SnapshotFile;
import ghostrow.data.SnapshotReader;
import ghostrow.grid.Field;
import ghostrow.run.Agreement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One snapshot file, written by all ranks together: rank 0 lays it out and counts the snapshots that are complete,
 * every rank writes its own rows. All calls are collective.
 */
public final class Snapshots implements AutoCloseable {
    private final Comm comm;
    private final SnapshotFile file;
    private long complete;

    private Snapshots(Comm comm, SnapshotFile file, long complete) {
        this.comm = comm;
        this.file = file;
        this.complete = complete;
    }

    public static Snapshots create(Comm comm, Path path, Content content, boolean force) throws IOException {
        return open(comm, path, () -> words(SnapshotFile.create(path, content, force), 0));
    }

    /** Goes on with a file that an earlier run began. */
    public static Snapshots resume(Comm comm, Path path, Content content) throws IOException {
        return open(comm, path, () -> {
            try (SnapshotReader reader = SnapshotReader.open(path)) {
                reader.requireSame(content);
                return words(reader.layout(), reader.complete());
            }
        });
    }

    private static long[] words(Layout layout, long complete) {
        long[] words = Arrays.copyOf(layout.words(), Layout.WORDS + 1);
        words[Layout.WORDS] = complete;
        return words;
    }

    private static Snapshots open(Comm comm, Path path, Agreement.Question layout) throws IOException {
        long[] words = Agreement.fromFirst(comm, Layout.WORDS + 1, layout);
        return new Snapshots(comm, SnapshotFile.open(path, Layout.of(words)), words[Layout.WORDS]);
    }

    /** How many are complete. */
    public long complete() {
        return complete;
    }

    /** Reads this rank's rows of a snapshot. */
    public static void read(Path path, long index, Field field) throws IOException {
        try (SnapshotReader reader = SnapshotReader.open(path)) {
            reader.readRows(index, field.strip().offset(), field.count(), field.cellsToFill(), field.strideBytes());
        }
    }

    /**
     * Writes the field as snapshot {@code index}; it counts from the moment that all of it is on the disk. One that
     * was complete before is written once more, with the same bits, and stays complete.
     */
    public void write(long index, Field field) throws IOException {
        int[][] checksums = new int[1][];
        Agreement.all(comm, () -> {
            checksums[0] = file.writeRows(index, field.strip().offset(), field.count(), field.cells(),
                    field.strideBytes());
            file.force();
        });
        int[] all = RowChecksums.gathered(comm, field.strip(), checksums[0]);
        complete = Math.max(complete, index + 1);
        if (comm.rank() == 0) {
            file.writeChecksums(index, 0, all);
            file.force();
            file.commit(complete);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
