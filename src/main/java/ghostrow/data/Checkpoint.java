package ghostrow.data;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The state of a run between two reports, kept in one of two slots, {@code checkpoint-0.ghost} and
 * {@code checkpoint-1.ghost}, so that the state before survives until the new one is whole.
 *
 * <pre>
 * one rank     slot = begin(folder, state)          the older slot; not valid from now on
 *              broadcast slot
 * every rank   open(folder, slot, state)   writeRows(...)   force()
 *              barrier
 * one rank                                                           commit()
 * </pre>
 *
 * A slot is little-endian throughout:
 *
 * <pre>
 *        0   8 bytes   "GHOSTROW"
 *        8   int       version, 1
 *       12   int       length of the header in bytes, up to and with its checksum
 *       16   long      serial number; the valid slot with the larger one is the newer
 *       24   long      step
 *       32   long      reports made so far
 *       40   double    simulated time
 *       48   long      rows
 *       56   long      columns
 *       64   int       number of parameters; each an int length, a UTF-8 name, a double; sorted by name
 *      ...   int       CRC32C of everything before
 *     4096   int[rows]            CRC32C of each row
 *     page   double[rows][columns]  from the next multiple of 4096
 * </pre>
 *
 * The header is written last, in one go; before that its place is zeros.
 */
public final class Checkpoint implements AutoCloseable {
    private static final int VERSION = 1;
    private static final int HEADER = 4096;
    private static final byte[] MAGIC = {'G', 'H', 'O', 'S', 'T', 'R', 'O', 'W'};
    private static final int SLOTS = 2;

    /** Where a run stands, apart from the field itself. */
    public record State(long step, long reports, double simtime, long rows, long columns,
                        Map<String, Double> parameters) {
        public State {
            parameters = Map.copyOf(parameters);
        }

        private long data() {
            return (HEADER + Integer.BYTES * rows + HEADER - 1) / HEADER * HEADER;
        }

        private long end() {
            return data() + rows * columns * Double.BYTES;
        }
    }

    /** A slot whose header is sound. */
    private record Header(long serial, State state) {
    }

    private final Path file;
    private final FileChannel channel;
    private final State state;
    private final long serial;
    private final RowStore rows;

    private Checkpoint(Path file, FileChannel channel, State state, long serial) {
        this.file = file;
        this.channel = channel;
        this.state = state;
        this.serial = serial;
        this.rows = new RowStore(channel, state.data(), HEADER, state.columns() * Double.BYTES);
    }

    /**
     * Names the slot to write to and makes it invalid. One rank does this. Returns the slot's serial number.
     */
    public static long begin(Path folder, State state) throws IOException {
        OutputFolder.prepare(folder);
        long serial = 1;
        for (int slot = 0; slot < SLOTS; slot++) {
            try {
                serial = Math.max(serial, 1 + header(file(folder, slot)).serial());
            } catch (InputException e) {
                // A slot that is damaged or not there is as good as an old one.
            }
        }
        Path file = file(folder, serial);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(HEADER), 0);
            channel.force(false);
            if (channel.size() > state.end()) {
                channel.truncate(state.end());
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
        return new Checkpoint(file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE),
                state, serial);
    }

    public void writeRows(long firstRow, long count, MemorySegment base, long stride) throws IOException {
        checkRows(firstRow, count);
        try {
            rows.write(firstRow, count, base, stride);
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

    /** Makes the slot the valid and newest one. One rank does this, after all have forced. */
    public void commit() throws IOException {
        try {
            channel.write(ByteBuffer.wrap(encode()), 0);
        } catch (IOException e) {
            throw failure(file, e);
        }
        force();
    }

    /**
     * The newest valid checkpoint in a folder, if it has one at all. Every row is verified here, so that a
     * damaged newer slot gives way to the older one; if neither is sound, the damage is named. One rank does
     * this and broadcasts the {@link #serial()}; the others use {@link #reopen}.
     */
    public static Optional<Checkpoint> newest(Path folder) throws IOException {
        InputException damage = null;
        Checkpoint best = null;
        for (int slot = 0; slot < SLOTS; slot++) {
            Path file = file(folder, slot);
            if (!Files.exists(file) || isUnfinished(file)) {
                continue;
            }
            Checkpoint found = null;
            try {
                found = reopen(folder, slot);
                if (best == null || found.serial > best.serial) {
                    found.verify();
                    closeIfAny(best);
                    best = found;
                    found = null;
                }
            } catch (InputException e) {
                damage = e;
            } finally {
                closeIfAny(found);
            }
        }
        if (best == null && damage != null) {
            throw damage;
        }
        return Optional.ofNullable(best);
    }

    private static void closeIfAny(Checkpoint checkpoint) throws IOException {
        if (checkpoint != null) {
            checkpoint.close();
        }
    }

    /**
     * Opens a valid slot to read from it; any number with the slot's parity will do for its serial number.
     */
    public static Checkpoint reopen(Path folder, long serial) throws IOException {
        Path file = file(folder, serial);
        Header header = header(file);
        return new Checkpoint(file, FileChannel.open(file, StandardOpenOption.READ), header.state(),
                header.serial());
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

    public long serial() {
        return serial;
    }

    public Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void verify() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long rowBytes = state.columns() * Double.BYTES;
            long batch = Math.max(1, Math.min(state.rows(), (1 << 22) / rowBytes));
            MemorySegment memory = arena.allocate(batch * rowBytes, Double.BYTES);
            for (long row = 0; row < state.rows(); row += batch) {
                readRows(row, Math.min(batch, state.rows() - row), memory, rowBytes);
            }
        }
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
                .putLong(state.reports()).putDouble(state.simtime()).putLong(state.rows())
                .putLong(state.columns()).putInt(state.parameters().size());
        new TreeMap<>(state.parameters()).forEach((name, value) -> {
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            header.putInt(utf8.length).put(utf8).putDouble(value);
        });
        header.putInt(MAGIC.length + Integer.BYTES, header.position() + Integer.BYTES);
        header.putInt(checksum(header.array(), header.position()));
        return header.array();
    }

    private static Header header(Path file) {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        long size;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.read(header, 0);
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
            throw new InputException(file + ": is not a checkpoint of this program; remove it");
        }
        int version = header.getInt();
        if (version != VERSION) {
            throw new InputException(file + ": is a checkpoint of version " + version
                    + "; this program reads version "
                    + VERSION);
        }
        int length = header.getInt();
        if (length < 68 || length > HEADER
                || header.getInt(length - Integer.BYTES) != checksum(header.array(),
                        length - Integer.BYTES)) {
            throw damaged(file, "its header does not fit its checksum");
        }
        long serial = header.getLong();
        long step = header.getLong();
        long reports = header.getLong();
        double simtime = header.getDouble();
        long rows = header.getLong();
        long columns = header.getLong();
        Map<String, Double> parameters = new TreeMap<>();
        for (int left = header.getInt(); left > 0; left--) {
            byte[] name = new byte[header.getInt()];
            header.get(name);
            parameters.put(new String(name, StandardCharsets.UTF_8), header.getDouble());
        }
        State state = new State(step, reports, simtime, rows, columns, parameters);
        if (size < state.end()) {
            throw damaged(file, "it is cut off, it has " + size + " bytes of " + state.end());
        }
        return new Header(serial, state);
    }

    /** Whether the writer ended before the slot was committed: no damage, just not there yet. */
    private static boolean isUnfinished(Path file) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(MAGIC.length);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.read(start, 0);
        }
        return start.getLong(0) == 0;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static InputException damaged(Path file, String how) {
        return new InputException(file + ": is a damaged checkpoint, " + how);
    }

    private static IOException failure(Path file, IOException e) {
        return new IOException(file + ": the checkpoint could not be written (" + OutputFolder.reason(e)
                + "); the one before it stays valid", e);
    }

    private static Path file(Path folder, long serial) {
        return folder.resolve("checkpoint-" + serial % SLOTS + ".ghost");
    }
}
