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
        // Who waits for others while the file has a name may be killed there, and the file would stay.
        comm.barrier();
        Arena arena = Arena.ofShared();
        MemorySegment shared;
        boolean all;
        try (Arena brief = Arena.ofConfined()) {
            MemorySegment words = brief.allocate(Invitation.BYTES);
            Optional<Invitation> made = comm.rank() == 0 ? Invitation.make() : Optional.empty();
            try {
                made.ifPresent(invitation -> invitation.write(words));
                comm.bcast(words, 0);
                shared = Invitation.read(words).flatMap(invitation -> invitation.accept(arena)).orElse(null);
                all = comm.allreduce(Comm.Op.MIN, shared != null ? 1L : 0L) == 1;
            } finally {
                made.ifPresent(Invitation::withdraw);
            }
        }
        if (all) {
            return Optional.of(new MachineCounter(arena, shared));
        }
        arena.close();
        return Optional.empty();
    }

    /**
     * Where the memory is, and how to know it again.
     *
     * @param machine whose memory it is: on a folder that machines share, each would see a file, but none the others'
     *                changes
     * @param sign    what the file holds; a path may lead to another file where ranks have file systems of their own
     */
    record Invitation(String machine, long sign, Path file) {
        private static final long LONGEST_NAME = 512;
        static final long BYTES = Long.BYTES + 2 * LONGEST_NAME;

        /** Makes the file; nothing where that fails, or where a machine cannot be told from another. */
        static Optional<Invitation> make() {
            String machine = thisMachine();
            if (machine.isEmpty()) {
                return Optional.empty();
            }
            Path memory = Path.of("/dev/shm");
            String prefix = "ghostrow-" + ProcessHandle.current().pid() + "-";
            try {
                Path file = Files.isWritable(memory) ? Files.createTempFile(memory, prefix, ".counter")
                        : Files.createTempFile(prefix, ".counter");
                Invitation invitation = new Invitation(machine, ThreadLocalRandom.current().nextLong(), file);
                return invitation.prepare() ? Optional.of(invitation) : Optional.empty();
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        /** Returns whether the file is ready; one that is not is gone. */
        private boolean prepare() {
            try (FileChannel channel = open(); Arena brief = Arena.ofConfined()) {
                channel.map(FileChannel.MapMode.READ_WRITE, 0, MachineCounter.BYTES, brief)
                        .set(ValueLayout.JAVA_LONG, SIGN, sign);
                return true;
            } catch (IOException e) {
                withdraw();
                return false;
            }
        }

        private FileChannel open() throws IOException {
            return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }

        void write(MemorySegment words) {
            words.set(ValueLayout.JAVA_LONG, 0, sign);
            words.setString(Long.BYTES, machine, StandardCharsets.UTF_8);
            words.setString(Long.BYTES + LONGEST_NAME, file.toString(), StandardCharsets.UTF_8);
        }

        /** Nothing where rank 0 had nothing to write. */
        static Optional<Invitation> read(MemorySegment words) {
            String machine = words.getString(Long.BYTES, StandardCharsets.UTF_8);
            return machine.isEmpty() ? Optional.empty() : Optional.of(new Invitation(machine,
                    words.get(ValueLayout.JAVA_LONG, 0),
                    Path.of(words.getString(Long.BYTES + LONGEST_NAME, StandardCharsets.UTF_8))));
        }

        /** The memory, zeroed and shared; nothing on another machine, and where the path leads elsewhere. */
        Optional<MemorySegment> accept(Arena arena) {
            if (!machine.equals(thisMachine())) {
                return Optional.empty();
            }
            try (FileChannel channel = open()) {
                if (channel.size() != MachineCounter.BYTES) {
                    return Optional.empty();
                }
                MemorySegment cells = channel.map(FileChannel.MapMode.READ_WRITE, 0, MachineCounter.BYTES, arena);
                return Optional.of(cells).filter(shared -> shared.get(ValueLayout.JAVA_LONG, SIGN) == sign);
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        /** Those who have it open keep the memory. */
        void withdraw() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new CommException("cannot remove " + file + ", the file behind a shared counter", e);
            }
        }

        /** This host since its last start; nothing where the system does not say. */
        private static String thisMachine() {
            try {
                Path kernel = Path.of("/proc/sys/kernel");
                String name = Files.readString(kernel.resolve("hostname")).strip();
                return name + " since boot " + Files.readString(kernel.resolve("random/boot_id")).strip();
            } catch (IOException e) {
                return "";
            }
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
