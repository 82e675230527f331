package ghostrow.trace;

import ghostrow.comm.Comm;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;

/**
 * How a rank's clock stood to rank 0's at some moment: by the shortest of many round trips, half of which is how far off
 * it may be.
 *
 * @param at     by the rank's clock, nanoseconds
 * @param offset to be added for rank 0's
 * @param error  nanoseconds that the offset may be wrong, either way
 */
record ClockFit(long at, long offset, long error) {
    private static final int ROUNDS = 100;
    private static final int TAG = 31_007;
    private static final ClockFit SAME = new ClockFit(0, 0, 0);

    /** Whether this rank reads the same clock as rank 0: that of a machine since it was started. Collective. */
    static boolean isShared(Comm comm) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment machine = arena.allocate(ValueLayout.JAVA_LONG, 2);
            long[] mine = machine();
            MemorySegment.copy(mine, 0, machine, ValueLayout.JAVA_LONG, 0, mine.length);
            comm.bcast(machine, 0);
            return Arrays.equals(mine, machine.toArray(ValueLayout.JAVA_LONG)) && mine[0] != 0;
        }
    }

    /** Zeros where the system does not tell. */
    private static long[] machine() {
        try {
            UUID boot = UUID.fromString(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
            return new long[] {boot.getMostSignificantBits(), boot.getLeastSignificantBits()};
        } catch (IOException | IllegalArgumentException e) {
            return new long[2];
        }
    }

    /** Collective: rank 0 with each of the others in turn. */
    static ClockFit of(Comm comm) {
        ClockFit mine = SAME;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
            MemorySegment in = arena.allocate(ValueLayout.JAVA_LONG);
            for (int rank = 1; rank < comm.size(); rank++) {
                if (comm.rank() == 0) {
                    answer(comm, rank, out, in);
                } else if (comm.rank() == rank) {
                    mine = ask(comm, out, in);
                }
                // The others keep off: more ranks than cores would take turns, and lengthen each way.
                comm.barrier();
            }
        }
        return mine;
    }

    private static void answer(Comm comm, int rank, MemorySegment out, MemorySegment in) {
        for (int round = 0; round < ROUNDS; round++) {
            comm.recv(in, rank, TAG);
            out.set(ValueLayout.JAVA_LONG, 0, System.nanoTime());
            comm.send(out, rank, TAG);
        }
    }

    private static ClockFit ask(Comm comm, MemorySegment out, MemorySegment in) {
        ClockFit best = new ClockFit(0, 0, Long.MAX_VALUE);
        for (int round = 0; round < ROUNDS; round++) {
            long before = System.nanoTime();
            comm.send(out, 0, TAG);
            comm.recv(in, 0, TAG);
            long after = System.nanoTime();
            long half = (after - before + 1) / 2;
            if (half < best.error) {
                long middle = before + half;
                best = new ClockFit(middle, in.get(ValueLayout.JAVA_LONG, 0) - middle, half);
            }
        }
        return best;
    }
}
