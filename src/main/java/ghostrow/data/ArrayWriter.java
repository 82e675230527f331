package ghostrow.data;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.datatype.DataType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * An HDF5 file of one array, written by all ranks at once: one rank creates it, all open it and write their parts,
 * and when all have forced theirs one rank commits it. Until then it lies beside its place, as {@code NAME.part}.
 */
public final class ArrayWriter implements AutoCloseable {
    /** Headers lie before this place, data from it on. */
    private static final long DATA = 1 << 16;
    private static final long MOST_BYTES = 1 << 30;

    private final ArrayPath path;
    private final FileChannel channel;

    private ArrayWriter(ArrayPath path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** @param texts provenance, kept as attributes of the array */
    public static void create(ArrayPath path, Numbers numbers, long[] dimensions, Map<String, String> texts) {
        Path folder = path.file().toAbsolutePath().getParent();
        OutputFolder.prepare(folder);
        long bytes = numbers.bytes();
        for (long dimension : dimensions) {
            bytes = Math.multiplyExact(bytes, dimension);
        }
        try {
            Files.deleteIfExists(part(path));
            try (WritableHdfFile hdf = HdfFile.write(part(path))) {
                WritableGroup group = hdf;
                String[] names = path.name().substring(1).split("/");
                for (int i = 0; i < names.length - 1; i++) {
                    group = group.putGroup(names[i]);
                }
                String name = names[names.length - 1];
                SparseDataset array = new SparseDataset(name, group, DataType.fromObject(numbers.sample()), dimensions,
                        DATA, DATA, DATA + Math.max(1, bytes));
                var node = group.putDataset(name, array);
                texts.forEach(node::putAttribute);
            }
        } catch (IOException | HdfException e) {
            throw new InputException(path.file() + ": cannot be created (" + OutputFolder.reason(e)
                    + "); choose another place with --to", e);
        }
    }

    public static ArrayWriter open(ArrayPath path) throws IOException {
        return new ArrayWriter(path, FileChannel.open(part(path), StandardOpenOption.WRITE));
    }

    /** Writes bytes at this place of the array. Threads may do so at once. */
    public void write(long at, MemorySegment from) throws IOException {
        for (long done = 0; done < from.byteSize();) {
            ByteBuffer part = from.asSlice(done, Math.min(MOST_BYTES, from.byteSize() - done)).asByteBuffer();
            done += channel.write(part, DATA + at + done);
        }
    }

    public void force() throws IOException {
        channel.force(false);
    }

    /** One rank does this, after all have forced. */
    public void commit() throws IOException {
        Files.move(part(path), path.file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static Path part(ArrayPath path) {
        return path.file().resolveSibling(path.file().getFileName() + ".part");
    }
}
