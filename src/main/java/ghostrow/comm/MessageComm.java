package ghostrow.comm;

import ghostrow.comm.CommException.ErrorClass;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The collective calls, made of single messages. A transport has its library do what that does well, and leaves the rest
 * to these: parts of unequal lengths, as the libraries count displacements in {@code int} and each rank alone would know
 * that these do not suffice; smallest and largest values with their places, for which MPI has no pairs of two longs or two
 * doubles; and what a library has not.
 *
 * <p>What a rank may know to be wrong is refused before anything is sent.
 */
public abstract class MessageComm implements Comm {
    private static final int TAG = 0;
    private static final long ALIGNMENT = 64;

    /**
     * A group of the same ranks in the same order, where no message of the program can meet these; made by the first call,
     * which is collective, and kept.
     */
    protected abstract Comm aside();

    // --- parts -----------------------------------------------------------------------------------------------

    @Override
    public void gather(MemorySegment mine, MemorySegment all, int root) {
        Checks.buffer(mine);
        gatherv(mine, all, equal(mine.byteSize()), root);
    }

    @Override
    public final void gatherv(MemorySegment mine, MemorySegment all, long[] bytes, int root) {
        Checks.root(root, size());
        Checks.buffer(mine);
        if (rank() != root) {
            aside().send(mine, root, TAG);
            return;
        }
        Checks.gathered(mine, all, bytes, root, size());
        Parts parts = new Parts(all, bytes);
        await(received(parts, mine), parts);
    }

    @Override
    public void scatter(MemorySegment all, MemorySegment mine, int root) {
        Checks.buffer(mine);
        scatterv(all, equal(mine.byteSize()), mine, root);
    }

    @Override
    public final void scatterv(MemorySegment all, long[] bytes, MemorySegment mine, int root) {
        Checks.root(root, size());
        Checks.buffer(mine);
        if (rank() != root) {
            expect(mine, aside().recv(mine, root, TAG));
            return;
        }
        Checks.buffer(all);
        Checks.lengths("scatterv", bytes, size());
        Checks.parts("scatterv", mine, all, bytes, root);
        Parts parts = new Parts(all, bytes);
        mine.copyFrom(parts.of(root));
        awaitAll(sent(parts));
    }

    @Override
    public void allgather(MemorySegment mine, MemorySegment all) {
        Checks.equal("allgather", mine, all, size());
        allgatherv(mine, all, equal(mine.byteSize()));
    }

    @Override
    public final void allgatherv(MemorySegment mine, MemorySegment all, long[] bytes) {
        Checks.gathered(mine, all, bytes, rank(), size());
        Parts parts = new Parts(all, bytes);
        Request[] coming = received(parts, mine);
        awaitAll(sentToAll(mine));
        await(coming, parts);
    }

    @Override
    public void alltoall(MemorySegment outgoing, MemorySegment incoming) {
        Checks.divides("alltoall", outgoing, size());
        long[] bytes = equal(outgoing.byteSize() / size());
        alltoallv(outgoing, bytes, incoming, bytes);
    }

    @Override
    public final void alltoallv(MemorySegment outgoing, long[] outBytes, MemorySegment incoming, long[] inBytes) {
        Checks.buffer(outgoing);
        Checks.buffer(incoming);
        Checks.lengths("alltoallv", outBytes, size());
        Checks.lengths("alltoallv", inBytes, size());
        Checks.whole("alltoallv", outgoing, outBytes);
        Checks.whole("alltoallv", incoming, inBytes);
        Checks.apart("alltoallv", outgoing, incoming);
        exchanged(new Parts(outgoing, outBytes), new Parts(incoming, inBytes));
    }

    private void exchanged(Parts outgoing, Parts incoming) {
        Request[] coming = received(incoming, outgoing.of(rank()));
        awaitAll(sent(outgoing));
        await(coming, incoming);
    }

    /** Receives one part from each rank; this rank's own is copied. */
    private Request[] received(Parts parts, MemorySegment mine) {
        Comm channel = aside();
        Request[] coming = new Request[size()];
        for (int from = 0; from < coming.length; from++) {
            if (from != rank()) {
                coming[from] = channel.irecv(parts.of(from), from, TAG);
            }
        }
        parts.of(rank()).copyFrom(mine);
        return coming;
    }

    private void await(Request[] coming, Parts parts) {
        for (int from = 0; from < coming.length; from++) {
            if (coming[from] != null) {
                expect(parts.of(from), coming[from].await());
            }
        }
    }

    private void expect(MemorySegment part, Status status) {
        if (status.bytes() != part.byteSize()) {
            throw new CommException(ErrorClass.COUNT, "rank " + rank() + " of " + size() + " expected " + part.byteSize()
                    + " bytes of rank " + status.source() + " in a collective call, and got " + status.bytes());
        }
    }

    private Request[] sent(Parts parts) {
        Comm channel = aside();
        Request[] going = new Request[size()];
        for (int to = 0; to < going.length; to++) {
            if (to != rank()) {
                going[to] = channel.isend(parts.of(to), to, TAG);
            }
        }
        return going;
    }

    private Request[] sentToAll(MemorySegment message) {
        Comm channel = aside();
        Request[] going = new Request[size()];
        for (int to = 0; to < going.length; to++) {
            if (to != rank()) {
                going[to] = channel.isend(message, to, TAG);
            }
        }
        return going;
    }

    /** The lengths of parts that are all alike. */
    protected final long[] equal(long part) {
        long[] bytes = new long[size()];
        Arrays.fill(bytes, part);
        return bytes;
    }

    /** One part for each rank, side by side. */
    private static final class Parts {
        private final MemorySegment all;
        private final long[] starts;

        Parts(MemorySegment all, long[] bytes) {
            this.all = all;
            this.starts = new long[bytes.length + 1];
            for (int rank = 0; rank < bytes.length; rank++) {
                starts[rank + 1] = starts[rank] + bytes[rank];
            }
        }

        MemorySegment of(int rank) {
            return all.asSlice(starts[rank], starts[rank + 1] - starts[rank]);
        }
    }

    // --- what is combined ------------------------------------------------------------------------------------

    @Override
    public void reduce(Op op, Type type, MemorySegment mine, MemorySegment result, int root) {
        Checks.root(root, size());
        if (rank() != root) {
            Checks.reduction(op, type, mine, mine);
            aside().send(mine, root, TAG);
            return;
        }
        Checks.reduction(op, type, mine, result);
        try (Arena arena = Arena.ofShared()) {
            MemorySegment combined = room(arena, mine);
            MemorySegment next = room(arena, mine);
            for (int from = 0; from < size(); from++) {
                if (from == root) {
                    next.copyFrom(mine);
                } else {
                    expect(next, aside().recv(next, from, TAG));
                }
                if (from == 0) {
                    combined.copyFrom(next);
                } else {
                    Combining.into(combined, next, op, type);
                }
            }
            result.copyFrom(combined);
        }
    }

    private static MemorySegment room(Arena arena, MemorySegment like) {
        return arena.allocate(like.byteSize(), ALIGNMENT);
    }

    @Override
    public void allreduce(Op op, Type type, MemorySegment mine, MemorySegment result) {
        Checks.reduction(op, type, mine, result);
        iallreduce(op, type, mine, result).await();
    }

    @Override
    public void scan(Op op, Type type, MemorySegment mine, MemorySegment result) {
        Checks.reduction(op, type, mine, result);
        try (Arena arena = Arena.ofShared()) {
            MemorySegment upToMe = room(arena, mine);
            before(op, type, mine, upToMe, room(arena, mine));
            result.copyFrom(upToMe);
        }
    }

    @Override
    public void exscan(Op op, Type type, MemorySegment mine, MemorySegment result) {
        Checks.reduction(op, type, mine, result);
        try (Arena arena = Arena.ofShared()) {
            MemorySegment before = room(arena, mine);
            before(op, type, mine, room(arena, mine), before);
            if (rank() > 0) {
                result.copyFrom(before);
            }
        }
    }

    /** Down the line of ranks: what those before have combined comes in, and goes out with this rank's. */
    private void before(Op op, Type type, MemorySegment mine, MemorySegment upToMe, MemorySegment before) {
        upToMe.copyFrom(mine);
        if (rank() > 0) {
            expect(before, aside().recv(before, rank() - 1, TAG));
            upToMe.copyFrom(before);
            Combining.into(upToMe, mine, op, type);
        }
        if (rank() + 1 < size()) {
            aside().send(upToMe, rank() + 1, TAG);
        }
    }

    @Override
    public void reduceScatter(Op op, Type type, MemorySegment mine, MemorySegment result) {
        Checks.equal("reduceScatter", result, mine, size());
        reduceScatterv(op, type, mine, result, equal(result.byteSize()));
    }

    /** Each rank gets from all what belongs to its part, and combines that alone. */
    @Override
    public final void reduceScatterv(Op op, Type type, MemorySegment mine, MemorySegment result, long[] bytes) {
        Checks.lengths("reduceScatter", bytes, size());
        Checks.scattered(op, type, mine, result, bytes, rank());
        try (Arena arena = Arena.ofShared()) {
            MemorySegment all = arena.allocate(Math.multiplyExact(result.byteSize(), (long) size()), ALIGNMENT);
            Parts parts = new Parts(all, equal(result.byteSize()));
            exchanged(new Parts(mine, bytes), parts);
            combine(op, type, parts, result);
        }
    }

    private void combine(Op op, Type type, Parts parts, MemorySegment result) {
        result.copyFrom(parts.of(0));
        for (int rank = 1; rank < size(); rank++) {
            Combining.into(result, parts.of(rank), op, type);
        }
    }

    // --- without waiting -------------------------------------------------------------------------------------

    // All messages are under way at once, from each rank to each that must hear of it, so that the library alone brings
    // them on their way, whatever else its rank waits for.

    @Override
    public Request ibarrier() {
        MemorySegment nothing = MemorySegment.NULL;
        Parts nothings = new Parts(nothing, equal(0));
        return new GroupRequest(received(nothings, nothing), sentToAll(nothing), () -> { });
    }

    @Override
    public Request ibcast(MemorySegment message, int root) {
        Checks.buffer(message);
        Checks.root(root, size());
        Request[] coming = rank() == root ? new Request[0] : new Request[] {aside().irecv(message, root, TAG)};
        Request[] going = rank() == root ? sentToAll(message) : new Request[0];
        return new GroupRequest(coming, going, () -> { });
    }

    @Override
    public Request iallreduce(Op op, Type type, MemorySegment mine, MemorySegment result) {
        Checks.reduction(op, type, mine, result);
        Arena arena = Arena.ofShared();
        Parts parts = new Parts(arena.allocate(Math.multiplyExact(mine.byteSize(), (long) size()), ALIGNMENT),
                equal(mine.byteSize()));
        return new GroupRequest(received(parts, mine), sentToAll(mine), () -> {
            combine(op, type, parts, result);
            arena.close();
        });
    }
}
