package ghostrow.comm;

import static ghostrow.comm.Buffer.seed;
import static ghostrow.comm.Check.around;

import ghostrow.comm.Comm.Exchange;
import ghostrow.comm.Comm.Message;
import ghostrow.comm.Comm.Op;
import ghostrow.comm.Comm.Type;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
                new Check("a buffer on the heap is refused", RefusalChecks::heapBuffers),
                new Check("reductions of unlike or broken lengths are refused", RefusalChecks::reductions),
                new Check("gathers of wrong lengths are refused", RefusalChecks::gathers),
                new Check("a blocking send to oneself is refused", RefusalChecks::self),
                new Check("a colour below 0 is refused", RefusalChecks::colours),
                new Check("a window of less than a byte is refused", RefusalChecks::windows),
                new Check("an exchange started out of turn is refused", RefusalChecks::turns));
    }

    private static void peers(Comm comm, Arena arena) {
        MemorySegment b = arena.allocate(8, 8);
        for (int peer : new int[] {comm.size(), comm.size() + 100, -2, Integer.MIN_VALUE}) {
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
        }
        stillWorks(comm, arena);
    }

    private static void tags(Comm comm, Arena arena) {
        MemorySegment b = arena.allocate(8, 8);
        int peer = around(comm, -1);
        for (int tag : new int[] {-1, Comm.MAX_TAG + 1}) {
            String says = Integer.toString(tag);
            refused(comm, says, () -> comm.recv(b, peer, tag));
            refused(comm, says, () -> comm.isend(b, peer, tag));
            refused(comm, says, () -> comm.irecv(b, peer, tag));
            refused(comm, says, () -> comm.sendrecv(b, peer, tag, b, peer, 0));
            refused(comm, says, () -> comm.sendrecv(b, peer, 0, b, peer, tag));
            refused(comm, says, () -> comm.exchange(List.of(Message.from(peer, b, tag))));
        }
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
        }
        stillWorks(comm, arena);
    }

    private static void heapBuffers(Comm comm, Arena arena) {
        MemorySegment b = arena.allocate(8, 8);
        MemorySegment heap = MemorySegment.ofArray(new double[1]);
        int peer = around(comm, -1);
        refused(comm, "heap", () -> comm.isend(heap, peer, 0));
        refused(comm, "heap", () -> comm.recv(heap, peer, 0));
        refused(comm, "heap", () -> comm.irecv(heap, peer, 0));
        refused(comm, "heap", () -> comm.sendrecv(heap, peer, 0, b, peer, 0));
        refused(comm, "heap", () -> comm.sendrecv(b, peer, 0, heap, peer, 0));
        refused(comm, "heap", () -> comm.exchange(List.of(Message.to(peer, heap, 0))));
        refused(comm, "heap", () -> comm.bcast(heap, 0));
        refused(comm, "heap", () -> comm.allreduce(Op.SUM, Type.DOUBLE, heap, b));
        refused(comm, "heap", () -> comm.allreduce(Op.SUM, Type.DOUBLE, b, heap));
        refused(comm, "heap", () -> comm.gather(heap, b, 0));
        stillWorks(comm, arena);
    }

    private static void reductions(Comm comm, Arena arena) {
        MemorySegment eight = arena.allocate(8, 8);
        MemorySegment twelve = arena.allocate(12, 8);
        MemorySegment sixteen = arena.allocate(16, 8);
        refused(comm, "12", () -> comm.allreduce(Op.SUM, Type.LONG, twelve, twelve));
        refused(comm, "16", () -> comm.allreduce(Op.SUM, Type.LONG, sixteen, eight));
        refused(comm, "16", () -> comm.reduce(Op.MAX, Type.DOUBLE, eight, sixteen, comm.rank()));
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
