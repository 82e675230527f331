package ghostrow.data;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a snapshot file back: for restarts, by any number of ranks, and for pictures. Opening it makes sure
 * that it is one of ours and whole; reading rows makes sure that they are what was written.
 */
public final class SnapshotReader implements AutoCloseable {
    private static final long HDF5_SIGNATURE = 0x0A1A0A0D46444889L;
    private static final int LOOKS = 10;

    private final Path path;
    private final FileChannel channel;
    private final Layout layout;
    private final long complete;
    private final Content content;
    private final RowStore rows;

    private SnapshotReader(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        requireWhole();
        try (HdfFile hdf = new HdfFile(path)) {
            if (!(hdf.getChild("ghostrow") instanceof Group own)
                    || !(hdf.getChild("VTKHDF") instanceof Group vtk)) {
                throw new InputException(path + ": is an HDF5 file, but not one of ours; expected the groups"
                        + " /ghostrow and /VTKHDF");
            }
            int format = (Integer) attribute(own, "format");
            if (format != SnapshotFile.FORMAT) {
                throw new InputException(path + ": is written in format " + format
                        + "; this version reads format "
                        + SnapshotFile.FORMAT);
            }
            content = readContent(vtk, own);
            layout = readLayout(vtk, own);
            complete = layout.isSeries() ? readComplete() : 1;
        } catch (InputException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new InputException(path + ": is damaged, its headers make no sense ("
                    + OutputFolder.reason(e) + "); take it from a copy or run again with --force", e);
        }
        if (complete < 0 || complete > layout.snapshots()) {
            throw new InputException(path + ": is damaged, it counts " + complete + " complete snapshots of "
                    + layout.snapshots());
        }
        if (channel.size() < layout.end()) {
            throw truncated(layout.end());
        }
        rows = new RowStore(channel, layout.data(), layout.checksums(), layout.rowBytes());
    }

    public static SnapshotReader open(Path path) {
        FileChannel channel = null;
        try {
            if (Files.isDirectory(path)) {
                throw new InputException(path + ": is a folder; expected a snapshot file such as"
                        + " diffusion.vtkhdf");
            }
            channel = FileChannel.open(path, StandardOpenOption.READ);
            return new SnapshotReader(path, channel);
        } catch (InputException e) {
            closeQuietly(channel);
            throw e;
        } catch (NoSuchFileException e) {
            throw new InputException(path + ": no such file; expected a snapshot file of an earlier run", e);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new InputException(path + ": cannot be read (" + OutputFolder.reason(e) + ")", e);
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The reason why the file is refused matters more.
        }
    }

    /** The checks that need no understanding of what is inside. */
    private void requireWhole() throws IOException {
        ByteBuffer start = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        Disk.read(channel, start, 0);
        if (start.position() < Long.BYTES || start.getLong(0) != HDF5_SIGNATURE) {
            throw new InputException(path + ": is not an HDF5 file; expected a snapshot file of an earlier"
                    + " run");
        }
        int version = start.get(8);
        if (start.hasRemaining()) {
            throw truncated(start.capacity());
        }
        if (version == 2 || version == 3) {
            long promised = start.getLong(28);
            if (channel.size() < promised) {
                throw truncated(promised);
            }
        }
    }

    private InputException truncated(long promised) throws IOException {
        return new InputException(path + ": is cut off, it has " + channel.size() + " bytes of " + promised
                + "; take it from a copy or run again with --force");
    }

    private Content readContent(Group vtk, Group own) throws IOException {
        Group points = (Group) child(vtk, "PointData");
        if (points.getChildren().size() != 1) {
            throw new IllegalStateException(points.getChildren().size() + " fields instead of one");
        }
        Dataset field = (Dataset) points.getChildren().values().iterator().next();
        boolean series = vtk.getChild("Steps") != null;
        int[] dimensions = field.getDimensions();
        if (dimensions.length != (series ? 3 : 2)) {
            throw new IllegalStateException("a field of " + dimensions.length + " dimensions");
        }
        Element element = field.getJavaType() == double.class ? Element.FLOAT64 : Element.INT32;
        double[] times = series ? readTimes((Dataset) child(own, "times")) : null;
        if (series && times.length != dimensions[0]) {
            throw new IllegalStateException(times.length + " times for " + dimensions[0] + " snapshots");
        }
        double[] origin = (double[]) attribute(vtk, "Origin");
        double[] spacing = (double[]) attribute(vtk, "Spacing");
        double[] direction = (double[]) attribute(vtk, "Direction");
        Map<String, Double> parameters = new TreeMap<>();
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, Attribute> entry : own.getAttributes().entrySet()) {
            if (entry.getValue().getData() instanceof Double value) {
                parameters.put(entry.getKey(), value);
            } else if (entry.getValue().getData() instanceof String value) {
                texts.put(entry.getKey(), value);
            }
        }
        return new Content(field.getName(), element, dimensions[dimensions.length - 2],
                dimensions[dimensions.length - 1], times, origin[0], origin[1], spacing[0],
                spacing[1] * direction[4], parameters, texts);
    }

    /**
     * Not through jHDF, which would map the file and so hold it for as long as the garbage collector likes.
     */
    private double[] readTimes(Dataset values) throws IOException {
        double[] times = new double[values.getDimensions()[0]];
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(times.length, Double.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        Disk.read(channel, bytes, address(values));
        bytes.flip().asDoubleBuffer().get(times);
        return times;
    }

    private Layout readLayout(Group vtk, Group own) {
        long data = address(child((Group) child(vtk, "PointData"), content.name()));
        long checksums = address(child(own, "rowChecksums"));
        long steps = content.times() == null ? 0 : child(vtk, "Steps").getAddress();
        return new Layout(data, checksums, steps, content.snapshots(), content.rows(), content.columns(),
                content.element().bytes());
    }

    /**
     * The count of complete snapshots, from headers that are the very ones that would be written with that
     * count: going on with the file will replace them. A run may be replacing them right now, hence more than
     * one look.
     */
    private int readComplete() throws IOException {
        ByteBuffer found = ByteBuffer.wrap(Hdf5Layout.steps(layout.steps(), 0))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int look = 0; look < LOOKS; look++) {
            Disk.read(channel, found.clear(), layout.steps());
            int count = Hdf5Layout.count(found.array());
            if (Arrays.equals(found.array(), Hdf5Layout.steps(layout.steps(), count))) {
                return count;
            }
        }
        throw new IllegalStateException("its count of snapshots is not as it was written");
    }

    private static long address(Node dataset) {
        return ((ContiguousDataset) dataset).getDataAddress();
    }

    private static Node child(Group group, String name) {
        Node child = group.getChild(name);
        if (child == null) {
            throw new IllegalStateException(group.getPath() + name + " is missing");
        }
        return child;
    }

    private static Object attribute(Group group, String name) {
        Attribute attribute = group.getAttribute(name);
        if (attribute == null) {
            throw new IllegalStateException("attribute " + name + " of " + group.getPath() + " is missing");
        }
        return attribute.getData();
    }

    public Path path() {
        return path;
    }

    /** For the other ranks, and for {@link SnapshotFile#open} to go on writing. */
    public Layout layout() {
        return layout;
    }

    /** What the file was laid out for: its field, its times, its parameters. */
    public Content content() {
        return content;
    }

    /** How many snapshots, from the first on, are complete; the others hold nothing yet. */
    public long complete() {
        return complete;
    }

    /** Refuses to go on with a run whose parameters, times or grid are other than the file's. */
    public void requireSame(Content run) {
        for (String name : new TreeMap<>(run.parameters()).keySet()) {
            Double here = content.parameters().get(name);
            Double asked = run.parameters().get(name);
            if (here == null || Double.doubleToLongBits(here) != Double.doubleToLongBits(asked)) {
                throw new InputException(path + ": was written with " + name + " = " + here
                        + ", but this run has " + name + " = " + asked
                        + "; restart with the same or start afresh with another --out");
            }
        }
        if (!content.name().equals(run.name()) || content.element() != run.element()
                || content.rows() != run.rows() || content.columns() != run.columns()) {
            throw new InputException(path + ": holds " + content.name() + " on " + content.rows() + " x "
                    + content.columns() + " cells, but this run has " + run.name() + " on " + run.rows()
                    + " x "
                    + run.columns() + "; restart with the same or start afresh with another --out");
        }
        if (!Arrays.equals(content.times(), run.times())) {
            throw new InputException(path + ": is laid out for other snapshot times (" + content.snapshots()
                    + " snapshots, this run has " + run.snapshots()
                    + "); restart with the same --snapshots or start afresh with another --out");
        }
    }

    /** Reads rows of a complete snapshot: row {@code firstRow + i} goes to {@code base + i * stride}. */
    public void readRows(long snapshot, long firstRow, long count, MemorySegment base, long stride)
            throws IOException {
        if (snapshot < 0 || snapshot >= complete) {
            throw new InputException(path + ": snapshot " + snapshot + " is not there; complete are "
                    + complete
                    + ", counted from 0");
        }
        SnapshotFile.checkRows(layout, snapshot, firstRow, count);
        long damaged = rows.read(snapshot * layout.rows() + firstRow, count, base, stride);
        if (damaged >= 0) {
            throw new DamageException(path + ": is damaged, row " + damaged % layout.rows() + " of snapshot "
                    + snapshot
                    + " does not fit its checksum; take it from a copy or run again with --force");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
