package ghostrow.comm;

import static ghostrow.comm.Buffer.seed;
import static ghostrow.comm.Check.around;
import static ghostrow.comm.Check.same;

import ghostrow.comm.Comm.Op;
import ghostrow.comm.Comm.Request;
import ghostrow.comm.Comm.Type;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Collective calls that go on while their rank does something else. */
final class BackgroundChecks {
    private static final int LENGTH = 1500;

    private BackgroundChecks() {
    }

    static List<Check> all() {
        return List.of(
                new Check("ibarrier is complete when all ranks have begun it", BackgroundChecks::ibarrier),
                new Check("ibcast from every root", BackgroundChecks::ibcast),
                new Check("iallreduce", BackgroundChecks::iallreduce),
                new Check("iallreduce of pairs", BackgroundChecks::iallreduceOfPairs),
                new Check("several collectives under way at once", BackgroundChecks::several),
                new Check("messages while a collective is under way", BackgroundChecks::messagesMeanwhile),
                new Check("a collective call goes on while its rank receives", BackgroundChecks::receiving));
    }

    /** The last rank begins it when told by message, and all others see that it was not complete before. */
    private static void ibarrier(Comm comm, Arena arena) {
        int last = comm.size() - 1;
        Buffer word = Buffer.blank(arena, 8);
        if (comm.rank() < last) {
            Request request = comm.ibarrier();
            same(false, request.test(), "completeness of a barrier that one rank has not begun");
            comm.isend(word.bytes(), last, 3).await();
            request.await();
            same(true, request.test(), "completeness of a barrier that was awaited");
        } else {
            for (int from = 0; from < last; from++) {
                comm.recv(word.bytes(), from, 3);
            }
            Request request = comm.ibarrier();
            while (!request.test()) {
                Thread.onSpinWait();
            }
            request.await();
        }
    }

    private static void ibcast(Comm comm, Arena arena) {
        for (int root = 0; root < comm.size(); root++) {
            for (long size : new long[] {0, 1, 5000}) {
                Buffer buffer = Buffer.blank(arena, size);
                if (comm.rank() == root) {
                    buffer.fill(seed(root, size));
                }
                comm.ibcast(buffer.bytes(), root).await();
                buffer.expect(seed(root, size));
            }
        }
    }

    private static Buffer numbers(Arena arena, int rank, int round) {
        Buffer mine = Buffer.aligned(arena, LENGTH * 8L);
        for (int i = 0; i < LENGTH; i++) {
            mine.bytes().setAtIndex(ValueLayout.JAVA_LONG, i, (long) (rank + 1) * (i + round));
        }
        return mine;
    }

    private static void expectSums(Buffer result, int ranks, int round) {
        result.expectGuards();
        for (int i = 0; i < LENGTH; i++) {
            same((long) ranks * (ranks + 1) / 2 * (i + round), result.bytes().getAtIndex(ValueLayout.JAVA_LONG, i), "a sum");
        }
    }

    private static void iallreduce(Comm comm, Arena arena) {
        Buffer result = Buffer.aligned(arena, LENGTH * 8L);
        Request request = comm.iallreduce(Op.SUM, Type.LONG, numbers(arena, comm.rank(), 0).bytes(), result.bytes());
        request.await();
        request.await();
        expectSums(result, comm.size(), 0);
    }

    private static void iallreduceOfPairs(Comm comm, Arena arena) {
        Buffer mine = Buffer.aligned(arena, 2 * 8L);
        Buffer result = Buffer.aligned(arena, 2 * 8L);
        mine.bytes().setAtIndex(ValueLayout.JAVA_DOUBLE, 0, -0.5 * comm.rank());
        mine.bytes().setAtIndex(ValueLayout.JAVA_DOUBLE, 1, comm.rank());
        comm.iallreduce(Op.MINLOC, Type.DOUBLE, mine.bytes(), result.bytes()).await();
        same(-0.5 * (comm.size() - 1), result.bytes().getAtIndex(ValueLayout.JAVA_DOUBLE, 0), "the smallest value");
        same((double) (comm.size() - 1), result.bytes().getAtIndex(ValueLayout.JAVA_DOUBLE, 1), "its place");
    }

    /** Begun in the same order by all ranks, and awaited in another. */
    private static void several(Comm comm, Arena arena) {
        List<Request> requests = new ArrayList<>();
        List<Buffer> sums = new ArrayList<>();
        List<Buffer> words = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            Buffer sum = Buffer.aligned(arena, LENGTH * 8L);
            requests.add(comm.iallreduce(Op.SUM, Type.LONG, numbers(arena, comm.rank(), round).bytes(), sum.bytes()));
            sums.add(sum);
            int root = round % comm.size();
            Buffer word = Buffer.blank(arena, 100);
            if (comm.rank() == root) {
                word.fill(seed(round));
            }
            requests.add(comm.ibcast(word.bytes(), root));
            words.add(word);
            requests.add(comm.ibarrier());
        }
        List<Request> order = comm.rank() % 2 == 0 ? requests : requests.reversed();
        comm.awaitAll(order.toArray(Request[]::new));
        for (int round = 0; round < 5; round++) {
            expectSums(sums.get(round), comm.size(), round);
            words.get(round).expect(seed(round));
        }
    }

    private static void messagesMeanwhile(Comm comm, Arena arena) {
        Buffer sum = Buffer.aligned(arena, LENGTH * 8L);
        Request request = comm.iallreduce(Op.SUM, Type.LONG, numbers(arena, comm.rank(), 7).bytes(), sum.bytes());
        Buffer incoming = Buffer.blank(arena, 500);
        int from = around(comm, -1);
        comm.sendrecv(Buffer.filled(arena, 500, seed(comm.rank())).bytes(), around(comm, 1), 0, incoming.bytes(), from, 0);
        comm.barrier();
        incoming.expect(seed(from));
        request.await();
        expectSums(sum, comm.size(), 7);
    }

    /** Rank 0 receives before it awaits, from a rank that sends only when the collective call is complete. */
    private static void receiving(Comm comm, Arena arena) {
        int last = comm.size() - 1;
        Buffer sum = Buffer.aligned(arena, LENGTH * 8L);
        Request request = comm.iallreduce(Op.SUM, Type.LONG, numbers(arena, comm.rank(), 1).bytes(), sum.bytes());
        Buffer word = Buffer.blank(arena, 8);
        if (comm.rank() == 0 && last > 0) {
            comm.recv(word.bytes(), last, 4);
        }
        request.await();
        expectSums(sum, comm.size(), 1);
        if (comm.rank() == last && last > 0) {
            comm.send(word.bytes(), 0, 4);
        }
    }
}
