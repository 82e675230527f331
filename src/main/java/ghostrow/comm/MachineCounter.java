package ghostrow.comm;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A counter for ranks that are all on one machine: eight bytes of memory that they share through a file in
 * {@code /dev/shm}, which has no name any more once all have opened it. Raising it needs no library and no help from
 * the rank that made it, however busy that is.
 *
 * <p>MPI's own shared windows would do the same, but Open MPI 4 names the file behind them after the communicator's
 * number, and groups made by one split have the same number: their windows got mixed up when made at the same time.
 */
public final class MachineCounter implements Comm.Counter {
    /** Tests set it to false: ranks of one machine then count as those of several do, through their library. */
    static final String PROPERTY = "ghostrow.machineCounter";

    private static final VarHandle VALUE = ValueLayout.JAVA_LONG.varHandle();
    private static final long SIGN = Long.BYTES;
    private static final long BYTES = 2 * Long.BYTES;
    private static final int LONGEST_PATH = 512;

    private final Arena arena;
    private final MemorySegment shared;

    private MachineCounter(Arena arena, MemorySegment shared) {
        this.arena = arena;
        this.shared = shared;
    }

    /** Collective: a counter starting at 0, or nothing if some of the group's ranks do not share memory. */
    public static Optional<Comm.Counter> over(Comm comm) {
        if (System.getProperty(PROPERTY, "true").equals("false")) {
            return Optional.empty();
        }
        Arena arena = Arena.ofShared();
        try (Arena brief = Arena.ofConfined()) {
            MemorySegment invitation = brief.allocate(Long.BYTES + LONGEST_PATH);
            Path file = comm.rank() == 0 ? create(invitation) : null;
            comm.bcast(invitation, 0);
            MemorySegment shared = join(invitation, arena);
            boolean all = comm.allreduce(Comm.Op.MIN, shared != null ? 1L : 0L) == 1;
            if (file != null) {
                Files.deleteIfExists(file);
            }
            if (all) {
                return Optional.of(new MachineCounter(arena, shared));
            }
            arena.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new CommException("cannot remove the file behind a shared counter", e);
        }
    }

    /** Makes the file and writes where it is, and how to know it again, into the invitation; null if that fails. */
    private static Path create(MemorySegment invitation) {
        try {
            Path memory = Path.of("/dev/shm");
            Path file = Files.isWritable(memory) ? Files.createTempFile(memory, "ghostrow-", ".counter")
                    : Files.createTempFile("ghostrow-", ".counter");
            long sign = ThreadLocalRandom.current().nextLong();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    Arena brief = Arena.ofConfined()) {
                MemorySegment cells = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES, brief);
                cells.set(ValueLayout.JAVA_LONG, SIGN, sign);
            }
            invitation.set(ValueLayout.JAVA_LONG, 0, sign);
            invitation.setString(Long.BYTES, file.toString(), StandardCharsets.UTF_8);
            return file;
        } catch (IOException | IndexOutOfBoundsException e) {
            invitation.fill((byte) 0);
            return null;
        }
    }

    /** The memory of the invitation; null where another machine has no such file, or one of its own. */
    private static MemorySegment join(MemorySegment invitation, Arena arena) {
        String file = invitation.getString(Long.BYTES, StandardCharsets.UTF_8);
        if (file.isEmpty()) {
            return null;
        }
        try (FileChannel channel = FileChannel.open(Path.of(file), StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            MemorySegment cells = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES, arena);
            return cells.get(ValueLayout.JAVA_LONG, SIGN) == invitation.get(ValueLayout.JAVA_LONG, 0) ? cells : null;
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public long getAndAdd(long amount) {
        return (long) VALUE.getAndAdd(shared, 0L, amount);
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
