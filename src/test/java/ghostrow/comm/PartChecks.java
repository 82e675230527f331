package ghostrow.comm;

import static ghostrow.comm.Buffer.seed;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.LongStream;

/** What is put together of parts, or dealt out in parts. */
final class PartChecks {
    private static final long[] SIZES = {0, 1, 4000};

    private PartChecks() {
    }

    static List<Check> all() {
        return List.of(
                new Check("gather to every root", PartChecks::gather),
                new Check("gatherv of unequal and empty parts to every root", PartChecks::gatherv),
                new Check("gatherv of one rank's part alone", PartChecks::gathervOfOne),
                new Check("scatter from every root", PartChecks::scatter),
                new Check("scatterv of unequal and empty parts from every root", PartChecks::scatterv),
                new Check("allgather", PartChecks::allgather),
                new Check("allgatherv of unequal and empty parts", PartChecks::allgatherv),
                new Check("alltoall", PartChecks::alltoall),
                new Check("alltoallv of unequal and empty parts", PartChecks::alltoallv));
    }

    private static void gather(Comm comm, Arena arena) {
        for (int root = 0; root < comm.size(); root++) {
            for (long size : SIZES) {
                long[] bytes = LongStream.range(0, comm.size()).map(rank -> size).toArray();
                Parts parts = new Parts(comm, arena, bytes, root);
                comm.gather(parts.mine.bytes(), parts.all(), root);
                parts.expect();
            }
        }
    }

    private static void gatherv(Comm comm, Arena arena) {
        for (int root = 0; root < comm.size(); root++) {
            gatherv(comm, arena, unequal(comm), root);
        }
        gatherv(comm, arena, new long[comm.size()], 0);
    }

    /** Every third part is empty, a root's among them at times. */
    private static long[] unequal(Comm comm) {
        return LongStream.range(0, comm.size()).map(rank -> rank % 3 == 1 ? 0 : 700 * rank + 13).toArray();
    }

    private static void gathervOfOne(Comm comm, Arena arena) {
        for (int owner = 0; owner < comm.size(); owner++) {
            long[] bytes = new long[comm.size()];
            bytes[owner] = 5001;
            gatherv(comm, arena, bytes, comm.size() - 1);
        }
    }

    static void gatherv(Comm comm, Arena arena, long[] bytes, int root) {
        Parts parts = new Parts(comm, arena, bytes, root);
        comm.gatherv(parts.mine.bytes(), parts.all(), comm.rank() == root ? bytes : null, root);
        parts.expect();
    }

    /** What one rank gives to a gather, and what the root has in the end. */
    private static final class Parts {
        private final Comm comm;
        private final long[] bytes;
        private final int root;
        private final Buffer mine;
        private final Buffer gathered;

        Parts(Comm comm, Arena arena, long[] bytes, int root) {
            this.comm = comm;
            this.bytes = bytes;
            this.root = root;
            mine = Buffer.filled(arena, bytes[comm.rank()], seed(comm.rank(), root));
            gathered = Buffer.blank(arena, comm.rank() == root ? LongStream.of(bytes).sum() : 0);
        }

        /** Only the root needs a place for all. */
        MemorySegment all() {
            return comm.rank() == root ? gathered.bytes() : MemorySegment.NULL;
        }

        void expect() {
            mine.expect(seed(comm.rank(), root));
            if (comm.rank() == root) {
                gathered.expectGuards();
                long at = 0;
                for (int rank = 0; rank < bytes.length; at += bytes[rank++]) {
                    gathered.expectPart(at, bytes[rank], seed(rank, root), "the part of rank " + rank);
                }
            }
        }
    }

    private static void scatter(Comm comm, Arena arena) {
        for (int root = 0; root < comm.size(); root++) {
            for (long size : SIZES) {
                Deal deal = new Deal(comm, arena, equal(comm, size), root);
                comm.scatter(deal.all(), deal.mine.bytes(), root);
                deal.expect();
            }
        }
    }

    private static void scatterv(Comm comm, Arena arena) {
        for (int root = 0; root < comm.size(); root++) {
            long[] bytes = unequal(comm);
            Deal deal = new Deal(comm, arena, bytes, root);
            comm.scatterv(deal.all(), comm.rank() == root ? bytes : null, deal.mine.bytes(), root);
            deal.expect();
        }
    }

    private static long[] equal(Comm comm, long size) {
        return LongStream.range(0, comm.size()).map(_ -> size).toArray();
    }

    /** What the root has of all, and what each rank gets of it. */
    private static final class Deal {
        private final Comm comm;
        private final int root;
        private final Buffer whole;
        private final Buffer mine;

        Deal(Comm comm, Arena arena, long[] bytes, int root) {
            this.comm = comm;
            this.root = root;
            mine = Buffer.blank(arena, bytes[comm.rank()]);
            whole = Buffer.blank(arena, comm.rank() == root ? LongStream.of(bytes).sum() : 0);
            long at = 0;
            for (int rank = 0; rank < bytes.length && comm.rank() == root; at += bytes[rank++]) {
                whole.fillPart(at, bytes[rank], seed(rank, root));
            }
        }

        MemorySegment all() {
            return comm.rank() == root ? whole.bytes() : MemorySegment.NULL;
        }

        void expect() {
            mine.expect(seed(comm.rank(), root));
        }
    }

    private static void allgather(Comm comm, Arena arena) {
        for (long size : SIZES) {
            long[] bytes = equal(comm, size);
            Buffer mine = Buffer.filled(arena, size, seed(comm.rank(), size));
            Buffer all = Buffer.blank(arena, size * comm.size());
            comm.allgather(mine.bytes(), all.bytes());
            expectAll(all, bytes, size);
        }
    }

    private static void allgatherv(Comm comm, Arena arena) {
        long[] bytes = unequal(comm);
        Buffer mine = Buffer.filled(arena, bytes[comm.rank()], seed(comm.rank(), 0));
        Buffer all = Buffer.blank(arena, LongStream.of(bytes).sum());
        comm.allgatherv(mine.bytes(), all.bytes(), bytes);
        expectAll(all, bytes, 0);
    }

    private static void expectAll(Buffer all, long[] bytes, long round) {
        all.expectGuards();
        long at = 0;
        for (int rank = 0; rank < bytes.length; at += bytes[rank++]) {
            all.expectPart(at, bytes[rank], seed(rank, round), "the part of rank " + rank);
        }
    }

    private static void alltoall(Comm comm, Arena arena) {
        for (long size : SIZES) {
            long[] bytes = equal(comm, size);
            Buffer outgoing = outgoing(comm, arena, bytes);
            Buffer incoming = Buffer.blank(arena, size * comm.size());
            comm.alltoall(outgoing.bytes(), incoming.bytes());
            expectIncoming(comm, incoming, bytes);
        }
    }

    /** From rank to rank as many bytes as both their numbers say, and none at times. */
    private static void alltoallv(Comm comm, Arena arena) {
        long[] out = LongStream.range(0, comm.size()).map(to -> between(comm.rank(), to)).toArray();
        long[] in = LongStream.range(0, comm.size()).map(from -> between(from, comm.rank())).toArray();
        Buffer outgoing = outgoing(comm, arena, out);
        Buffer incoming = Buffer.blank(arena, LongStream.of(in).sum());
        comm.alltoallv(outgoing.bytes(), out, incoming.bytes(), in);
        expectIncoming(comm, incoming, in);
    }

    private static long between(long from, long to) {
        return (from + 2 * to) % 3 == 1 ? 0 : 1000 * from + 10 * to + 1;
    }

    private static Buffer outgoing(Comm comm, Arena arena, long[] bytes) {
        Buffer outgoing = Buffer.blank(arena, LongStream.of(bytes).sum());
        long at = 0;
        for (int to = 0; to < bytes.length; at += bytes[to++]) {
            outgoing.fillPart(at, bytes[to], seed(comm.rank(), to));
        }
        return outgoing;
    }

    private static void expectIncoming(Comm comm, Buffer incoming, long[] bytes) {
        incoming.expectGuards();
        long at = 0;
        for (int from = 0; from < bytes.length; at += bytes[from++]) {
            incoming.expectPart(at, bytes[from], seed(from, comm.rank()), "the part from rank " + from);
        }
    }
}
