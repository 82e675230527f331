package ghostrow.comm;

import static ghostrow.comm.Buffer.seed;
import static ghostrow.comm.Check.around;
import static ghostrow.comm.Check.same;

import ghostrow.comm.Comm.Completed;
import ghostrow.comm.Comm.Request;
import ghostrow.comm.Comm.Status;
import ghostrow.comm.CommException.ErrorClass;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Receives that leave something open, and what is said of what has come. */
final class ReceiveChecks {
    private static final int ROUNDS = 20;

    private ReceiveChecks() {
    }

    static List<Check> all() {
        return List.of(
                new Check("a status says who sent what", ReceiveChecks::statuses),
                new Check("a message may be shorter than its room", ReceiveChecks::shorter),
                new Check("a status of nothing from nobody", ReceiveChecks::ofNobody),
                new Check("a message longer than its room is refused", ReceiveChecks::tooLong),
                new Check("from any rank", ReceiveChecks::fromAny),
                new Check("of any tag, in order", ReceiveChecks::ofAnyTag),
                new Check("from any rank of any tag, without waiting", ReceiveChecks::anyWithoutWaiting),
                new Check("a sendrecv from any rank", ReceiveChecks::sendrecvFromAny),
                new Check("messages of one rank arrive in order from any", ReceiveChecks::inOrder),
                new Check("probe tells of a message and leaves it", ReceiveChecks::probe),
                new Check("iprobe finds what is there and nothing else", ReceiveChecks::iprobe),
                new Check("ssend in every direction", ReceiveChecks::ssend),
                new Check("ssend waits for its receiver", ReceiveChecks::ssendWaits),
                new Check("test tells when a message is there", ReceiveChecks::test),
                new Check("awaitAny takes each request once", ReceiveChecks::awaitAny),
                new Check("awaitAny takes the one that comes", ReceiveChecks::awaitAnyOfWhatComes),
                new Check("awaitAll passes over empty places", ReceiveChecks::awaitAll),
                new Check("objects from any rank", ReceiveChecks::objectsFromAny));
    }

    private static void expect(Status status, int source, int tag, long bytes) {
        same(new Status(source, tag, bytes), status, "the status");
    }

    private static void statuses(Comm comm, Arena arena) {
        int to = around(comm, 1);
        int from = around(comm, -1);
        for (long size : new long[] {0, 1, 900, 20_000}) {
            Buffer outgoing = Buffer.filled(arena, size, seed(comm.rank(), size));
            Buffer incoming = Buffer.blank(arena, size);
            expect(comm.sendrecv(outgoing.bytes(), to, 6, incoming.bytes(), from, 6), from, 6, size);
            Request receive = comm.irecv(incoming.bytes(), from, 7);
            Request send = comm.isend(outgoing.bytes(), to, 7);
            expect(receive.await(), from, 7, size);
            expect(receive.await(), from, 7, size);
            same(Status.NOTHING, send.await(), "the status of a send");
            Request next = comm.isend(outgoing.bytes(), to, 8);
            expect(comm.recv(incoming.bytes(), from, 8), from, 8, size);
            next.await();
            incoming.expect(seed(from, size));
        }
    }

    private static void shorter(Comm comm, Arena arena) {
        int to = around(comm, 1);
        int from = around(comm, -1);
        for (long size : new long[] {0, 1, 700}) {
            Buffer outgoing = Buffer.filled(arena, size, seed(comm.rank(), size));
            Buffer[] rooms = {Buffer.blank(arena, 900), Buffer.blank(arena, 900), Buffer.blank(arena, 900)};
            Request receive = comm.irecv(rooms[0].bytes(), from, 1);
            Request sends = comm.isend(outgoing.bytes(), to, 1);
            expect(receive.await(), from, 1, size);
            sends.await();
            sends = comm.isend(outgoing.bytes(), to, 2);
            expect(comm.recv(rooms[1].bytes(), from, 2), from, 2, size);
            sends.await();
            expect(comm.sendrecv(outgoing.bytes(), to, 3, rooms[2].bytes(), from, 3), from, 3, size);
            for (Buffer room : rooms) {
                room.expectPart(0, size, seed(from, size), "the message");
                new Buffer(room.whole(), room.bytes().asSlice(0, size)).expectGuards();
            }
        }
    }

    private static void ofNobody(Comm comm, Arena arena) {
        MemorySegment room = arena.allocate(8);
        same(Status.NOTHING, comm.recv(room, Comm.PROC_NULL, 1), "the status of recv");
        same(Status.NOTHING, comm.irecv(room, Comm.PROC_NULL, Comm.ANY_TAG).await(), "the status of irecv");
        same(Status.NOTHING, comm.sendrecv(room, Comm.PROC_NULL, 1, room.asSlice(4), Comm.PROC_NULL, 1),
                "the status of sendrecv");
        same(Status.NOTHING, comm.probe(Comm.PROC_NULL, 1), "the status of probe");
        same(Optional.of(Status.NOTHING), comm.iprobe(Comm.PROC_NULL, 1), "the answer of iprobe");
        same(true, comm.isend(room, Comm.PROC_NULL, 1).test(), "completeness of a send to nobody");
        comm.ssend(room, Comm.PROC_NULL, 1);
    }

    /** Rank 0 gets one of each, in whatever order they come. */
    private static void fromAny(Comm comm, Arena arena) {
        if (comm.rank() > 0) {
            comm.send(Buffer.filled(arena, 100 + comm.rank(), seed(comm.rank())).bytes(), 0, 9);
            return;
        }
        Set<Integer> senders = new HashSet<>();
        for (int i = 1; i < comm.size(); i++) {
            Buffer room = Buffer.blank(arena, 200);
            Status status = comm.recv(room.bytes(), Comm.ANY_SOURCE, 9);
            expect(status, status.source(), 9, 100 + status.source());
            room.expectPart(0, status.bytes(), seed(status.source()), "the message");
            senders.add(status.source());
        }
        same(comm.size() - 1L, senders.size(), "the number of ranks heard");
    }

    private static void ofAnyTag(Comm comm, Arena arena) {
        int to = around(comm, 1);
        int from = around(comm, -1);
        List<Request> sends = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            sends.add(comm.isend(Buffer.filled(arena, 50, seed(comm.rank(), i)).bytes(), to, 1000 - 7 * i));
        }
        for (int i = 0; i < ROUNDS; i++) {
            Buffer room = Buffer.blank(arena, 50);
            expect(comm.recv(room.bytes(), from, Comm.ANY_TAG), from, 1000 - 7 * i, 50);
            room.expect(seed(from, i));
        }
        sends.forEach(Request::await);
    }

    /** Each rank gets one message from each, itself included. */
    private static void anyWithoutWaiting(Comm comm, Arena arena) {
        List<Buffer> rooms = new ArrayList<>();
        List<Request> receives = new ArrayList<>();
        for (int i = 0; i < comm.size(); i++) {
            rooms.add(Buffer.blank(arena, 100));
            receives.add(comm.irecv(rooms.get(i).bytes(), Comm.ANY_SOURCE, Comm.ANY_TAG));
        }
        comm.barrier();
        List<Request> sends = new ArrayList<>();
        for (int to = 0; to < comm.size(); to++) {
            sends.add(comm.isend(Buffer.filled(arena, 90, seed(comm.rank(), to)).bytes(), to, comm.rank() + 5));
        }
        Set<Integer> senders = new HashSet<>();
        for (int i = 0; i < comm.size(); i++) {
            Status status = receives.get(i).await();
            expect(status, status.source(), status.source() + 5, 90);
            rooms.get(i).expectPart(0, 90, seed(status.source(), comm.rank()), "the message");
            senders.add(status.source());
        }
        sends.forEach(Request::await);
        same((long) comm.size(), senders.size(), "the number of ranks heard");
    }

    private static void sendrecvFromAny(Comm comm, Arena arena) {
        Buffer room = Buffer.blank(arena, 300);
        int from = around(comm, -1);
        expect(comm.sendrecv(Buffer.filled(arena, 300, seed(comm.rank())).bytes(), around(comm, 1), 4, room.bytes(),
                Comm.ANY_SOURCE, Comm.ANY_TAG), from, 4, 300);
        room.expect(seed(from));
    }

    private static void inOrder(Comm comm, Arena arena) {
        List<Request> sends = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            sends.add(comm.isend(Buffer.filled(arena, 40, seed(comm.rank(), i)).bytes(), 0, 5));
        }
        if (comm.rank() == 0) {
            int[] next = new int[comm.size()];
            for (int i = 0; i < ROUNDS * comm.size(); i++) {
                Buffer room = Buffer.blank(arena, 40);
                int source = comm.recv(room.bytes(), Comm.ANY_SOURCE, 5).source();
                room.expect(seed(source, next[source]++));
            }
        }
        sends.forEach(Request::await);
    }

    /** Who does not know how long a message is asks first. */
    private static void probe(Comm comm, Arena arena) {
        int to = around(comm, 1);
        int from = around(comm, -1);
        for (int size : new int[] {0, 33, 900}) {
            Request send = comm.isend(Buffer.filled(arena, size, seed(comm.rank(), size)).bytes(), to, size);
            expect(comm.probe(from, Comm.ANY_TAG), from, size, size);
            expect(comm.probe(Comm.ANY_SOURCE, size), from, size, size);
            Buffer room = Buffer.blank(arena, comm.probe(from, size).bytes());
            expect(comm.recv(room.bytes(), from, size), from, size, size);
            room.expect(seed(from, size));
            send.await();
        }
    }

    private static void iprobe(Comm comm, Arena arena) {
        int to = around(comm, 1);
        int from = around(comm, -1);
        same(Optional.empty(), comm.iprobe(Comm.ANY_SOURCE, Comm.ANY_TAG), "the answer before anything was sent");
        comm.barrier();
        Request send = comm.isend(Buffer.filled(arena, 60, seed(comm.rank())).bytes(), to, 11);
        Optional<Status> found = Optional.empty();
        while (found.isEmpty()) {
            found = comm.iprobe(from, 11);
            same(Optional.empty(), comm.iprobe(from, 12), "the answer about another tag");
            Thread.yield();
        }
        expect(found.get(), from, 11, 60);
        Buffer room = Buffer.blank(arena, 60);
        comm.recv(room.bytes(), from, 11);
        room.expect(seed(from));
        send.await();
        comm.barrier();
        same(Optional.empty(), comm.iprobe(Comm.ANY_SOURCE, Comm.ANY_TAG), "the answer when all was received");
    }

    private static void ssend(Comm comm, Arena arena) {
        for (int from = 0; from < comm.size(); from++) {
            for (int to = 0; to < comm.size(); to++) {
                for (long size : new long[] {0, 1000, 20_000}) {
                    if (from != to && comm.rank() == from) {
                        comm.ssend(Buffer.filled(arena, size, seed(from, to)).bytes(), to, 3);
                    } else if (from != to && comm.rank() == to) {
                        Buffer incoming = Buffer.blank(arena, size);
                        comm.recv(incoming.bytes(), from, 3);
                        incoming.expect(seed(from, to));
                    }
                }
            }
        }
    }

    /** What the first rank does before it receives is done when the last one's ssend is over. */
    private static void ssendWaits(Comm comm, Arena arena) throws Exception {
        int last = comm.size() - 1;
        if (last == 0) {
            return;
        }
        try (Comm.Counter counter = comm.counter()) {
            if (comm.rank() == last) {
                comm.ssend(arena.allocate(8), 0, 2);
                same(1, counter.getAndAdd(0), "what the receiver has counted before it receives");
            } else if (comm.rank() == 0) {
                Thread.sleep(30);
                counter.getAndAdd(1);
                comm.recv(arena.allocate(8), last, 2);
            }
            comm.barrier();
        }
    }

    private static void test(Comm comm, Arena arena) {
        int to = around(comm, 1);
        int from = around(comm, -1);
        Buffer room = Buffer.blank(arena, 100);
        Request receive = comm.irecv(room.bytes(), from, 1);
        same(false, receive.test(), "completeness of a receive before its send");
        comm.barrier();
        Request send = comm.isend(Buffer.filled(arena, 100, seed(comm.rank())).bytes(), to, 1);
        while (!receive.test()) {
            Thread.yield();
        }
        same(true, receive.test(), "completeness when it was complete once");
        expect(receive.await(), from, 1, 100);
        room.expect(seed(from));
        while (!send.test()) {
            Thread.yield();
        }
        send.await();
        comm.barrier();
    }

    private static void awaitAny(Comm comm, Arena arena) {
        int n = comm.size();
        Request[] receives = new Request[n + 1];
        Buffer[] rooms = new Buffer[n + 1];
        for (int from = 0; from < n; from++) {
            rooms[from] = Buffer.blank(arena, 100);
            receives[from] = comm.irecv(rooms[from].bytes(), from, 1);
        }
        Request[] sends = new Request[n];
        for (int to = 0; to < n; to++) {
            sends[to] = comm.isend(Buffer.filled(arena, 100, seed(comm.rank(), to)).bytes(), to, 1);
        }
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < n; i++) {
            Completed completed = comm.awaitAny(receives).orElseThrow();
            expect(completed.status(), completed.index(), 1, 100);
            rooms[completed.index()].expect(seed(completed.index(), comm.rank()));
            same(true, receives[completed.index()] == null, "emptiness of the place of what was taken");
            taken.add(completed.index());
        }
        same((long) n, taken.size(), "the number of requests taken");
        same(Optional.empty(), comm.awaitAny(receives), "what is left of all requests");
        comm.awaitAll(sends);
    }

    /** The first of two messages is never sent before the second has come. */
    private static void awaitAnyOfWhatComes(Comm comm, Arena arena) {
        int to = around(comm, 1);
        int from = around(comm, -1);
        Buffer first = Buffer.blank(arena, 10);
        Buffer second = Buffer.blank(arena, 10);
        Request[] receives = {comm.irecv(first.bytes(), from, 1), comm.irecv(second.bytes(), from, 2)};
        Request send = comm.isend(Buffer.filled(arena, 10, seed(2)).bytes(), to, 2);
        same(1, comm.awaitAny(receives).orElseThrow().index(), "the request that is complete");
        comm.barrier();
        send.await();
        send = comm.isend(Buffer.filled(arena, 10, seed(1)).bytes(), to, 1);
        same(0, comm.awaitAny(receives).orElseThrow().index(), "the request that is complete then");
        send.await();
        first.expect(seed(1));
        second.expect(seed(2));
    }

    private static void awaitAll(Comm comm, Arena arena) {
        Buffer room = Buffer.blank(arena, 10);
        int from = around(comm, -1);
        comm.awaitAll(null, comm.irecv(room.bytes(), from, 1), null,
                comm.isend(Buffer.filled(arena, 10, seed(comm.rank())).bytes(), around(comm, 1), 1));
        room.expect(seed(from));
        comm.awaitAll();
    }

    private static void objectsFromAny(Comm comm, Arena arena) {
        if (comm.rank() > 0) {
            comm.sendObject("rank " + comm.rank(), 0, comm.rank());
            return;
        }
        Set<Object> heard = new HashSet<>();
        for (int i = 1; i < comm.size(); i++) {
            heard.add(comm.recvObject(Comm.ANY_SOURCE, Comm.ANY_TAG));
        }
        for (int rank = 1; rank < comm.size(); rank++) {
            same(true, heard.contains("rank " + rank), "whether rank " + rank + " was heard");
        }
    }

    private static void tooLong(Comm comm, Arena arena) {
        int from = around(comm, -1);
        Request send = comm.isend(arena.allocate(16), around(comm, 1), 1);
        try {
            comm.recv(arena.allocate(8), from, 1);
        } catch (CommException e) {
            same(ErrorClass.TRUNCATE, e.errorClass(), "the class of the error");
            send.await();
            return;
        }
        throw new AssertionError("16 bytes were received into 8");
    }
}
