package ghostrow.data;

import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The fields of a run in an HDF5 file that ParaView opens directly (VTKHDF, ImageData), written by all ranks
 * at once.
 *
 * <p>One rank lays the file out and broadcasts the {@link Layout}; every rank opens it and writes its own
 * rows. A snapshot counts as complete after this sequence, and at every moment before it the file shows the
 * ones before:
 *
 * <pre>
 * every rank   writeRows(k, ...)   force()
 *              the checksums are gathered
 * one rank                                   writeChecksums(k, ...)   force()   commit(k + 1)
 * </pre>
 *
 * Ranks on several hosts write here at once, and the last row of one may share a page with the first of the next.
 * The file is therefore open for writing alone, and has its full length before: a client of NFS then sends the
 * very bytes that were written, where it would send whole pages of a file that it may read.
 *
 * A file without times appears under its name at its commit; until then it is beside it, as {@code
 * NAME.part}.
 */
public final class SnapshotFile implements AutoCloseable {
    /** Grows when readers of the version before could no longer read what is written. */
    static final int FORMAT = 1;

    private final Path path;
    private final Layout layout;
    private final FileChannel channel;
    private final RowStore rows;
    private long writing;

    private SnapshotFile(Path path, Layout layout, FileChannel channel) {
        this.path = path;
        this.layout = layout;
        this.channel = channel;
        this.rows = new RowStore(channel, layout.data(), layout.checksums(), layout.rowBytes());
    }

    /** Lays the file out, which takes a moment and next to no space whatever its size. One rank does this. */
    public static Layout create(Path path, Content content, boolean force) {
        if (!force) {
            OutputFolder.refuseExisting(path);
        }
        requireCountable(path, content);
        OutputFolder.prepare(path.getParent() == null ? Path.of(".") : path.getParent());
        Path part = part(path);
        try {
            Files.deleteIfExists(part);
            Layout layout = Hdf5Layout.write(part, content);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            if (layout.isSeries()) {
                publish(path);
            }
            return layout;
        } catch (IOException | HdfException e) {
            Disk.deleteQuietly(part);
            throw new InputException(path + ": cannot be created (" + OutputFolder.reason(e)
                    + "); choose another folder with --out", e);
        }
    }

    private static void requireCountable(Path path, Content content) {
        try {
            long cells = Math.multiplyExact(content.rows(), content.columns());
            Math.multiplyExact(Math.multiplyExact(cells, content.snapshots()),
                    2L * content.element().bytes());
        } catch (ArithmeticException e) {
            throw new InputException(path + ": " + content.snapshots() + " snapshots of " + content.rows()
                    + " x " + content.columns() + " cells are more than a file can hold;"
                    + " choose fewer or a coarser grid", e);
        }
    }

    /** Opens a file that was laid out, or laid out by an earlier run and read back, to write into it. */
    public static SnapshotFile open(Path path, Layout layout) throws IOException {
        Path file = layout.isSeries() ? path : part(path);
        return new SnapshotFile(path, layout, FileChannel.open(file, StandardOpenOption.WRITE));
    }

    /**
     * Writes rows of one snapshot straight from memory: row {@code firstRow + i} is the first
     * {@link Layout#rowBytes()} bytes at {@code base + i * stride}. Returns the rows' checksums, which are to be
     * written too, by this rank or another.
     */
    public int[] writeRows(long snapshot, long firstRow, long count, MemorySegment base, long stride)
            throws IOException {
        checkRows(layout, snapshot, firstRow, count);
        writing = snapshot;
        try {
            return rows.write(snapshot * layout.rows() + firstRow, count, base, stride);
        } catch (IOException e) {
            throw failure(snapshot, e);
        }
    }

    /** Writes the checksums of rows from {@code firstRow} on. */
    public void writeChecksums(long snapshot, long firstRow, int[] sums) throws IOException {
        checkRows(layout, snapshot, firstRow, sums.length);
        writing = snapshot;
        try {
            rows.writeChecksums(snapshot * layout.rows() + firstRow, sums);
        } catch (IOException e) {
            throw failure(snapshot, e);
        }
    }

    /** Returns when what this process wrote has reached the disk. */
    public void force() throws IOException {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw failure(writing, e);
        }
    }

    /** Declares the first {@code complete} snapshots complete. One rank does this, after all have forced. */
    public void commit(long complete) throws IOException {
        if (complete < 0 || complete > layout.snapshots()) {
            throw new IllegalArgumentException(complete + " of " + layout.snapshots() + " snapshots");
        }
        if (!layout.isSeries()) {
            publish(path);
            return;
        }
        try {
            Disk.write(channel, ByteBuffer.wrap(Hdf5Layout.steps(layout.steps(), (int) complete)), layout.steps());
        } catch (IOException e) {
            throw failure(complete - 1, e);
        }
        force();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    static void checkRows(Layout layout, long snapshot, long firstRow, long count) {
        if (snapshot < 0 || snapshot >= layout.snapshots() || firstRow < 0 || count < 0
                || count > layout.rows() - firstRow) {
            throw new IllegalArgumentException("rows " + firstRow + " to " + (firstRow + count)
                    + " of snapshot " + snapshot + " in a file of " + layout.snapshots() + " snapshots of "
                    + layout.rows() + " rows");
        }
    }

    private IOException failure(long snapshot, IOException e) {
        return new IOException(path + ": snapshot " + snapshot + " could not be written ("
                + OutputFolder.reason(e)
                + "); the " + snapshot + " before it stay readable", e);
    }

    private static Path part(Path path) {
        return path.resolveSibling(path.getFileName() + ".part");
    }

    private static void publish(Path path) throws IOException {
        Disk.replace(part(path), path);
    }
}
