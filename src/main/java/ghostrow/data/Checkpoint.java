package ghostrow.data;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The state of a run between two reports, kept in one of two slots, {@code checkpoint-0.ghost} and
 * {@code checkpoint-1.ghost}, so that the state before survives until the new one is whole.
 *
 * <pre>
 * one rank     serial = begin(folder, state, sound)     the slot that is not the sound one; not valid from now on
 *              broadcast serial
 * every rank   open(folder, serial, state)   writeRows(...)   force()
 *              the checksums are gathered
 * one rank                                                              commit(checksums)
 * </pre>
 *
 * A slot is little-endian throughout:
 *
 * <pre>
 *        0   8 bytes   "GHOSTROW"
 *        8   int       version, 2
 *       12   int       length of the header in bytes, up to and with its checksum
 *       16   long      serial number; the valid slot with the larger one is the newer
 *       24   long      step
 *       32   long      rows
 *       40   long      columns
 *       48   int       number of parameters; each an int length, a UTF-8 name, a double; sorted by name
 *      ...   int       CRC32C of everything before
 *     4096   int[rows]            for each row, CRC32C of: long serial, long step, long row's number, the row
 *     page   double[rows][columns]  from the next multiple of 4096
 * </pre>
 *
 * The header is written last; before that its place is zeros. Ranks write into the file as they do into a {@link
 * SnapshotFile}.
 */
public final class Checkpoint implements AutoCloseable {
    private static final int VERSION = 2;
    private static final int HEADER = 4096;
    private static final int LEAST_HEADER = 56;
    private static final byte[] MAGIC = {'G', 'H', 'O', 'S', 'T', 'R', 'O', 'W'};
    /** How many there are at most, written over by turns. */
    public static final int SLOTS = 2;

    /** Where a run stands, apart from the field itself. */
    public record State(long step, long rows, long columns, Map<String, Double> parameters) {
        public State {
            parameters = Map.copyOf(parameters);
        }

        private long data() {
            return (HEADER + Math.multiplyExact(Integer.BYTES, rows) + HEADER - 1) / HEADER * HEADER;
        }

        private long end() {
            return Math.addExact(data(), Math.multiplyExact(rows, Math.multiplyExact(columns, (long) Double.BYTES)));
        }
    }

    /** A slot whose header is sound. Whether its rows are shows when they are read. */
    public record Saved(Path file, long serial, State state) {
    }

    private final Path file;
    private final FileChannel channel;
    private final State state;
    private final RowStore rows;
    private final long serial;

    private Checkpoint(Saved saved, FileChannel channel) {
        this.file = saved.file();
        this.channel = channel;
        this.state = saved.state();
        this.serial = saved.serial();
        this.rows = new RowStore(channel, state.data(), HEADER, state.columns() * Double.BYTES, serial, state.step());
    }

    /**
     * Chooses the slot to write to and makes it invalid. One rank does this. Returns the serial number of the
     * checkpoint to come, which also names its slot.
     *
     * @param sound the serial number of the checkpoint that must survive; 0 if the run does not depend on any
     */
    public static long begin(Path folder, State state, long sound) throws IOException {
        OutputFolder.prepare(folder);
        long serial = 1 + sound;
        for (Path file : files(folder)) {
            try {
                serial = Math.max(serial, 1 + header(file).serial());
            } catch (InputException e) {
                // A slot that is damaged or not there is as good as an old one.
            }
        }
        if (sound > 0 && file(folder, serial).equals(file(folder, sound))) {
            serial++;
        }
        Path file = file(folder, serial);
        boolean isNew = !Files.exists(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            Disk.write(channel, ByteBuffer.allocate(HEADER), 0);
            if (channel.size() > state.end()) {
                channel.truncate(state.end());
            } else if (channel.size() < state.end()) {
                Disk.write(channel, ByteBuffer.allocate(1), state.end() - 1);
            }
            channel.force(true);
            if (isNew) {
                Disk.forceFolder(folder);
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
        return serial;
    }

    /** Both slots, whether they are there or not. */
    public static List<Path> files(Path folder) {
        return List.of(file(folder, 0), file(folder, 1));
    }

    /** Removes both slots. One rank does this. */
    public static void remove(Path folder) throws IOException {
        for (Path file : files(folder)) {
            Files.deleteIfExists(file);
        }
    }

    /** Opens the slot that {@link #begin} readied, to write rows of this process. */
    public static Checkpoint open(Path folder, long serial, State state) throws IOException {
        Path file = file(folder, serial);
        try {
            return new Checkpoint(new Saved(file, serial, state), FileChannel.open(file, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** Writes rows and returns their checksums, for the rank that commits. */
    public int[] writeRows(long firstRow, long count, MemorySegment base, long stride) throws IOException {
        checkRows(firstRow, count);
        try {
            return rows.write(firstRow, count, base, stride);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** Returns when what this process wrote has reached the disk. */
    public void force() throws IOException {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /**
     * Makes the slot the valid and newest one. One rank does this, after all have forced.
     *
     * @param checksums of all rows
     */
    public void commit(int[] checksums) throws IOException {
        checkRows(0, checksums.length);
        try {
            rows.writeChecksums(0, checksums);
            channel.force(false);
            Disk.write(channel, ByteBuffer.wrap(encode()), 0);
        } catch (IOException e) {
            throw failure(file, e);
        }
        force();
    }

    /**
     * The checkpoints in a folder whose headers are sound, the newest first; one that was not finished is none.
     * Refuses a checkpoint of another version.
     *
     * @param damage is told of slots whose headers are damaged
     */
    public static List<Saved> saved(Path folder, Consumer<DamageException> damage) throws IOException {
        List<Saved> saved = new ArrayList<>();
        for (Path file : files(folder)) {
            if (Files.exists(file) && !isUnfinished(file)) {
                try {
                    saved.add(header(file));
                } catch (DamageException e) {
                    damage.accept(e);
                }
            }
        }
        saved.sort(Comparator.comparingLong(Saved::serial).reversed());
        return saved;
    }

    /** Opens a checkpoint to read from it. */
    public static Checkpoint reopen(Path folder, long serial) throws IOException {
        Saved saved = header(file(folder, serial));
        if (saved.serial() != serial) {
            throw new DamageException(saved.file() + ": holds checkpoint " + saved.serial() + " instead of " + serial
                    + "; another run writes here");
        }
        return new Checkpoint(saved, FileChannel.open(saved.file(), StandardOpenOption.READ));
    }

    /** Reads rows and makes sure that they are what was written. */
    public void readRows(long firstRow, long count, MemorySegment base, long stride) throws IOException {
        checkRows(firstRow, count);
        long damaged = rows.read(firstRow, count, base, stride);
        if (damaged >= 0) {
            throw damaged(file, "row " + damaged + " does not fit its checksum");
        }
    }

    public State state() {
        return state;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void checkRows(long firstRow, long count) {
        if (firstRow < 0 || count < 0 || count > state.rows() - firstRow) {
            throw new IllegalArgumentException("rows " + firstRow + " to " + (firstRow + count) + " of "
                    + state.rows());
        }
    }

    private byte[] encode() {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).putInt(VERSION).putInt(0).putLong(serial).putLong(state.step())
                .putLong(state.rows()).putLong(state.columns()).putInt(state.parameters().size());
        new TreeMap<>(state.parameters()).forEach((name, value) -> {
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            header.putInt(utf8.length).put(utf8).putDouble(value);
        });
        header.putInt(MAGIC.length + Integer.BYTES, header.position() + Integer.BYTES);
        header.putInt(checksum(header.array(), header.position()));
        return header.array();
    }

    private static Saved header(Path file) {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        long size;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Disk.read(channel, header, 0);
            size = channel.size();
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": no such checkpoint", e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read (" + OutputFolder.reason(e) + ")", e);
        }
        if (header.hasRemaining()) {
            throw damaged(file, "it is cut off at " + size + " bytes");
        }
        header.flip();
        byte[] magic = new byte[MAGIC.length];
        header.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new DamageException(file + ": is not a checkpoint of this program");
        }
        int version = header.getInt();
        int length = header.getInt();
        if (length < LEAST_HEADER || length > HEADER
                || header.getInt(length - Integer.BYTES) != checksum(header.array(),
                        length - Integer.BYTES)) {
            throw damaged(file, "its header does not fit its checksum");
        }
        if (version != VERSION) {
            throw new InputException(file + ": is a checkpoint of version " + version
                    + "; this program reads version " + VERSION
                    + ": go on with the program that wrote it, or remove the file");
        }
        Saved saved = new Saved(file, header.getLong(), state(file, header.limit(length - Integer.BYTES)));
        if (size < saved.state().end()) {
            throw damaged(file, "it is cut off, it has " + size + " bytes of " + saved.state().end());
        }
        return saved;
    }

    /** A checksum can fit what nobody would write. */
    private static State state(Path file, ByteBuffer header) {
        try {
            long step = header.getLong();
            long rows = header.getLong();
            long columns = header.getLong();
            Map<String, Double> parameters = new TreeMap<>();
            for (int left = header.getInt(); left > 0; left--) {
                byte[] name = new byte[Math.clamp(header.getInt(), -1, HEADER)];
                header.get(name);
                parameters.put(new String(name, StandardCharsets.UTF_8), header.getDouble());
            }
            State state = new State(step, rows, columns, parameters);
            if (step >= 0 && rows > 0 && rows <= Integer.MAX_VALUE && columns > 0 && state.end() > 0
                    && !header.hasRemaining()) {
                return state;
            }
        } catch (BufferUnderflowException | NegativeArraySizeException | ArithmeticException e) {
            // Said below.
        }
        throw damaged(file, "its header makes no sense");
    }

    /** Whether the writer ended before the slot was committed: no damage, just not there yet. */
    private static boolean isUnfinished(Path file) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(MAGIC.length);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Disk.read(channel, start, 0);
        }
        return start.getLong(0) == 0;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static DamageException damaged(Path file, String how) {
        return new DamageException(file + ": is a damaged checkpoint, " + how);
    }

    private static IOException failure(Path file, IOException e) {
        return new IOException(file + ": the checkpoint could not be written (" + OutputFolder.reason(e)
                + "); the one before it stays valid", e);
    }

    private static Path file(Path folder, long serial) {
        return folder.resolve("checkpoint-" + serial % SLOTS + ".ghost");
    }
}
