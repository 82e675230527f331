package ghostrow.comm;

import static ghostrow.comm.Buffer.seed;
import static ghostrow.comm.Check.same;

import java.lang.foreign.Arena;
import java.util.Arrays;
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
                new Check("1 MiB from every root", LargeChecks::everyRoot),
                new Check("an object of 5 MiB", LargeChecks::object),
                new Check("16 MiB from the first rank to the last",
                        (comm, arena) -> pass(comm, arena, 16 * MIB)),
                new Check("16 MiB to every rank", (comm, arena) -> bcast(comm, arena, 16 * MIB)),
                new Check("16 MiB gathered in unequal parts", LargeChecks::gatherv));
    }

    static List<Check> huge() {
        return List.of(
                new Check("2^31+24 bytes from the first rank to the last and back to all",
                        LargeChecks::thereAndBack));
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

    private static void everyRoot(Comm comm, Arena arena) {
        for (int root = 0; root < comm.size(); root++) {
            Buffer buffer = comm.rank() == root
                    ? Buffer.filled(arena, MIB, seed(root)) : Buffer.blank(arena, MIB);
            comm.bcast(buffer.bytes(), root);
            buffer.expect(seed(root));
        }
    }

    private static void object(Comm comm, Arena arena) {
        byte[] object = new byte[5 << 20];
        Arrays.fill(object, (byte) 7);
        int last = comm.size() - 1;
        if (comm.rank() == 0 && last > 0) {
            comm.sendObject(object, last, 1);
        } else if (comm.rank() == last && last > 0) {
            same(true, Arrays.equals(object, (byte[]) comm.recvObject(0, 1)), "equality of the object");
        }
    }

    /** One buffer a rank, as memory is what such a message costs. */
    private static void thereAndBack(Comm comm, Arena arena) {
        int last = comm.size() - 1;
        Buffer buffer = comm.rank() == 0 ? Buffer.filled(arena, HUGE, seed(1)) : Buffer.blank(arena, HUGE);
        if (comm.rank() == 0) {
            comm.send(buffer.bytes(), last, 1);
            buffer.bytes().fill((byte) 0);
        } else if (comm.rank() == last) {
            comm.recv(buffer.bytes(), 0, 1);
        }
        comm.bcast(buffer.bytes(), last);
        buffer.expect(seed(1));
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
            bytes[rank] = rank == 0 ? 12 * MIB : 4 * MIB / comm.size() + rank;
        }
        PartChecks.gatherv(comm, arena, bytes, 0);
    }
}
