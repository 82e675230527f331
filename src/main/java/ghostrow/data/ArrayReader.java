package ghostrow.data;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Reads an array of one or two dimensions a part at a time, from any HDF5 file. Data that lies in one piece is read
 * from where it lies, by any number of threads at once; compressed or chunked data goes through jHDF, one thread
 * after the other.
 */
public final class ArrayReader implements AutoCloseable {
    private static final long MOST_BYTES = 1 << 30;
    private static final long NOWHERE = -1;

    private final ArrayPath path;
    private final HdfFile hdf;
    private final FileChannel channel;
    private final Dataset dataset;
    private final Numbers numbers;
    private final long rows;
    private final long columns;
    private final boolean isVector;
    /** Where the data begins in the file, or {@link #NOWHERE} if it is not in one piece. */
    private final long address;

    private ArrayReader(ArrayPath path, HdfFile hdf, FileChannel channel) {
        this.path = path;
        this.hdf = hdf;
        this.channel = channel;
        this.dataset = find();
        this.numbers = recognised();
        long[] dimensions = dataset.getDimensionsAsLong();
        if (dimensions.length < 1 || dimensions.length > 2) {
            throw new InputException(path + ": has " + dimensions.length + " dimensions; expected 1 or 2");
        }
        this.isVector = dimensions.length == 1;
        this.rows = dimensions[0];
        this.columns = isVector ? 1 : dimensions[1];
        this.address = address();
    }

    public static ArrayReader open(ArrayPath path) {
        if (!Files.isRegularFile(path.file())) {
            throw new InputException(path.file() + ": no such file; expected an HDF5 file");
        }
        HdfFile hdf = null;
        FileChannel channel = null;
        try {
            hdf = new HdfFile(path.file());
            channel = FileChannel.open(path.file(), StandardOpenOption.READ);
            return new ArrayReader(path, hdf, channel);
        } catch (InputException e) {
            closeQuietly(hdf, channel);
            throw e;
        } catch (IOException | RuntimeException e) {
            closeQuietly(hdf, channel);
            throw new InputException(path.file() + ": cannot be read as HDF5 (" + OutputFolder.reason(e) + ")", e);
        }
    }

    private static void closeQuietly(HdfFile hdf, FileChannel channel) {
        try {
            if (hdf != null) {
                hdf.close();
            }
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The reason why the file is refused matters more.
        }
    }

    private Dataset find() {
        Node node = hdf;
        for (String name : path.name().substring(1).split("/")) {
            if (!(node instanceof io.jhdf.api.Group group) || group.getChild(name) == null) {
                String there = node instanceof io.jhdf.api.Group group
                        ? "; there are " + String.join(", ", group.getChildren().keySet()) : "";
                throw new InputException(path + ": no '" + name + "' in it" + there);
            }
            node = group.getChild(name);
        }
        if (node instanceof Dataset found) {
            return found;
        }
        throw new InputException(path + ": is a group; expected an array");
    }

    private Numbers recognised() {
        DataType type = dataset.getDataType();
        if (type instanceof FloatingPoint && type.getSize() >= Float.BYTES) {
            return type.getSize() == Double.BYTES ? Numbers.FLOAT64 : Numbers.FLOAT32;
        }
        if (type instanceof FixedPoint integer && integer.isSigned() && type.getSize() >= Integer.BYTES) {
            return type.getSize() == Long.BYTES ? Numbers.INT64 : Numbers.INT32;
        }
        throw new InputException(path + ": holds " + type.getClass().getSimpleName() + " of " + type.getSize()
                + " bytes; expected float64, float32, int64 or int32");
    }

    private long address() {
        boolean plain = dataset instanceof ContiguousDataset && dataset.getDataType() instanceof OrderedDataType ordered
                && ordered.getByteOrder() == ByteOrder.LITTLE_ENDIAN;
        long inFile = plain ? ((ContiguousDataset) dataset).getDataAddress() : NOWHERE;
        return inFile == NOWHERE ? NOWHERE : inFile + hdf.getUserBlockSize();
    }

    public boolean isVector() {
        return isVector;
    }

    /** Of a vector its elements. */
    public long rows() {
        return rows;
    }

    /** Of a vector 1. */
    public long columns() {
        return columns;
    }

    public Numbers numbers() {
        return numbers;
    }

    /** Reads rows, widened to 8-byte numbers, one behind the other. Threads may do so at once. */
    public void read(long firstRow, long count, MemorySegment to) throws IOException {
        long elements = count * columns;
        if (address == NOWHERE) {
            readByJhdf(firstRow, count, to);
        } else if (numbers.bytes() == Long.BYTES) {
            readBytes(address + firstRow * columns * Long.BYTES, to.asSlice(0, elements * Long.BYTES));
        } else {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment narrow = arena.allocate(elements * numbers.bytes(), Integer.BYTES);
                readBytes(address + firstRow * columns * numbers.bytes(), narrow);
                for (long i = 0; i < elements; i++) {
                    if (numbers.isFloating()) {
                        to.setAtIndex(ValueLayout.JAVA_DOUBLE, i, narrow.getAtIndex(ValueLayout.JAVA_FLOAT, i));
                    } else {
                        to.setAtIndex(ValueLayout.JAVA_LONG, i, narrow.getAtIndex(ValueLayout.JAVA_INT, i));
                    }
                }
            }
        }
    }

    private void readBytes(long position, MemorySegment to) throws IOException {
        for (long done = 0; done < to.byteSize();) {
            ByteBuffer part = to.asSlice(done, Math.min(MOST_BYTES, to.byteSize() - done)).asByteBuffer();
            int read = channel.read(part, position + done);
            if (read < 0) {
                throw new EOFException(path + ": the file ends at byte " + channel.size() + ", in the middle of the "
                        + "array");
            }
            done += read;
        }
    }

    private void readByJhdf(long firstRow, long count, MemorySegment to) {
        int size = Math.toIntExact(count);
        Object values;
        synchronized (hdf) {
            values = isVector ? dataset.getData(new long[] {firstRow}, new int[] {size})
                    : dataset.getData(new long[] {firstRow, 0}, new int[] {size, Math.toIntExact(columns)});
        }
        if (isVector) {
            put(values, to, 0);
            return;
        }
        for (int row = 0; row < size; row++) {
            put(Array.get(values, row), to, row * columns);
        }
    }

    private static void put(Object values, MemorySegment to, long at) {
        switch (values) {
            case double[] a -> MemorySegment.copy(a, 0, to, ValueLayout.JAVA_DOUBLE, at * Double.BYTES, a.length);
            case long[] a -> MemorySegment.copy(a, 0, to, ValueLayout.JAVA_LONG, at * Long.BYTES, a.length);
            case float[] a -> {
                for (int i = 0; i < a.length; i++) {
                    to.setAtIndex(ValueLayout.JAVA_DOUBLE, at + i, a[i]);
                }
            }
            case int[] a -> put(Arrays.stream(a).asLongStream().toArray(), to, at);
            default -> throw new IllegalStateException("jHDF gave " + values.getClass());
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        hdf.close();
    }
}
