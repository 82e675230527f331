package ghostrow.comm.ffm;

import static ghostrow.comm.ffm.LoadedLibrary.ABI;

import ghostrow.comm.Checks;
import ghostrow.comm.Comm;
import ghostrow.comm.CommException;
import ghostrow.comm.Failure;
import ghostrow.comm.Leftovers;
import ghostrow.comm.MachineWindow;
import ghostrow.comm.MessageComm;
import ghostrow.comm.Pieces;
import ghostrow.comm.Waits;
import ghostrow.comm.Waits.Call;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Optional;

/**
 * A communicator of the loaded library.
 *
 * <p>Addresses go to the library as numbers, so each method keeps its segments reachable until the call is
 * over.
 */
final class NativeComm extends MessageComm {
    /** The library counts in int. */
    static final Pieces PIECES = Pieces.upTo(1L << 30);

    private final long handle;
    private final int rank;
    private final int size;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment mineAlone = arena.allocate(ValueLayout.JAVA_LONG);
    private final MemorySegment resultAlone = arena.allocate(ValueLayout.JAVA_LONG);
    /** Of the call that has just returned; its source and tag, and behind it how many bytes came, or whether any did. */
    private final MemorySegment status = arena.allocate(Mpi.STATUS_BYTES + Long.BYTES, Long.BYTES);
    private final RequestPool requests = new RequestPool(arena);
    private final Leftovers leftovers = new Leftovers();
    /** The group that this one was split from; null for the world. */
    private final NativeComm parent;
    private final Waits waits;
    /** Whether its ranks have the numbers that they have in the world. */
    private final boolean numbered;
    private NativeComm aside;
    private boolean open = true;

    static NativeComm world() {
        return new NativeComm(Mpi.COMM_WORLD, null, true);
    }

    private NativeComm(long handle, NativeComm parent, boolean numbered) {
        this.handle = handle;
        this.parent = parent;
        this.waits = parent == null ? new Waits() : parent.waits;
        this.numbered = numbered;
        check(Mpi.commSetErrhandler(handle, ABI.errorsReturn()), "MPI_Comm_set_errhandler");
        check(Mpi.commRank(handle, mineAlone.address()), "MPI_Comm_rank");
        check(Mpi.commSize(handle, resultAlone.address()), "MPI_Comm_size");
        this.rank = mineAlone.get(ValueLayout.JAVA_INT, 0);
        this.size = resultAlone.get(ValueLayout.JAVA_INT, 0);
    }

    long handle() {
        return handle;
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return size;
    }

    // --- between two ranks ---------------------------------------------------------------------------------

    @Override
    public void send(MemorySegment message, int to, int tag) {
        Checks.outgoing(message, to, tag, size);
        Checks.notSelf(to, rank);
        if (to == PROC_NULL) {
            return;
        }
        long at = message.address();
        long left = message.byteSize();
        do {
            int part = PIECES.next(left);
            waits.begin(Call.SEND, named(to));
            done(Mpi.send(at, part, Mpi.BYTE, to, tag, handle), Call.SEND);
            at += part;
            left -= part;
        } while (left > 0);
        Reference.reachabilityFence(message);
    }

    @Override
    public void ssend(MemorySegment message, int to, int tag) {
        Checks.outgoing(message, to, tag, size);
        Checks.notSelf(to, rank);
        if (to == PROC_NULL) {
            return;
        }
        long at = message.address();
        long left = message.byteSize();
        do {
            int part = PIECES.next(left);
            waits.begin(Call.SSEND, named(to));
            done(Mpi.ssend(at, part, Mpi.BYTE, to, tag, handle), Call.SSEND);
            at += part;
            left -= part;
        } while (left > 0);
        Reference.reachabilityFence(message);
    }

    @Override
    public Status recv(MemorySegment message, int from, int tag) {
        Checks.incoming(message, from, tag, size);
        Checks.wildcard(message, from, tag, PIECES.longest());
        if (from == PROC_NULL) {
            return Status.NOTHING;
        }
        if (PIECES.cuts(message)) {
            return recvPieces(message, from, tag);
        }
        waits.begin(Call.RECV, named(from));
        done(Mpi.recv(message.address(), (int) message.byteSize(), Mpi.BYTE, source(from), tag(tag), handle, statusAt()),
                Call.RECV);
        Reference.reachabilityFence(message);
        return status();
    }

    /** By itself: with a loop around it, a short message would take a tenth longer. */
    private Status recvPieces(MemorySegment message, int from, int tag) {
        long received = 0;
        for (MemorySegment piece : PIECES.of(message)) {
            long bytes = recv(piece, from, tag).bytes();
            received += bytes;
            if (bytes < PIECES.longest()) {
                break; // a piece that is not full is the last one
            }
        }
        return new Status(from, tag, received);
    }

    @Override
    public Status sendrecv(MemorySegment outgoing, int to, int sendTag, MemorySegment incoming, int from,
            int recvTag) {
        Checks.outgoing(outgoing, to, sendTag, size);
        Checks.incoming(incoming, from, recvTag, size);
        if (PIECES.cuts(outgoing) || PIECES.cuts(incoming)) {
            Request in = irecv(incoming, from, recvTag);
            Request out = isend(outgoing, to, sendTag);
            out.await();
            return in.await();
        }
        waits.begin(Call.SENDRECV, named(from), named(to));
        done(Mpi.sendrecv(outgoing.address(), (int) outgoing.byteSize(), Mpi.BYTE, source(to), sendTag,
                incoming.address(), (int) incoming.byteSize(), Mpi.BYTE, source(from), tag(recvTag),
                handle, statusAt()), Call.SENDRECV);
        Reference.reachabilityFence(outgoing);
        Reference.reachabilityFence(incoming);
        return from == PROC_NULL ? Status.NOTHING : status();
    }

    /** What the library calls a peer. */
    static int source(int peer) {
        return peer >= 0 ? peer : peer == PROC_NULL ? Mpi.PROC_NULL : Mpi.ANY_SOURCE;
    }

    static int tag(int tag) {
        return tag == ANY_TAG ? Mpi.ANY_TAG : tag;
    }

    @Override
    public Status probe(int from, int tag) {
        Checks.source(from, tag, size);
        if (from == PROC_NULL) {
            return Status.NOTHING;
        }
        waits.begin(Call.PROBE, named(from));
        done(Mpi.probe(source(from), tag(tag), handle, statusAt()), Call.PROBE);
        return status();
    }

    @Override
    public Optional<Status> iprobe(int from, int tag) {
        Checks.source(from, tag, size);
        if (from == PROC_NULL) {
            return Optional.of(Status.NOTHING);
        }
        check(Mpi.iprobe(source(from), tag(tag), handle, answerAt(), statusAt()), "MPI_Iprobe");
        return answer() == 0 ? Optional.empty() : Optional.of(status());
    }

    /** Where calls are to leave their status. */
    long statusAt() {
        return status.address();
    }

    private long answerAt() {
        return status.address() + Mpi.STATUS_BYTES;
    }

    private int answer() {
        return status.get(ValueLayout.JAVA_INT, Mpi.STATUS_BYTES);
    }

    /** Of a receive or a probe that has just left it. */
    Status status() {
        long source = ABI.sourceInStatus();
        long bytes = ABI.bytesInStatus(status);
        if (bytes < 0) {
            check(Mpi.getCount(statusAt(), Mpi.BYTE, answerAt()), "MPI_Get_count");
            bytes = answer();
        }
        return new Status(status.get(ValueLayout.JAVA_INT, source),
                status.get(ValueLayout.JAVA_INT, source + Integer.BYTES), bytes);
    }

    /** Whether a request is complete, and its status left. */
    boolean completes(long request, long status) {
        check(Mpi.test(request, answerAt(), status), "MPI_Test");
        return answer() != 0;
    }

    boolean completes(int count, long requests) {
        check(Mpi.testAll(count, requests, answerAt(), Mpi.STATUSES_IGNORE), "MPI_Testall");
        return answer() != 0;
    }

    @Override
    public Request isend(MemorySegment message, int to, int tag) {
        Checks.outgoing(message, to, tag, size);
        if (to == PROC_NULL) {
            return NativeRequest.None.NONE;
        }
        if (PIECES.cuts(message)) {
            return isendChunks(message, to, tag);
        }
        long request = requests.take();
        check(Mpi.isend(message.address(), (int) message.byteSize(), Mpi.BYTE, to, tag, handle,
                request), "MPI_Isend");
        return new NativeRequest(this, request, message, named(to), false);
    }

    private Request isendChunks(MemorySegment message, int to, int tag) {
        ChunkedRequest request = new ChunkedRequest(this, message, named(to), Status.NOTHING);
        long left = message.byteSize();
        for (int piece = 0; left > 0; piece++) {
            int part = PIECES.next(left);
            check(Mpi.isend(message.address() + message.byteSize() - left, part, Mpi.BYTE, to, tag, handle,
                    request.request(piece)), "MPI_Isend");
            left -= part;
        }
        return request;
    }

    @Override
    public Request irecv(MemorySegment message, int from, int tag) {
        Checks.incoming(message, from, tag, size);
        Checks.wildcard(message, from, tag, PIECES.longest());
        if (from == PROC_NULL) {
            return NativeRequest.None.NONE;
        }
        if (PIECES.cuts(message)) {
            return irecvChunks(message, from, tag);
        }
        long request = requests.take();
        check(Mpi.irecv(message.address(), (int) message.byteSize(), Mpi.BYTE, source(from), tag(tag), handle,
                request), "MPI_Irecv");
        return new NativeRequest(this, request, message, named(from), true);
    }

    private Request irecvChunks(MemorySegment message, int from, int tag) {
        ChunkedRequest request = new ChunkedRequest(this, message, named(from),
                new Status(from, tag, message.byteSize()));
        long left = message.byteSize();
        for (int piece = 0; left > 0; piece++) {
            int part = PIECES.next(left);
            check(Mpi.irecv(message.address() + message.byteSize() - left, part, Mpi.BYTE, from, tag, handle,
                    request.request(piece)), "MPI_Irecv");
            left -= part;
        }
        return request;
    }

    void takeBack(long request) {
        requests.give(request);
    }

    @Override
    public Exchange exchange(List<Message> messages) {
        return new NativeExchange(this, messages);
    }

    // --- among all ranks -----------------------------------------------------------------------------------

    @Override
    public void barrier() {
        waits.begin(Call.BARRIER);
        done(Mpi.barrier(handle), Call.BARRIER);
    }

    @Override
    public void bcast(MemorySegment message, int root) {
        Checks.buffer(message);
        Checks.root(root, size);
        long at = message.address();
        long left = message.byteSize();
        do {
            int part = PIECES.next(left);
            waits.begin(Call.BCAST);
            done(Mpi.bcast(at, part, Mpi.BYTE, root, handle), Call.BCAST);
            at += part;
            left -= part;
        } while (left > 0);
        Reference.reachabilityFence(message);
    }

    @Override
    public void reduce(Op op, Type type, MemorySegment mine, MemorySegment result, int root) {
        if (op.takesPairs()) {
            super.reduce(op, type, mine, result, root);
            return;
        }
        Checks.root(root, size);
        Checks.reduction(op, type, mine, rank == root ? result : mine);
        long from = mine.address();
        long into = rank == root ? result.address() : from;
        boolean inPlace = rank == root && from == into;
        long left = mine.byteSize();
        do {
            int part = PIECES.next(left);
            waits.begin(Call.REDUCE);
            done(Mpi.reduce(inPlace ? Mpi.IN_PLACE : from, into, part / type.bytes(), Mpi.type(type), Mpi.op(op), root,
                    handle), Call.REDUCE);
            from += part;
            into += part;
            left -= part;
        } while (left > 0);
        Reference.reachabilityFence(mine);
        Reference.reachabilityFence(result);
    }

    @Override
    public void allreduce(Op op, Type type, MemorySegment mine, MemorySegment result) {
        if (op.takesPairs()) {
            super.allreduce(op, type, mine, result);
            return;
        }
        Checks.reduction(op, type, mine, result);
        long from = mine.address();
        long into = result.address();
        boolean inPlace = from == into;
        long left = mine.byteSize();
        do {
            int part = PIECES.next(left);
            waits.begin(Call.ALLREDUCE);
            done(Mpi.allreduce(inPlace ? Mpi.IN_PLACE : from, into, part / type.bytes(), Mpi.type(type), Mpi.op(op),
                    handle), Call.ALLREDUCE);
            from += part;
            into += part;
            left -= part;
        } while (left > 0);
        Reference.reachabilityFence(mine);
        Reference.reachabilityFence(result);
    }

    @Override
    public void scan(Op op, Type type, MemorySegment mine, MemorySegment result) {
        if (op.takesPairs() || PIECES.cuts(mine)) {
            super.scan(op, type, mine, result);
            return;
        }
        Checks.reduction(op, type, mine, result);
        waits.begin(Call.SCAN);
        done(Mpi.scan(inPlace(mine, result), result.address(), elements(type, mine), Mpi.type(type), Mpi.op(op), handle),
                Call.SCAN);
        Reference.reachabilityFence(mine);
        Reference.reachabilityFence(result);
    }

    @Override
    public void exscan(Op op, Type type, MemorySegment mine, MemorySegment result) {
        if (op.takesPairs() || PIECES.cuts(mine) || mine.address() == result.address()) {
            super.exscan(op, type, mine, result);
            return;
        }
        Checks.reduction(op, type, mine, result);
        waits.begin(Call.EXSCAN);
        done(Mpi.exscan(mine.address(), result.address(), elements(type, mine), Mpi.type(type), Mpi.op(op), handle),
                Call.EXSCAN);
        Reference.reachabilityFence(mine);
        Reference.reachabilityFence(result);
    }

    @Override
    public void reduceScatter(Op op, Type type, MemorySegment mine, MemorySegment result) {
        if (op.takesPairs() || PIECES.cuts(mine) || mine.asOverlappingSlice(result).isPresent()) {
            super.reduceScatter(op, type, mine, result);
            return;
        }
        Checks.equal("reduceScatter", result, mine, size);
        Checks.reduction(op, type, result, result);
        waits.begin(Call.REDUCE_SCATTER);
        done(Mpi.reduceScatter(mine.address(), result.address(), elements(type, result), Mpi.type(type), Mpi.op(op),
                handle), Call.REDUCE_SCATTER);
        Reference.reachabilityFence(mine);
        Reference.reachabilityFence(result);
    }

    private static long inPlace(MemorySegment mine, MemorySegment result) {
        return mine.address() == result.address() ? Mpi.IN_PLACE : mine.address();
    }

    private static int elements(Type type, MemorySegment array) {
        return (int) (array.byteSize() / type.bytes());
    }

    @Override
    public double allreduce(Op op, double value) {
        mineAlone.set(ValueLayout.JAVA_DOUBLE, 0, value);
        allreduce(op, Type.DOUBLE, mineAlone, resultAlone);
        return resultAlone.get(ValueLayout.JAVA_DOUBLE, 0);
    }

    @Override
    public long allreduce(Op op, long value) {
        mineAlone.set(ValueLayout.JAVA_LONG, 0, value);
        allreduce(op, Type.LONG, mineAlone, resultAlone);
        return resultAlone.get(ValueLayout.JAVA_LONG, 0);
    }

    @Override
    public void gather(MemorySegment mine, MemorySegment all, int root) {
        Checks.root(root, size);
        Checks.buffer(mine);
        if (PIECES.cuts(mine.byteSize(), size)) {
            super.gather(mine, all, root);
            return;
        }
        if (rank == root) {
            Checks.equal("gather", mine, all, size);
        }
        int part = (int) mine.byteSize();
        long into = rank == root ? all.address() : 0;
        boolean inPlace = rank == root && mine.address() == into + (long) rank * part;
        waits.begin(Call.GATHER);
        done(Mpi.gather(inPlace ? Mpi.IN_PLACE : mine.address(), part, Mpi.BYTE, into, part, Mpi.BYTE, root, handle),
                Call.GATHER);
        Reference.reachabilityFence(mine);
        Reference.reachabilityFence(all);
    }

    @Override
    public void scatter(MemorySegment all, MemorySegment mine, int root) {
        Checks.root(root, size);
        Checks.buffer(mine);
        if (PIECES.cuts(mine.byteSize(), size)) {
            super.scatter(all, mine, root);
            return;
        }
        if (rank == root) {
            Checks.equal("scatter", mine, all, size);
        }
        int part = (int) mine.byteSize();
        long from = rank == root ? all.address() : 0;
        boolean inPlace = rank == root && mine.address() == from + (long) rank * part;
        waits.begin(Call.SCATTER);
        done(Mpi.scatter(from, part, Mpi.BYTE, inPlace ? Mpi.IN_PLACE : mine.address(), part, Mpi.BYTE, root, handle),
                Call.SCATTER);
        Reference.reachabilityFence(mine);
        Reference.reachabilityFence(all);
    }

    @Override
    public void allgather(MemorySegment mine, MemorySegment all) {
        if (PIECES.cuts(mine.byteSize(), size)) {
            super.allgather(mine, all);
            return;
        }
        Checks.equal("allgather", mine, all, size);
        int part = (int) mine.byteSize();
        boolean inPlace = mine.address() == all.address() + (long) rank * part;
        waits.begin(Call.ALLGATHER);
        done(Mpi.allgather(inPlace ? Mpi.IN_PLACE : mine.address(), part, Mpi.BYTE, all.address(), part, Mpi.BYTE,
                handle), Call.ALLGATHER);
        Reference.reachabilityFence(mine);
        Reference.reachabilityFence(all);
    }

    @Override
    public void alltoall(MemorySegment outgoing, MemorySegment incoming) {
        Checks.divides("alltoall", outgoing, size);
        Checks.whole("alltoall", incoming, new long[] {outgoing.byteSize()});
        Checks.apart("alltoall", outgoing, incoming);
        if (PIECES.cuts(outgoing)) {
            super.alltoall(outgoing, incoming);
            return;
        }
        int part = (int) (outgoing.byteSize() / size);
        waits.begin(Call.ALLTOALL);
        done(Mpi.alltoall(outgoing.address(), part, Mpi.BYTE, incoming.address(), part, Mpi.BYTE, handle),
                Call.ALLTOALL);
        Reference.reachabilityFence(outgoing);
        Reference.reachabilityFence(incoming);
    }

    @Override
    public Request ibarrier() {
        long request = requests.take();
        check(Mpi.ibarrier(handle, request), "MPI_Ibarrier");
        return new NativeRequest(this, request, this, Waits.OTHERS, false);
    }

    @Override
    public Request ibcast(MemorySegment message, int root) {
        if (PIECES.cuts(message)) {
            return super.ibcast(message, root);
        }
        Checks.buffer(message);
        Checks.root(root, size);
        long request = requests.take();
        check(Mpi.ibcast(message.address(), (int) message.byteSize(), Mpi.BYTE, root, handle, request), "MPI_Ibcast");
        return new NativeRequest(this, request, message, Waits.OTHERS, false);
    }

    @Override
    public Request iallreduce(Op op, Type type, MemorySegment mine, MemorySegment result) {
        if (op.takesPairs() || PIECES.cuts(mine)) {
            return super.iallreduce(op, type, mine, result);
        }
        Checks.reduction(op, type, mine, result);
        long request = requests.take();
        check(Mpi.iallreduce(inPlace(mine, result), result.address(), elements(type, mine), Mpi.type(type), Mpi.op(op),
                handle, request), "MPI_Iallreduce");
        return new NativeRequest(this, request, List.of(mine, result), Waits.OTHERS, false);
    }

    @Override
    protected NativeComm aside() {
        if (aside == null) {
            try (Arena brief = Arena.ofConfined()) {
                MemorySegment copy = brief.allocate(ValueLayout.JAVA_LONG);
                waits.begin(Call.COMM_DUP);
                done(Mpi.commDup(handle, copy.address()), Call.COMM_DUP);
                aside = new NativeComm(ABI.readHandle(copy), this, numbered);
            }
        }
        return aside;
    }

    @Override
    public Comm split(int colour, int key) {
        Checks.colour(colour);
        leftovers.giveBack();
        try (Arena brief = Arena.ofConfined()) {
            MemorySegment group = brief.allocate(ValueLayout.JAVA_LONG);
            waits.begin(Call.COMM_SPLIT);
            done(Mpi.commSplit(handle, colour, key, group.address()), Call.COMM_SPLIT);
            return new NativeComm(ABI.readHandle(group), this, false);
        }
    }

    @Override
    public Counter counter() {
        leftovers.giveBack();
        return NativeCounter.over(this);
    }

    @Override
    public Optional<Window> window(long bytes) {
        Checks.window(bytes);
        leftovers.giveBack();
        // Open MPI 4 names the file behind a window by the group's number, and the groups of one split have the same.
        return parent == null ? NativeWindow.over(this, bytes) : MachineWindow.over(this, bytes);
    }

    // --- the rank and its place ----------------------------------------------------------------------------

    @Override
    public void abort(int code) {
        NativeComm all = parent == null ? this : world();
        Failure.announceAbort(all.rank, all.size, code);
        endAll(code);
    }

    /** Ends all ranks without a word of its own. */
    static void endAll(int code) {
        try {
            Mpi.abort(Mpi.COMM_WORLD, code);
        } finally {
            Runtime.getRuntime().halt(code);
        }
    }

    @Override
    public String processorName() {
        try (Arena brief = Arena.ofConfined()) {
            MemorySegment name = brief.allocate(Mpi.MAX_PROCESSOR_NAME);
            MemorySegment length = brief.allocate(ValueLayout.JAVA_INT);
            check(Mpi.getProcessorName(name.address(), length.address()), "MPI_Get_processor_name");
            return name.getString(0);
        }
    }

    @Override
    public String library() {
        return LoadedLibrary.title();
    }

    @Override
    public String libraryChoice() {
        return LoadedLibrary.choice();
    }

    /** Where what was closed on this group waits to be given back. */
    Leftovers leftovers() {
        return leftovers;
    }

    @Override
    public Waits waits() {
        return waits;
    }

    /** A peer by its number in the world, if it is known. */
    int named(int peer) {
        return numbered && peer >= 0 ? peer : Waits.OTHERS;
    }

    @Override
    public void close() {
        if (open && parent != null) {
            open = false;
            parent.leftovers.add(this::giveBack);
        }
    }

    /** Collective: ends the group in the library, after all that it made. */
    void giveBack() {
        leftovers.giveBack();
        if (aside != null) {
            aside.giveBack();
        }
        if (parent != null) {
            try (Arena brief = Arena.ofConfined()) {
                MemorySegment self = brief.allocate(ValueLayout.JAVA_LONG);
                ABI.writeHandle(self, handle);
                waits.begin(Call.COMM_FREE);
                done(Mpi.commFree(self.address()), Call.COMM_FREE);
            }
            arena.close();
        }
    }

    // --- errors --------------------------------------------------------------------------------------------

    /** The end of a call that {@link #waits} has been told of. */
    void done(int code, Call call) {
        waits.end();
        if (code != Mpi.SUCCESS) {
            throw failed(code, call.label());
        }
    }

    void check(int code, String call) {
        if (code != Mpi.SUCCESS) {
            throw failed(code, call);
        }
    }

    private CommException failed(int code, String call) {
        try (Arena brief = Arena.ofConfined()) {
            MemorySegment number = brief.allocate(ValueLayout.JAVA_INT);
            MemorySegment text = brief.allocate(Mpi.MAX_ERROR_STRING);
            // MPICH's codes carry a whole story; the class is what the standard knows.
            Mpi.errorClass(code, number.address());
            int errorClass = number.get(ValueLayout.JAVA_INT, 0);
            Mpi.errorString(code, text.address(), number.address());
            String story = String.join("; ", text.getString(0).strip().lines().toList());
            return new CommException(ABI.errorClass(errorClass), "rank " + rank + " of " + size + ": " + call + ": "
                    + story + " (MPI error class " + errorClass + ")");
        }
    }
}
