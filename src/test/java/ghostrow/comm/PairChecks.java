package ghostrow.comm;

import static ghostrow.comm.Buffer.seed;
import static ghostrow.comm.Check.around;
import static ghostrow.comm.Check.same;

import ghostrow.comm.Comm.Exchange;
import ghostrow.comm.Comm.Message;
import ghostrow.comm.Comm.Request;
import java.io.Serializable;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Messages between two ranks. */
final class PairChecks {
    private static final long[] SIZES = {0, 1, 8, 1000, 70_001};

    private PairChecks() {
    }

    static List<Check> all() {
        return List.of(
                new Check("sendrecv round the ring, to the right", (comm, arena) -> ring(comm, arena, 1)),
                new Check("sendrecv round the ring, to the left", (comm, arena) -> ring(comm, arena, -1)),
                new Check("sendrecv with oneself", (comm, arena) -> ring(comm, arena, 0)),
                new Check("sendrecv along a line, nobody beyond its ends", PairChecks::line),
                new Check("send and recv between every pair", PairChecks::everyPair),
                new Check("nobody takes and gives nothing", PairChecks::nobody),
                new Check("messages of one pair arrive in order", PairChecks::inOrder),
                new Check("tags tell messages apart", PairChecks::tags),
                new Check("requests awaited in reverse order", PairChecks::reverse),
                new Check("many requests under way", PairChecks::manyRequests),
                new Check("a request awaited again waits for nothing", PairChecks::awaitedAgain),
                new Check("isend and irecv with oneself", PairChecks::oneself),
                new Check("exchange repeated 100 times", PairChecks::repeatedExchange),
                new Check("exchange of nothing", PairChecks::emptyExchange),
                new Check("two exchanges by turns", PairChecks::twoExchanges),
                new Check("objects", PairChecks::objects));
    }

    private static void ring(Comm comm, Arena arena, int steps) {
        int to = around(comm, steps);
        int from = around(comm, -steps);
        for (long size : SIZES) {
            Buffer outgoing = Buffer.filled(arena, size, seed(comm.rank(), to, size));
            Buffer incoming = Buffer.blank(arena, size);
            comm.sendrecv(outgoing.bytes(), to, 7, incoming.bytes(), from, 7);
            incoming.expect(seed(from, comm.rank(), size));
            outgoing.expect(seed(comm.rank(), to, size));
        }
    }

    private static int beforeOrNobody(Comm comm) {
        return comm.rank() == 0 ? Comm.PROC_NULL : comm.rank() - 1;
    }

    private static int afterOrNobody(Comm comm) {
        return comm.rank() == comm.size() - 1 ? Comm.PROC_NULL : comm.rank() + 1;
    }

    private static void line(Comm comm, Arena arena) {
        int from = beforeOrNobody(comm);
        Buffer outgoing = Buffer.filled(arena, 500, seed(comm.rank()));
        Buffer incoming = Buffer.blank(arena, 500);
        comm.sendrecv(outgoing.bytes(), afterOrNobody(comm), 1, incoming.bytes(), from, 1);
        expectFrom(incoming, from);
    }

    private static void expectFrom(Buffer incoming, int from) {
        if (from == Comm.PROC_NULL) {
            incoming.expectUntouched();
        } else {
            incoming.expect(seed(from));
        }
    }

    private static void everyPair(Comm comm, Arena arena) {
        for (int from = 0; from < comm.size(); from++) {
            for (int to = 0; to < comm.size(); to++) {
                for (long size : new long[] {0, 1000}) {
                    if (from != to && comm.rank() == from) {
                        Buffer outgoing = Buffer.filled(arena, size, seed(from, to));
                        comm.send(outgoing.bytes(), to, 3);
                        outgoing.expect(seed(from, to));
                    } else if (from != to && comm.rank() == to) {
                        Buffer incoming = Buffer.blank(arena, size);
                        comm.recv(incoming.bytes(), from, 3);
                        incoming.expect(seed(from, to));
                    }
                }
            }
        }
    }

    private static void nobody(Comm comm, Arena arena) {
        Buffer outgoing = Buffer.filled(arena, 1000, 1);
        Buffer incoming = Buffer.blank(arena, 1000);
        comm.send(outgoing.bytes(), Comm.PROC_NULL, 1);
        comm.recv(incoming.bytes(), Comm.PROC_NULL, 1);
        comm.sendrecv(outgoing.bytes(), Comm.PROC_NULL, 1, incoming.bytes(), Comm.PROC_NULL, 1);
        comm.isend(outgoing.bytes(), Comm.PROC_NULL, 1).await();
        comm.irecv(incoming.bytes(), Comm.PROC_NULL, 1).await();
        try (Exchange exchange = comm.exchange(List.of(Message.to(Comm.PROC_NULL, outgoing.bytes(), 1),
                Message.from(Comm.PROC_NULL, incoming.bytes(), 1)))) {
            exchange.start();
            exchange.await();
        }
        comm.sendObject("nobody reads this", Comm.PROC_NULL, 1);
        if (comm.recvObject(Comm.PROC_NULL, 1) != null) {
            throw new AssertionError("an object came from nobody");
        }
        incoming.expectUntouched();
        outgoing.expect(1);
    }

    private static void inOrder(Comm comm, Arena arena) {
        int to = around(comm, 1);
        int from = around(comm, -1);
        List<Request> sends = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sends.add(comm.isend(Buffer.filled(arena, 64, seed(comm.rank(), i)).bytes(), to, 5));
        }
        for (int i = 0; i < 100; i++) {
            Buffer incoming = Buffer.blank(arena, 64);
            comm.recv(incoming.bytes(), from, 5);
            incoming.expect(seed(from, i));
        }
        sends.forEach(Request::await);
    }

    private static void tags(Comm comm, Arena arena) {
        int to = around(comm, 1);
        int from = around(comm, -1);
        int[] sent = {0, 1, 2, Comm.MAX_TAG};
        int[] wanted = {2, Comm.MAX_TAG, 1, 0};
        List<Request> sends = new ArrayList<>();
        for (int tag : sent) {
            sends.add(comm.isend(Buffer.filled(arena, 100, seed(comm.rank(), tag)).bytes(), to, tag));
        }
        for (int tag : wanted) {
            Buffer incoming = Buffer.blank(arena, 100);
            comm.recv(incoming.bytes(), from, tag);
            incoming.expect(seed(from, tag));
        }
        sends.forEach(Request::await);
    }

    private static void reverse(Comm comm, Arena arena) {
        List<Request> requests = new ArrayList<>();
        List<Buffer> incoming = new ArrayList<>();
        for (int peer = 0; peer < comm.size(); peer++) {
            Buffer buffer = Buffer.blank(arena, 20_000);
            incoming.add(buffer);
            requests.add(comm.irecv(buffer.bytes(), peer, 4));
        }
        for (int peer = 0; peer < comm.size(); peer++) {
            long seed = seed(comm.rank(), peer);
            requests.add(comm.isend(Buffer.filled(arena, 20_000, seed).bytes(), peer, 4));
        }
        requests.reversed().forEach(Request::await);
        for (int peer = 0; peer < comm.size(); peer++) {
            incoming.get(peer).expect(seed(peer, comm.rank()));
        }
    }

    private static void manyRequests(Comm comm, Arena arena) {
        int to = around(comm, 1);
        int from = around(comm, -1);
        List<Request> requests = new ArrayList<>();
        List<Buffer> incoming = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Buffer buffer = Buffer.blank(arena, 200);
            incoming.add(buffer);
            requests.add(comm.irecv(buffer.bytes(), from, i));
            // The sends go out in another order than the receives were posted in.
            int other = (i * 7) % 300;
            requests.add(comm.isend(Buffer.filled(arena, 200, seed(comm.rank(), other)).bytes(), to, other));
        }
        requests.forEach(Request::await);
        for (int i = 0; i < 300; i++) {
            incoming.get(i).expect(seed(from, i));
        }
    }

    /** The later message is sent only when all ranks have awaited the earlier one again. */
    private static void awaitedAgain(Comm comm, Arena arena) {
        int to = around(comm, 1);
        int from = around(comm, -1);
        Buffer early = Buffer.blank(arena, 100);
        Buffer late = Buffer.blank(arena, 100);
        Request arriving = comm.irecv(early.bytes(), from, 1);
        Request leaving = comm.isend(Buffer.filled(arena, 100, seed(comm.rank(), 1)).bytes(), to, 1);
        leaving.await();
        arriving.await();
        Request later = comm.irecv(late.bytes(), from, 2);
        arriving.await();
        leaving.await();
        late.expectUntouched();
        comm.barrier();
        Request last = comm.isend(Buffer.filled(arena, 100, seed(comm.rank(), 2)).bytes(), to, 2);
        later.await();
        last.await();
        early.expect(seed(from, 1));
        late.expect(seed(from, 2));
    }

    private static void oneself(Comm comm, Arena arena) {
        Buffer incoming = Buffer.blank(arena, 70_001);
        Request recv = comm.irecv(incoming.bytes(), comm.rank(), 2);
        Request send = comm.isend(Buffer.filled(arena, 70_001, seed(comm.rank())).bytes(), comm.rank(), 2);
        send.await();
        recv.await();
        incoming.expect(seed(comm.rank()));
    }

    /** What a strip of a field does with its ghost rows: up and down, nobody beyond the edges. */
    private static void repeatedExchange(Comm comm, Arena arena) {
        int above = beforeOrNobody(comm);
        int below = afterOrNobody(comm);
        Buffer outgoing = Buffer.blank(arena, 3000);
        Buffer fromAbove = Buffer.blank(arena, 3000);
        Buffer fromBelow = Buffer.blank(arena, 3000);
        try (Exchange exchange = comm.exchange(List.of(
                Message.from(above, fromAbove.bytes(), 1), Message.from(below, fromBelow.bytes(), 2),
                Message.to(below, outgoing.bytes(), 1), Message.to(above, outgoing.bytes(), 2)))) {
            for (int step = 0; step < 100; step++) {
                outgoing.fill(seed(comm.rank(), step));
                exchange.start();
                exchange.await();
                expectStep(fromAbove, above, step);
                expectStep(fromBelow, below, step);
                outgoing.expect(seed(comm.rank(), step));
            }
        }
    }

    private static void expectStep(Buffer incoming, int from, int step) {
        if (from == Comm.PROC_NULL) {
            incoming.expectUntouched();
        } else {
            incoming.expect(seed(from, step));
        }
    }

    private static void emptyExchange(Comm comm, Arena arena) {
        Buffer outgoing = Buffer.filled(arena, 0, 0);
        Buffer incoming = Buffer.blank(arena, 0);
        try (Exchange none = comm.exchange(List.of());
                Exchange empty = comm.exchange(List.of(Message.to(around(comm, 1), outgoing.bytes(), 1),
                        Message.from(around(comm, -1), incoming.bytes(), 1)))) {
            for (int i = 0; i < 3; i++) {
                none.start();
                empty.start();
                none.await();
                empty.await();
            }
        }
        incoming.expectUntouched();
    }

    private static void twoExchanges(Comm comm, Arena arena) {
        Buffer[] outgoing = {Buffer.blank(arena, 400), Buffer.blank(arena, 400)};
        Buffer[] incoming = {Buffer.blank(arena, 400), Buffer.blank(arena, 400)};
        int from = around(comm, -1);
        Exchange[] exchanges = new Exchange[2];
        for (int i = 0; i < 2; i++) {
            exchanges[i] = comm.exchange(List.of(Message.to(around(comm, 1), outgoing[i].bytes(), 8 + i),
                    Message.from(from, incoming[i].bytes(), 8 + i)));
        }
        for (int step = 0; step < 10; step++) {
            for (int i = 0; i < 2; i++) {
                outgoing[i].fill(seed(comm.rank(), step, i));
                exchanges[i].start();
            }
            for (int i = 1; i >= 0; i--) {
                exchanges[i].await();
                incoming[i].expect(seed(from, step, i));
            }
        }
        exchanges[0].close();
        exchanges[1].close();
    }

    private record Parcel(int sender, List<String> words) implements Serializable {
        Parcel {
            words = new ArrayList<>(words);
        }
    }

    /**
     * From the first rank to the last and back; of one rank alone nothing is asked, as send refuses itself.
     */
    private static void objects(Comm comm, Arena arena) {
        int last = comm.size() - 1;
        for (int from = 0; from <= last && last > 0; from += last) {
            int to = last - from;
            Parcel parcel = new Parcel(from, List.of("zwölf", "", "λ"));
            String text = ("rank " + from + " ").repeat(10_000);
            double[] numbers = {from, -0.0, Double.MIN_VALUE, 1.0 / 3};
            if (comm.rank() == from) {
                comm.sendObject(parcel, to, 1);
                comm.sendObject(text, to, 1);
                comm.sendObject(numbers, to, 2);
            } else if (comm.rank() == to) {
                same(parcel, comm.recvObject(from, 1), "the record");
                same(text, comm.recvObject(from, 1), "the long text");
                same(true, Arrays.equals(numbers, (double[]) comm.recvObject(from, 2)), "equality of arrays");
            }
        }
    }
}
