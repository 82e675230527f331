package ghostrow.comm;

import static ghostrow.comm.Check.around;
import static ghostrow.comm.Check.same;

import ghostrow.comm.Comm.Exchange;
import ghostrow.comm.Comm.Message;
import ghostrow.comm.Comm.Op;
import ghostrow.comm.Comm.Request;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Java's arrays and objects as messages. */
final class ArrayChecks {
    private static final int LENGTH = 700;

    private ArrayChecks() {
    }

    static List<Check> all() {
        return List.of(
                new Check("arrays round the ring by every kind of send", ArrayChecks::ring),
                new Check("arrays of every type", ArrayChecks::types),
                new Check("a part of an array", ArrayChecks::part),
                new Check("an array longer than its message", ArrayChecks::longer),
                new Check("arrays in every collective call", ArrayChecks::collectives),
                new Check("arrays in collective calls under way", ArrayChecks::underWay),
                new Check("parts of arrays by numbers of elements", ArrayChecks::parts),
                new Check("many arrays under way at once", ArrayChecks::many),
                new Check("arrays exchanged again and again", ArrayChecks::exchanges),
                new Check("objects to and from all ranks", ArrayChecks::objects));
    }

    private static double[] numbers(int rank, int round) {
        return IntStream.range(0, LENGTH).mapToDouble(i -> rank * 1000.0 + i + round * 0.25).toArray();
    }

    private static void expect(double[] expected, double[] found, String what) {
        same(-1, Arrays.mismatch(expected, found), "the first element that differs in " + what);
    }

    private static void ring(Comm comm, Arena arena) {
        int to = around(comm, 1);
        int from = around(comm, -1);
        double[] incoming = new double[LENGTH];
        comm.sendrecv(numbers(comm.rank(), 0), to, 0, incoming, from, 0);
        expect(numbers(from, 0), incoming, "what sendrecv brought");
        double[] outgoing = numbers(comm.rank(), 1);
        Request receive = comm.irecv(incoming, from, 1);
        Request send = comm.isend(outgoing, to, 1);
        Arrays.fill(outgoing, -1); // an array is copied when it is sent
        send.await();
        receive.await();
        expect(numbers(from, 1), incoming, "what irecv brought");
        if (comm.size() > 1) {
            exchange(comm, false, to, from);
            exchange(comm, true, to, from);
        }
    }

    /** The first rank sends first, and each other one when it has received. */
    private static void exchange(Comm comm, boolean synchronous, int to, int from) {
        double[] incoming = new double[LENGTH];
        if (comm.rank() == 0) {
            send(comm, synchronous, to);
            comm.recv(incoming, from, 2);
        } else {
            comm.recv(incoming, from, 2);
            send(comm, synchronous, to);
        }
        expect(numbers(from, 2), incoming, "what recv brought");
    }

    private static void send(Comm comm, boolean synchronous, int to) {
        if (synchronous) {
            comm.ssend(numbers(comm.rank(), 2), to, 2);
        } else {
            comm.send(numbers(comm.rank(), 2), to, 2);
        }
    }

    private static void types(Comm comm, Arena arena) {
        int to = around(comm, 1);
        int from = around(comm, -1);
        long[] longs = new long[3];
        same(24, comm.sendrecv(new long[] {comm.rank(), Long.MIN_VALUE, -1}, to, 0, longs, from, 0).bytes(), "the bytes");
        same(Arrays.toString(new long[] {from, Long.MIN_VALUE, -1}), Arrays.toString(longs), "the array of long");
        int[] ints = new int[3];
        same(12, comm.sendrecv(new int[] {comm.rank(), Integer.MIN_VALUE, -1}, to, 0, ints, from, 0).bytes(), "the bytes");
        same(Arrays.toString(new int[] {from, Integer.MIN_VALUE, -1}), Arrays.toString(ints), "the array of int");
        byte[] bytes = new byte[3];
        same(3, comm.sendrecv(new byte[] {(byte) comm.rank(), -128, 127}, to, 0, bytes, from, 0).bytes(), "the bytes");
        same(Arrays.toString(new byte[] {(byte) from, -128, 127}), Arrays.toString(bytes), "the array of byte");
        float[] floats = new float[2];
        comm.sendrecv(MemorySegment.ofArray(new float[] {comm.rank(), -0.5f}), to, 0, MemorySegment.ofArray(floats), from, 0);
        same(Arrays.toString(new float[] {from, -0.5f}), Arrays.toString(floats), "the array of float");
        same(0, comm.sendrecv(new double[0], to, 0, new double[0], from, 0).bytes(), "the bytes of nothing");
    }

    private static void part(Comm comm, Arena arena) {
        double[] outgoing = numbers(comm.rank(), 0);
        double[] incoming = numbers(-1, 0);
        int from = around(comm, -1);
        comm.sendrecv(MemorySegment.ofArray(outgoing).asSlice(80, 160), around(comm, 1), 0,
                MemorySegment.ofArray(incoming).asSlice(800, 160), from, 0);
        double[] expected = numbers(-1, 0);
        System.arraycopy(numbers(from, 0), 10, expected, 100, 20);
        expect(expected, incoming, "an array of which a part was received");
    }

    private static void longer(Comm comm, Arena arena) {
        int to = around(comm, 1);
        int from = around(comm, -1);
        double[] outgoing = Arrays.copyOf(numbers(comm.rank(), 0), 10);
        double[][] incoming = {Arrays.copyOf(numbers(-1, 0), 100), Arrays.copyOf(numbers(-1, 0), 100)};
        same(80, comm.sendrecv(outgoing, to, 0, incoming[0], from, 0).bytes(), "the bytes that came");
        Request receive = comm.irecv(incoming[1], from, 1);
        Request send = comm.isend(outgoing, to, 1);
        same(80, receive.await().bytes(), "the bytes that came without waiting");
        send.await();
        double[] expected = Arrays.copyOf(numbers(-1, 0), 100);
        System.arraycopy(numbers(from, 0), 0, expected, 0, 10);
        expect(expected, incoming[0], "an array that is longer than its message");
        expect(expected, incoming[1], "an array that is longer than its message, without waiting");
    }

    private static void collectives(Comm comm, Arena arena) {
        int n = comm.size();
        int rank = comm.rank();
        int last = n - 1;
        double[] word = rank == last ? numbers(7, 0) : new double[LENGTH];
        comm.bcast(word, last);
        expect(numbers(7, 0), word, "a broadcast");

        long[] sum = new long[2];
        comm.allreduce(Op.SUM, new long[] {rank, 1}, sum);
        same(List.of((long) n * last / 2, (long) n), List.of(sum[0], sum[1]), "the sums");
        int[] most = rank == last ? new int[1] : null;
        comm.reduce(Op.MAX, new int[] {rank * 3}, most, last);
        if (rank == last) {
            same(3L * last, most[0], "the largest");
        }
        double[] place = new double[2];
        comm.allreduce(Op.MAXLOC, new double[] {rank % 3, rank}, place);
        same((double) Math.min(2, last), place[0], "the largest of all");
        same((double) Math.min(2, last), place[1], "whose it is first");
        long[] before = {-1};
        comm.exscan(Op.SUM, new long[] {rank + 1}, before);
        same(rank == 0 ? -1L : (long) rank * (rank + 1) / 2, before[0], "the sum of the ranks before");
        comm.scan(Op.SUM, new long[] {rank + 1}, before);
        same((long) (rank + 1) * (rank + 2) / 2, before[0], "the sum up to this rank");
        int[] part = new int[1];
        comm.reduceScatter(Op.SUM, IntStream.range(0, n).map(i -> i * (rank + 1)).toArray(), part);
        same((long) rank * n * (n + 1) / 2, part[0], "the part of the sums");

        int[] all = rank == 0 ? new int[2 * n] : null;
        comm.gather(new int[] {rank, -rank}, all, 0);
        if (rank == 0) {
            same(Arrays.toString(IntStream.range(0, 2 * n).map(i -> i % 2 == 0 ? i / 2 : -(i / 2)).toArray()),
                    Arrays.toString(all), "what was gathered");
        }
        int[] mine = new int[2];
        comm.scatter(all, mine, 0);
        same(Arrays.toString(new int[] {rank, -rank}), Arrays.toString(mine), "what was dealt");
        byte[] ranks = new byte[n];
        comm.allgather(new byte[] {(byte) rank}, ranks);
        for (int i = 0; i < n; i++) {
            same(i, ranks[i], "part " + i + " of what all have gathered");
        }
        long[] incoming = new long[n];
        comm.alltoall(IntStream.range(0, n).mapToLong(to -> 100L * rank + to).toArray(), incoming);
        for (int from = 0; from < n; from++) {
            same(100L * from + rank, incoming[from], "what rank " + from + " has sent");
        }
    }

    private static void underWay(Comm comm, Arena arena) {
        double[] sum = new double[1];
        long[] word = {comm.rank() == 0 ? 42 : 0};
        Request[] requests = {comm.iallreduce(Op.SUM, new double[] {0.5}, sum), comm.ibcast(word, 0)};
        comm.awaitAll(requests);
        same(0.5 * comm.size(), sum[0], "the sum");
        same(42, word[0], "the word");
    }

    private static void parts(Comm comm, Arena arena) {
        int n = comm.size();
        int rank = comm.rank();
        int[] lengths = IntStream.range(0, n).map(i -> i % 3).toArray();
        int total = IntStream.of(lengths).sum();
        double[] mine = new double[lengths[rank]];
        Arrays.fill(mine, rank);
        double[] expected = IntStream.range(0, n).boxed()
                .flatMapToDouble(i -> IntStream.range(0, lengths[i]).mapToDouble(_ -> i)).toArray();
        double[] all = new double[total];
        comm.allgatherv(mine, all, lengths);
        expect(expected, all, "what all have gathered");
        double[] atRoot = rank == 0 ? new double[total] : null;
        comm.gatherv(mine, atRoot, rank == 0 ? lengths : null, 0);
        if (rank == 0) {
            expect(expected, atRoot, "what was gathered");
        }
        double[] dealt = new double[lengths[rank]];
        comm.scatterv(atRoot, rank == 0 ? lengths : null, dealt, 0);
        expect(mine, dealt, "what was dealt");
        double[] sums = new double[lengths[rank]];
        comm.reduceScatterv(Op.SUM, all, sums, lengths);
        double[] expectedSums = new double[lengths[rank]];
        Arrays.fill(expectedSums, (double) rank * n);
        expect(expectedSums, sums, "the part of the sums");
        int[] outLengths = IntStream.range(0, n).map(to -> (rank + to) % 2).toArray();
        int[] others = IntStream.range(0, n).filter(other -> outLengths[other] == 1).toArray();
        double[] outgoing = IntStream.of(others).mapToDouble(to -> 100 * rank + to).toArray();
        double[] incoming = new double[outgoing.length];
        comm.alltoallv(outgoing, outLengths, incoming, outLengths);
        expect(IntStream.of(others).mapToDouble(from -> 100 * from + rank).toArray(), incoming, "what all have sent");
    }

    private static void many(Comm comm, Arena arena) {
        int from = around(comm, -1);
        List<Request> requests = new ArrayList<>();
        List<double[]> incoming = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            incoming.add(new double[LENGTH]);
            requests.add(comm.irecv(incoming.get(i), from, i));
            requests.add(comm.isend(numbers(comm.rank(), i), around(comm, 1), i));
        }
        requests.reversed().forEach(Request::await);
        for (int i = 0; i < 60; i++) {
            expect(numbers(from, i), incoming.get(i), "message " + i);
        }
    }

    private static void exchanges(Comm comm, Arena arena) {
        int from = around(comm, -1);
        double[] outgoing = new double[LENGTH];
        double[] incoming = new double[LENGTH];
        try (Exchange exchange = comm.exchange(List.of(Message.from(from, MemorySegment.ofArray(incoming), 1),
                Message.to(around(comm, 1), MemorySegment.ofArray(outgoing), 1)))) {
            for (int step = 0; step < 20; step++) {
                System.arraycopy(numbers(comm.rank(), step), 0, outgoing, 0, LENGTH);
                exchange.start();
                exchange.await();
                expect(numbers(from, step), incoming, "step " + step);
            }
        }
    }

    private static void objects(Comm comm, Arena arena) {
        int n = comm.size();
        for (int root = 0; root < n; root++) {
            boolean atRoot = comm.rank() == root;
            same("from " + root, comm.bcastObject(atRoot ? "from " + root : null, root), "the object of the root");
            List<String> all = comm.gatherObjects("x".repeat(comm.rank() * 500), root);
            same(atRoot ? n : 0, all.size(), "the number of objects gathered");
            for (int i = 0; i < all.size(); i++) {
                same("x".repeat(i * 500), all.get(i), "object " + i);
            }
            List<Integer> dealt = atRoot ? IntStream.range(0, n).map(i -> i * i).boxed().toList() : null;
            same(comm.rank() * comm.rank(), (long) comm.scatterObjects(dealt, root), "the object dealt");
        }
        same(IntStream.range(0, n).mapToObj(i -> "rank " + i).toList(), comm.allgatherObjects("rank " + comm.rank()),
                "the objects of all");
    }
}
