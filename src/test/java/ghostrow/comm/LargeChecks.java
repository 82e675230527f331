package ghostrow.comm;

import static ghostrow.comm.Buffer.seed;

import java.lang.foreign.Arena;
import java.util.List;

/** Messages far larger than any buffer inside a library. */
final class LargeChecks {
    private static final long MIB = 1L << 20;
    /** Beyond the largest count an int can hold, and not a round number. */
    private static final long HUGE = (1L << 31) + 24;

    private LargeChecks() {
    }

    static List<Check> large() {
        return List.of(
                new Check("64 MiB from the first rank to the last", (comm, arena) -> pass(comm, arena, 64 * MIB)),
                new Check("64 MiB to every rank", (comm, arena) -> bcast(comm, arena, 64 * MIB)),
                new Check("64 MiB gathered in unequal parts", LargeChecks::gatherv));
    }

    static List<Check> huge() {
        return List.of(
                new Check("2^31+24 bytes from the first rank to the last", (comm, arena) -> pass(comm, arena, HUGE)),
                new Check("2^31+24 bytes to every rank", (comm, arena) -> bcast(comm, arena, HUGE)));
    }

    private static void pass(Comm comm, Arena arena, long size) {
        int last = comm.size() - 1;
        if (last == 0) {
            Buffer incoming = Buffer.blank(arena, size);
            comm.sendrecv(Buffer.filled(arena, size, seed(size)).bytes(), 0, 1, incoming.bytes(), 0, 1);
            incoming.expect(seed(size));
        } else if (comm.rank() == 0) {
            Buffer outgoing = Buffer.filled(arena, size, seed(size));
            comm.send(outgoing.bytes(), last, 1);
            outgoing.expect(seed(size));
        } else if (comm.rank() == last) {
            Buffer incoming = Buffer.blank(arena, size);
            comm.recv(incoming.bytes(), 0, 1);
            incoming.expect(seed(size));
        }
    }

    private static void bcast(Comm comm, Arena arena, long size) {
        int root = comm.size() - 1;
        Buffer buffer = Buffer.blank(arena, size);
        if (comm.rank() == root) {
            buffer.fill(seed(size));
        }
        comm.bcast(buffer.bytes(), root);
        buffer.expect(seed(size));
    }

    /** The first rank has nearly all of it, the others a byte more than their predecessor. */
    private static void gatherv(Comm comm, Arena arena) {
        long[] bytes = new long[comm.size()];
        for (int rank = 0; rank < bytes.length; rank++) {
            bytes[rank] = rank == 0 ? 48 * MIB : 16 * MIB / comm.size() + rank;
        }
        CollectiveChecks.gatherv(comm, arena, bytes, 0);
    }
}
