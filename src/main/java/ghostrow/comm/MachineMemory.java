package ghostrow.comm;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Memory of ranks that are all on one machine, shared through a file in {@code /dev/shm}, which has no name any more once
 * all have opened it.
 *
 * <p>MPI's own shared windows would do the same, but Open MPI 4 names the file behind them after the communicator's
 * number, and groups made by one split have the same number: their windows got mixed up when made at the same time.
 */
final class MachineMemory implements AutoCloseable {
    private final Arena arena;
    private final MemorySegment segment;

    private MachineMemory(Arena arena, MemorySegment segment) {
        this.arena = arena;
        this.segment = segment;
    }

    /** Collective: zeros, or nothing if some of the group's ranks do not share memory. */
    static Optional<MachineMemory> over(Comm comm, long bytes) {
        // Who waits for others while the file has a name may be killed there, and the file would stay.
        comm.barrier();
        Arena arena = Arena.ofShared();
        MemorySegment shared;
        boolean all;
        try (Arena brief = Arena.ofConfined()) {
            MemorySegment words = brief.allocate(Invitation.BYTES);
            Optional<Invitation> made = comm.rank() == 0 ? Invitation.make(bytes) : Optional.empty();
            try {
                made.ifPresent(invitation -> invitation.write(words));
                comm.bcast(words, 0);
                shared = Invitation.read(words).flatMap(invitation -> invitation.accept(bytes, arena)).orElse(null);
                all = comm.allreduce(Comm.Op.MIN, shared != null ? 1L : 0L) == 1;
            } finally {
                made.ifPresent(Invitation::withdraw);
            }
        }
        if (all) {
            return Optional.of(new MachineMemory(arena, shared));
        }
        arena.close();
        return Optional.empty();
    }

    MemorySegment segment() {
        return segment;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    /**
     * Where the memory is, and how to know it again.
     *
     * @param machine whose memory it is: on a folder that machines share, each would see a file, but none the others'
     *                changes
     * @param sign    what stands in the file behind the memory; a path may lead to another file where ranks have file
     *                systems of their own
     */
    record Invitation(String machine, long sign, Path file) {
        private static final long LONGEST_NAME = 512;
        static final long BYTES = Long.BYTES + 2 * LONGEST_NAME;
        private static final int PAGES = 1 << 16;

        /** Makes the file; nothing where that fails, or where a machine cannot be told from another. */
        static Optional<Invitation> make(long bytes) {
            String machine = thisMachine();
            if (machine.isEmpty()) {
                return Optional.empty();
            }
            Path memory = Path.of("/dev/shm");
            String prefix = "ghostrow-" + ProcessHandle.current().pid() + "-";
            try {
                Path file = Files.isWritable(memory) ? Files.createTempFile(memory, prefix, ".shared")
                        : Files.createTempFile(prefix, ".shared");
                Invitation invitation = new Invitation(machine, ThreadLocalRandom.current().nextLong(), file);
                return invitation.prepare(bytes) ? Optional.of(invitation) : Optional.empty();
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        /**
         * Returns whether the file is ready; one that is not is gone. It is written, not only made so long: where there
         * is too little memory, a rank would be killed by the first touch.
         */
        private boolean prepare(long bytes) {
            try (FileChannel channel = open()) {
                ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(PAGES, signAt(bytes)));
                for (long left = signAt(bytes); left > 0; left -= zeros.position()) {
                    write(channel, zeros.clear().limit((int) Math.min(zeros.capacity(), left)));
                }
                write(channel, ByteBuffer.allocate(Long.BYTES).putLong(sign).flip());
                return true;
            } catch (IOException e) {
                withdraw();
                return false;
            }
        }

        private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        private static long signAt(long bytes) {
            return Math.ceilDiv(bytes, Long.BYTES) * Long.BYTES;
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
        Optional<MemorySegment> accept(long bytes, Arena arena) {
            if (!machine.equals(thisMachine())) {
                return Optional.empty();
            }
            try (FileChannel channel = open()) {
                ByteBuffer found = ByteBuffer.allocate(Long.BYTES);
                if (channel.size() != signAt(bytes) + Long.BYTES || channel.read(found, signAt(bytes)) != Long.BYTES
                        || found.flip().getLong() != sign) {
                    return Optional.empty();
                }
                return Optional.of(channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena));
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        /** Those who have it open keep the memory. */
        void withdraw() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new CommException("cannot remove " + file + ", the file behind shared memory", e);
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
}
