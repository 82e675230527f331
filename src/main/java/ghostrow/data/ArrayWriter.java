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
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An HDF5 file of one array, written by all ranks at once: one rank creates it, all open it and write their parts,
 * and when all have forced theirs one rank commits it. Until then it lies beside its place under a name that is
 * nobody else's, {@code .ghostrow-NUMBER.part}, and a run that is killed leaves it there.
 */
public final class ArrayWriter implements AutoCloseable {
    /** Headers lie before this place, data from it on. */
    private static final long DATA = 1 << 16;
    private static final long MOST_BYTES = 1 << 30;

    private final Path place;
    private final Path part;
    private final FileChannel channel;

    private ArrayWriter(Path place, Path part) throws IOException {
        this.place = place;
        this.part = part;
        this.channel = FileChannel.open(part, StandardOpenOption.WRITE);
    }

    /**
     * @param texts provenance, kept as attributes of the array
     * @return the number by which the others find the file
     */
    public static long create(ArrayPath path, Numbers numbers, long[] dimensions, Map<String, String> texts) {
        Path folder = path.file().toAbsolutePath().getParent();
        OutputFolder.prepare(folder);
        long bytes = numbers.bytes();
        for (long dimension : dimensions) {
            bytes = Math.multiplyExact(bytes, dimension);
        }
        long number = ThreadLocalRandom.current().nextLong();
        Path part = part(path, number);
        boolean ours = false;
        try {
            // Fails if there is such a file: whatever it is, it is not ours.
            Files.createFile(part);
            ours = true;
            try (WritableHdfFile hdf = HdfFile.write(part)) {
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
            return number;
        } catch (IOException | HdfException e) {
            if (ours) {
                Disk.deleteQuietly(part);
            }
            throw new InputException(path.file() + ": cannot be created (" + OutputFolder.reason(e)
                    + "); choose another place for it", e);
        }
    }

    /** Refuses, before anything is written, an array for which the disk has no room. Writes nothing. */
    public static void requireRoom(ArrayPath path, long bytes) throws IOException {
        Path folder = path.file().toAbsolutePath().getParent();
        while (!Files.exists(folder)) {
            folder = folder.getParent();
        }
        long free = Files.getFileStore(folder).getUsableSpace();
        if (bytes > free) {
            throw new InputException(path.file() + ": the array takes " + bytes + " bytes, and the disk has " + free
                    + " left");
        }
    }

    /** @param number what {@link #create} returned, on whichever rank */
    public static ArrayWriter open(ArrayPath path, long number) throws IOException {
        return new ArrayWriter(path.file(), part(path, number));
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
        Disk.replace(part, place);
    }

    /** A rank that fails does this: nobody will commit the file. */
    public void discard() throws IOException {
        Files.deleteIfExists(part);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static Path part(ArrayPath path, long number) {
        return path.file().resolveSibling(String.format(".ghostrow-%016x.part", number));
    }
}
