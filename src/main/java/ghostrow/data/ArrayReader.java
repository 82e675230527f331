package ghostrow.data;

import ghostrow.formula.Names;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.dataset.CompactDataset;
import io.jhdf.exceptions.HdfException;
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
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Reads an array a part at a time, from any HDF5 file. Data that lies in one piece is read from where it lies, by any
 * number of threads at once; compressed or chunked data goes through jHDF, one thread after the other.
 *
 * <p>Rows are what the first dimension counts: of a cube, its layers. Their numbers lie one behind the other, the last
 * dimension fastest.
 */
public final class ArrayReader implements AutoCloseable {
    private static final long MOST_BYTES = 1 << 30;
    private static final long NOWHERE = -1;
    private static final long MOST_CHUNKS = 1 << 20;
    private static final String IN_ONE_PIECE = "; h5repack -l CONTI IN OUT writes it in one piece, which can be read";

    private final ArrayPath path;
    private final HdfFile hdf;
    private final FileChannel channel;
    private final Dataset dataset;
    private final Numbers numbers;
    private final long[] dimensions;
    private final long rows;
    private final long columns;
    /** Where the data begins in the file, or {@link #NOWHERE} if it is not in one piece that can be read as it is. */
    private final long address;
    /** What numbers that nobody has written stand for. */
    private final Number fill;
    /** Whether the file has room for none of them: all are the fill value. */
    private final boolean unwritten;

    private ArrayReader(ArrayPath path, HdfFile hdf, FileChannel channel) throws IOException {
        this.path = path;
        this.hdf = hdf;
        this.channel = channel;
        this.dataset = find();
        this.numbers = Numbers.of(dataset.getDataType()).orElseThrow(() -> new InputException(path + ": holds "
                + Numbers.name(dataset.getDataType()) + "; expected float64, float32, int64 or int32"));
        this.fill = dataset.getFillValue() instanceof Number number ? number : 0;
        this.unwritten = dataset.isEmpty();
        this.dimensions = dataset.getDimensionsAsLong();
        if (dimensions.length < 1) {
            throw new InputException(path + ": has 0 dimensions; expected an array");
        }
        checkExtent();
        this.rows = dimensions[0];
        this.columns = product(1);
        this.address = address();
        if (dataset instanceof ChunkedDataset chunked && !unwritten && fill.doubleValue() != 0) {
            refuseHoles(chunked);
        }
        if (address == NOWHERE && !unwritten && columns > Integer.MAX_VALUE) {
            throw new InputException(path + ": has rows of " + columns + " numbers, more than " + Integer.MAX_VALUE
                    + ", in chunks or in the other byte order" + IN_ONE_PIECE);
        }
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
                throw new InputException(path + ": no '" + name + "' in it"
                        + (node instanceof io.jhdf.api.Group group ? near(name, group.getChildren().keySet()) : ""));
            }
            node = group.getChild(name);
        }
        if (node instanceof Dataset found) {
            return found;
        }
        throw new InputException(path + ": is a group; expected an array");
    }

    private static String near(String name, Collection<String> there) {
        Optional<String> meant = Names.nearest(name, there);
        return meant.isPresent() ? "; did you mean '" + meant.get() + "'?"
                : there.isEmpty() ? ", nor anything else" : "; there are " + String.join(", ", there);
    }

    /** Refuses sizes that a damaged or malicious file claims and cannot have, before anybody counts on them. */
    private void checkExtent() throws IOException {
        String claim = path + ": claims " + LongStream.of(dimensions).mapToObj(Long::toString)
                .collect(Collectors.joining(" x ")) + " numbers";
        long bytes;
        try {
            if (LongStream.of(dimensions).anyMatch(dimension -> dimension < 0)) {
                throw new ArithmeticException();
            }
            // In memory all numbers have 8 bytes.
            bytes = Math.multiplyExact(product(0), Long.BYTES) / Long.BYTES * numbers.bytes();
        } catch (ArithmeticException e) {
            throw new InputException(claim + ", more bytes than 63 bits can count; the file is damaged", e);
        }
        long there = switch (dataset) {
            case ContiguousDataset piece when piece.getDataAddress() == NOWHERE -> bytes;
            case ContiguousDataset piece -> channel.size() - hdf.getUserBlockSize() - piece.getDataAddress();
            case CompactDataset inHeader -> inHeader.getDataBuffer().remaining();
            // What was never written has no chunk, and what was may be compressed.
            default -> bytes;
        };
        if (bytes > there) {
            throw new InputException(claim + ", " + bytes + " bytes, but the file has room for "
                    + Math.max(0, there) + " of them; it is damaged, or was cut short");
        }
    }

    /** Of the dimensions from this one on. */
    private long product(int first) {
        long product = 1;
        for (int i = first; i < dimensions.length; i++) {
            product = Math.multiplyExact(product, dimensions[i]);
        }
        return product;
    }

    /** Chunks that nobody has written stand for the fill value, and jHDF reads zeros. */
    private void refuseHoles(ChunkedDataset chunked) {
        int[] chunk = chunked.getChunkDimensions();
        long chunks = 1;
        for (int i = 0; i < dimensions.length; i++) {
            chunks *= chunksAlong(i, chunk);
        }
        boolean whole = chunks <= MOST_CHUNKS;
        for (long i = 0; whole && i < chunks; i++) {
            whole = isWritten(chunked, chunk(i, chunk));
        }
        if (!whole) {
            throw new InputException(path + ": has chunks that were never written, and " + fill
                    + " in place of their numbers" + IN_ONE_PIECE);
        }
    }

    private long chunksAlong(int dimension, int[] chunk) {
        return Math.ceilDiv(dimensions[dimension], (long) chunk[dimension]);
    }

    /** Where a chunk begins; chunks are numbered as the numbers in them lie, the last dimension fastest. */
    private int[] chunk(long number, int[] chunk) {
        int[] place = new int[chunk.length];
        long left = number;
        for (int i = chunk.length - 1; i >= 0; i--) {
            long along = chunksAlong(i, chunk);
            place[i] = (int) (left % along * chunk[i]);
            left /= along;
        }
        return place;
    }

    private static boolean isWritten(ChunkedDataset chunked, int[] chunk) {
        try {
            chunked.getRawChunkBuffer(chunk);
            return true;
        } catch (HdfException e) {
            return false;
        }
    }

    private long address() {
        boolean plain = dataset instanceof ContiguousDataset && dataset.getDataType() instanceof OrderedDataType ordered
                && ordered.getByteOrder() == ByteOrder.LITTLE_ENDIAN;
        long inFile = plain ? ((ContiguousDataset) dataset).getDataAddress() : NOWHERE;
        return inFile == NOWHERE ? NOWHERE : inFile + hdf.getUserBlockSize();
    }

    public long[] dimensions() {
        return dimensions.clone();
    }

    /** What the first dimension counts: of a vector its elements. */
    public long rows() {
        return rows;
    }

    /** The numbers in a row: of a vector 1. */
    public long columns() {
        return columns;
    }

    public Numbers numbers() {
        return numbers;
    }

    /** How many numbers there are. */
    public long elements() {
        return product(0);
    }

    /** Whether they lie in the file in one piece, as they lie in memory. */
    public boolean isPlain() {
        return address != NOWHERE && !unwritten;
    }

    /** Rows that are best read together, since they are stored together. */
    public long rowsTogether() {
        return dataset instanceof ChunkedDataset chunked ? chunked.getChunkDimensions()[0] : 1;
    }

    /**
     * Reads numbers of a plain array as they lie in the file, from number {@code first} on as many as there is room
     * for. Threads may do so at once.
     */
    public void readPlain(long first, MemorySegment to) throws IOException {
        readBytes(place(first, to.byteSize() / numbers.bytes()), to);
    }

    /** Shows numbers of a plain array where the system keeps the file's pages, for as long as the arena lives. */
    public MemorySegment mapPlain(long first, long count, Arena arena) throws IOException {
        return channel.map(FileChannel.MapMode.READ_ONLY, place(first, count), count * numbers.bytes(), arena);
    }

    private long place(long first, long count) {
        if (!isPlain()) {
            throw new IllegalStateException(path + " is not plain");
        }
        Objects.checkFromIndexSize(first, count, elements());
        return address + first * numbers.bytes();
    }

    /** Reads rows, widened to 8-byte numbers, one behind the other. Threads may do so at once. */
    public void read(long firstRow, long count, MemorySegment to) throws IOException {
        long elements = count * columns;
        if (unwritten) {
            for (long i = 0; i < elements; i++) {
                put(fill, to, i);
            }
        } else if (address == NOWHERE) {
            readByJhdf(firstRow, count, to);
        } else if (numbers.bytes() == Long.BYTES) {
            readPlain(firstRow * columns, to.asSlice(0, elements * Long.BYTES));
        } else {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment narrow = arena.allocate(elements * numbers.bytes(), Integer.BYTES);
                readPlain(firstRow * columns, narrow);
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

    private void readByJhdf(long firstRow, long count, MemorySegment to) throws IOException {
        int size = Math.toIntExact(count);
        try {
            Object values;
            synchronized (hdf) {
                // What lies in a header, jHDF reads as a whole or not at all.
                values = dataset instanceof CompactDataset ? rows(dataset.getData(), (int) firstRow, size)
                        : dataset.getData(corner(firstRow), shape(size));
            }
            put(values, to, 0);
        } catch (HdfException e) {
            throw new IOException(path + ": cannot be read from row " + firstRow + " on (" + OutputFolder.reason(e) + ")"
                    + IN_ONE_PIECE, e);
        }
    }

    private long[] corner(long row) {
        long[] corner = new long[dimensions.length];
        corner[0] = row;
        return corner;
    }

    private int[] shape(int count) {
        int[] shape = LongStream.of(dimensions).mapToInt(dimension -> (int) dimension).toArray();
        shape[0] = count;
        return shape;
    }

    private static Object rows(Object all, int first, int count) {
        Object some = Array.newInstance(all.getClass().componentType(), count);
        System.arraycopy(all, first, some, 0, count);
        return some;
    }

    private void put(Number value, MemorySegment to, long at) {
        if (numbers.isFloating()) {
            to.setAtIndex(ValueLayout.JAVA_DOUBLE, at, value.doubleValue());
        } else {
            to.setAtIndex(ValueLayout.JAVA_LONG, at, value.longValue());
        }
    }

    /** Returns where the next numbers go. */
    private static long put(Object values, MemorySegment to, long at) {
        switch (values) {
            case Object[] parts -> {
                long next = at;
                for (Object part : parts) {
                    next = put(part, to, next);
                }
                return next;
            }
            case double[] a -> MemorySegment.copy(a, 0, to, ValueLayout.JAVA_DOUBLE, at * Double.BYTES, a.length);
            case long[] a -> MemorySegment.copy(a, 0, to, ValueLayout.JAVA_LONG, at * Long.BYTES, a.length);
            case float[] a -> {
                for (int i = 0; i < a.length; i++) {
                    to.setAtIndex(ValueLayout.JAVA_DOUBLE, at + i, a[i]);
                }
            }
            case int[] a -> {
                for (int i = 0; i < a.length; i++) {
                    to.setAtIndex(ValueLayout.JAVA_LONG, at + i, a[i]);
                }
            }
            default -> throw new IllegalStateException("jHDF gave " + values.getClass());
        }
        return at + Array.getLength(values);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        hdf.close();
    }
}
