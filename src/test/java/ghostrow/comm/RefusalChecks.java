package ghostrow.comm;

import static ghostrow.comm.Buffer.seed;
import static ghostrow.comm.Check.around;

import ghostrow.comm.Comm.Exchange;
import ghostrow.comm.Comm.Message;
import ghostrow.comm.Comm.Op;
import ghostrow.comm.Comm.Type;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.List;

/**
 * Wrong arguments are refused in words before a library sees them, and the group works on as if nothing was.
 */
final class RefusalChecks {
    private RefusalChecks() {
    }

    static List<Check> all() {
        return List.of(
                new Check("a peer that does not exist is refused", RefusalChecks::peers),
                new Check("a tag out of range is refused", RefusalChecks::tags),
                new Check("a root that does not exist is refused", RefusalChecks::roots),
                new Check("memory that was given back is refused", RefusalChecks::givenBack),
                new Check("reductions of unlike or broken lengths are refused", RefusalChecks::reductions),
                new Check("gathers of wrong lengths are refused", RefusalChecks::gathers),
                new Check("a blocking send to oneself is refused", RefusalChecks::self),
                new Check("a colour below 0 is refused", RefusalChecks::colours),
                new Check("a window of less than a byte is refused", RefusalChecks::windows),
                new Check("an exchange started out of turn is refused", RefusalChecks::turns));
    }

    private static void peers(Comm comm, Arena arena) {
        MemorySegment b = arena.allocate(8, 8);
        for (int peer : new int[] {comm.size(), comm.size() + 100, -3, Integer.MIN_VALUE}) {
            String says = Integer.toString(peer);
            refused(comm, says, () -> comm.send(b, peer, 0));
            refused(comm, says, () -> comm.recv(b, peer, 0));
            refused(comm, says, () -> comm.isend(b, peer, 0));
            refused(comm, says, () -> comm.irecv(b, peer, 0));
            refused(comm, says, () -> comm.sendrecv(b, peer, 0, b, Comm.PROC_NULL, 0));
            refused(comm, says, () -> comm.sendrecv(b, Comm.PROC_NULL, 0, b, peer, 0));
            refused(comm, says, () -> comm.exchange(List.of(Message.to(peer, b, 0))));
            refused(comm, says, () -> comm.exchange(List.of(Message.from(peer, b, 0))));
            refused(comm, says, () -> comm.sendObject("text", peer, 0));
            refused(comm, says, () -> comm.recvObject(peer, 0));
            refused(comm, says, () -> comm.ssend(b, peer, 0));
            refused(comm, says, () -> comm.probe(peer, 0));
            refused(comm, says, () -> comm.iprobe(peer, 0));
        }
        refused(comm, "-2", () -> comm.send(b, Comm.ANY_SOURCE, 0));
        refused(comm, "-2", () -> comm.sendrecv(b, Comm.ANY_SOURCE, 0, b, Comm.PROC_NULL, 0));
        refused(comm, "-2", () -> comm.exchange(List.of(Message.to(Comm.ANY_SOURCE, b, 0))));
        stillWorks(comm, arena);
    }

    private static void tags(Comm comm, Arena arena) {
        MemorySegment b = arena.allocate(8, 8);
        int peer = around(comm, -1);
        for (int tag : new int[] {-2, Comm.MAX_TAG + 1}) {
            String says = Integer.toString(tag);
            refused(comm, says, () -> comm.recv(b, peer, tag));
            refused(comm, says, () -> comm.isend(b, peer, tag));
            refused(comm, says, () -> comm.irecv(b, peer, tag));
            refused(comm, says, () -> comm.sendrecv(b, peer, tag, b, peer, 0));
            refused(comm, says, () -> comm.sendrecv(b, peer, 0, b, peer, tag));
            refused(comm, says, () -> comm.exchange(List.of(Message.from(peer, b, tag))));
            refused(comm, says, () -> comm.iprobe(peer, tag));
        }
        refused(comm, "-1", () -> comm.isend(b, peer, Comm.ANY_TAG));
        refused(comm, "-1", () -> comm.sendrecv(b, peer, Comm.ANY_TAG, b, peer, 0));
        stillWorks(comm, arena);
    }

    private static void roots(Comm comm, Arena arena) {
        MemorySegment b = arena.allocate(8, 8);
        MemorySegment all = arena.allocate(8L * comm.size(), 8);
        for (int root : new int[] {-1, comm.size()}) {
            String says = Integer.toString(root);
            refused(comm, says, () -> comm.bcast(b, root));
            refused(comm, says, () -> comm.reduce(Op.SUM, Type.LONG, b, b.asSlice(0), root));
            refused(comm, says, () -> comm.gather(b, all, root));
            refused(comm, says, () -> comm.gatherv(b, all, new long[comm.size()], root));
            refused(comm, says, () -> comm.scatter(all, b, root));
            refused(comm, says, () -> comm.scatterv(all, new long[comm.size()], b, root));
            refused(comm, says, () -> comm.ibcast(b, root));
            refused(comm, says, () -> comm.bcastObject("text", root));
            refused(comm, says, () -> comm.gatherObjects("text", root));
        }
        stillWorks(comm, arena);
    }

    private static void givenBack(Comm comm, Arena arena) {
        MemorySegment b = arena.allocate(8, 8);
        MemorySegment gone;
        try (Arena brief = Arena.ofShared()) {
            gone = brief.allocate(8, 8);
        }
        int peer = around(comm, -1);
        refused(comm, "given back", () -> comm.isend(gone, peer, 0));
        refused(comm, "given back", () -> comm.recv(gone, peer, 0));
        refused(comm, "given back", () -> comm.irecv(gone, peer, 0));
        refused(comm, "given back", () -> comm.sendrecv(b, peer, 0, gone, peer, 0));
        refused(comm, "given back", () -> comm.bcast(gone, 0));
        refused(comm, "given back", () -> comm.ibcast(gone, 0));
        refused(comm, "given back", () -> comm.allreduce(Op.SUM, Type.DOUBLE, gone, b));
        refused(comm, "given back", () -> comm.iallreduce(Op.SUM, Type.DOUBLE, b, gone));
        refused(comm, "given back", () -> comm.scan(Op.SUM, Type.DOUBLE, gone, b));
        refused(comm, "given back", () -> comm.allgather(b, gone));
        refused(comm, "given back", () -> comm.alltoall(gone, b));
        stillWorks(comm, arena);
    }

    private static void reductions(Comm comm, Arena arena) {
        MemorySegment eight = arena.allocate(8, 8);
        MemorySegment twelve = arena.allocate(12, 8);
        MemorySegment sixteen = arena.allocate(16, 8);
        refused(comm, "12", () -> comm.allreduce(Op.SUM, Type.LONG, twelve, twelve));
        refused(comm, "16", () -> comm.allreduce(Op.SUM, Type.LONG, sixteen, eight));
        refused(comm, "16", () -> comm.reduce(Op.MAX, Type.DOUBLE, eight, sixteen, comm.rank()));
        refused(comm, "12", () -> comm.scan(Op.SUM, Type.DOUBLE, twelve, twelve));
        refused(comm, "16", () -> comm.exscan(Op.SUM, Type.INT, sixteen, eight));
        refused(comm, "16", () -> comm.iallreduce(Op.SUM, Type.INT, sixteen, eight));
        refused(comm, "pairs", () -> comm.allreduce(Op.MINLOC, Type.DOUBLE, eight, eight));
        refused(comm, "whole numbers", () -> comm.allreduce(Op.BAND, Type.DOUBLE, eight, eight));
        refused(comm, "whole numbers", () -> comm.scan(Op.LOR, Type.FLOAT, eight, eight));
        refused(comm, "reduceScatter", () -> comm.reduceScatter(Op.SUM, Type.LONG, arena.allocate(8L * comm.size() + 8),
                eight));
        stillWorks(comm, arena);
    }

    /** Every rank names itself the root, as only the root knows what is wrong. */
    private static void gathers(Comm comm, Arena arena) {
        int n = comm.size();
        MemorySegment mine = arena.allocate(16, 8);
        MemorySegment tooSmall = arena.allocate(16L * n - 1, 8);
        refused(comm, "" + tooSmall.byteSize(), () -> comm.gather(mine, tooSmall, comm.rank()));
        refused(comm, "" + (n + 1), () -> comm.gatherv(mine, tooSmall, new long[n + 1], comm.rank()));
        refused(comm, "16", () -> comm.gatherv(mine, arena.allocate(0), new long[n], comm.rank()));
        long[] negative = new long[n];
        negative[n - 1] = -16;
        refused(comm, "-16", () -> comm.gatherv(mine, tooSmall, negative, comm.rank()));
        refused(comm, "" + tooSmall.byteSize(), () -> comm.scatter(tooSmall, mine, comm.rank()));
        refused(comm, "" + (n + 1), () -> comm.scatterv(tooSmall, new long[n + 1], mine, comm.rank()));
        refused(comm, "-16", () -> comm.scatterv(tooSmall, negative, mine, comm.rank()));
        refused(comm, "" + tooSmall.byteSize(), () -> comm.allgather(mine, tooSmall));
        refused(comm, "" + (n + 1), () -> comm.allgatherv(mine, tooSmall, new long[n + 1]));
        refused(comm, "" + (n + 1), () -> comm.alltoallv(tooSmall, new long[n + 1], mine, new long[n]));
        MemorySegment twice = arena.allocate(16L * n);
        refused(comm, "same memory", () -> comm.alltoall(twice, twice));
        refused(comm, "needs as many objects", () -> comm.scatterObjects(Collections.nCopies(n + 1, "text"), comm.rank()));
        stillWorks(comm, arena);
    }

    private static void self(Comm comm, Arena arena) {
        MemorySegment b = arena.allocate(8, 8);
        refused(comm, "itself", () -> comm.send(b, comm.rank(), 0));
        refused(comm, "itself", () -> comm.sendObject("text", comm.rank(), 0));
        stillWorks(comm, arena);
    }

    private static void colours(Comm comm, Arena arena) {
        refused(comm, "a group of colour -1; colours start at 0", () -> comm.split(-1, 0));
        stillWorks(comm, arena);
    }

    private static void windows(Comm comm, Arena arena) {
        for (long bytes : new long[] {0, -8}) {
            refused(comm, "a window of " + bytes + " bytes", () -> comm.window(bytes));
        }
        stillWorks(comm, arena);
    }

    /** A second start would send and receive over messages that are still on their way. */
    private static void turns(Comm comm, Arena arena) {
        Buffer incoming = Buffer.blank(arena, 100);
        int from = around(comm, -1);
        List<Message> messages = List.of(Message.from(from, incoming.bytes(), 1),
                Message.to(around(comm, 1), Buffer.filled(arena, 100, seed(comm.rank())).bytes(), 1));
        Exchange exchange = comm.exchange(messages);
        exchange.start();
        refused(comm, "twice without an await", exchange::start);
        exchange.await();
        exchange.await();
        incoming.expect(seed(from));
        exchange.close();
        refused(comm, "after its close", exchange::start);
        try (Arena brief = Arena.ofShared()) {
            exchange = comm.exchange(List.of(Message.from(from, brief.allocate(8), 1)));
        }
        refused(comm, "memory has been given back", exchange::start);
        exchange.close();
        stillWorks(comm, arena);
    }

    private static void refused(Comm comm, String says, Runnable call) {
        try {
            call.run();
        } catch (CommException e) {
            if (!e.getMessage().contains(says)) {
                throw new AssertionError("the refusal does not name '" + says + "': " + e.getMessage(), e);
            }
            return;
        }
        throw new AssertionError("a call that should be refused for '" + says + "' was accepted");
    }

    /** Round the ring both ways: half of a refused call that was begun all the same would be met here. */
    private static void stillWorks(Comm comm, Arena arena) {
        for (int steps : new int[] {1, -1}) {
            Buffer incoming = Buffer.blank(arena, 100);
            int from = around(comm, -steps);
            comm.sendrecv(Buffer.filled(arena, 100, seed(comm.rank())).bytes(), around(comm, steps), 0,
                    incoming.bytes(), from, 0);
            incoming.expect(seed(from));
        }
        comm.barrier();
    }
}
