package ghostrow.comm.ffm;

import static ghostrow.comm.ffm.LoadedLibrary.ABI;

import ghostrow.comm.Checks;
import ghostrow.comm.Comm;
import ghostrow.comm.CommException;
import ghostrow.comm.Failure;
import ghostrow.comm.Gathering;
import ghostrow.comm.Leftovers;
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
final class NativeComm implements Comm {
    /** The library counts in int. */
    static final Pieces PIECES = Pieces.upTo(1L << 30);

    private final long handle;
    private final int rank;
    private final int size;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment mineAlone = arena.allocate(ValueLayout.JAVA_LONG);
    private final MemorySegment resultAlone = arena.allocate(ValueLayout.JAVA_LONG);
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
        Checks.message(message, to, tag, size);
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
    public void recv(MemorySegment message, int from, int tag) {
        Checks.message(message, from, tag, size);
        if (from == PROC_NULL) {
            return;
        }
        long at = message.address();
        long left = message.byteSize();
        do {
            int part = PIECES.next(left);
            waits.begin(Call.RECV, named(from));
            done(Mpi.recv(at, part, Mpi.BYTE, from, tag, handle, Mpi.STATUS_IGNORE), Call.RECV);
            at += part;
            left -= part;
        } while (left > 0);
        Reference.reachabilityFence(message);
    }

    @Override
    public void sendrecv(MemorySegment outgoing, int to, int sendTag, MemorySegment incoming, int from,
            int recvTag) {
        Checks.message(outgoing, to, sendTag, size);
        Checks.message(incoming, from, recvTag, size);
        if (PIECES.cuts(outgoing) || PIECES.cuts(incoming)) {
            Request in = irecv(incoming, from, recvTag);
            Request out = isend(outgoing, to, sendTag);
            out.await();
            in.await();
            return;
        }
        waits.begin(Call.SENDRECV, named(from), named(to));
        done(Mpi.sendrecv(outgoing.address(), (int) outgoing.byteSize(), Mpi.BYTE, peer(to), sendTag,
                incoming.address(), (int) incoming.byteSize(), Mpi.BYTE, peer(from), recvTag,
                handle, Mpi.STATUS_IGNORE), Call.SENDRECV);
        Reference.reachabilityFence(outgoing);
        Reference.reachabilityFence(incoming);
    }

    private static int peer(int rank) {
        return rank == PROC_NULL ? Mpi.PROC_NULL : rank;
    }

    @Override
    public Request isend(MemorySegment message, int to, int tag) {
        Checks.message(message, to, tag, size);
        if (to == PROC_NULL) {
            return NativeRequest.None.NONE;
        }
        if (PIECES.cuts(message)) {
            return isendChunks(message, to, tag);
        }
        long request = requests.take();
        check(Mpi.isend(message.address(), (int) message.byteSize(), Mpi.BYTE, to, tag, handle,
                request), "MPI_Isend");
        return new NativeRequest(this, request, message, named(to));
    }

    private Request isendChunks(MemorySegment message, int to, int tag) {
        ChunkedRequest request = new ChunkedRequest(this, message, named(to));
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
        Checks.message(message, from, tag, size);
        if (from == PROC_NULL) {
            return NativeRequest.None.NONE;
        }
        if (PIECES.cuts(message)) {
            return irecvChunks(message, from, tag);
        }
        long request = requests.take();
        check(Mpi.irecv(message.address(), (int) message.byteSize(), Mpi.BYTE, from, tag, handle,
                request), "MPI_Irecv");
        return new NativeRequest(this, request, message, named(from));
    }

    private Request irecvChunks(MemorySegment message, int from, int tag) {
        ChunkedRequest request = new ChunkedRequest(this, message, named(from));
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
        Checks.root(root, size);
        if (rank == root) {
            Checks.reduction(mine, result);
        } else {
            Checks.reduction(mine, mine);
        }
        long from = mine.address();
        long into = rank == root ? result.address() : from;
        boolean inPlace = rank == root && from == into;
        long left = mine.byteSize();
        do {
            int part = PIECES.next(left);
            waits.begin(Call.REDUCE);
            done(Mpi.reduce(inPlace ? Mpi.IN_PLACE : from, into, elements(part), type(type), op(op), root,
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
        Checks.reduction(mine, result);
        long from = mine.address();
        long into = result.address();
        boolean inPlace = from == into;
        long left = mine.byteSize();
        do {
            int part = PIECES.next(left);
            waits.begin(Call.ALLREDUCE);
            done(Mpi.allreduce(inPlace ? Mpi.IN_PLACE : from, into, elements(part), type(type), op(op),
                    handle), Call.ALLREDUCE);
            from += part;
            into += part;
            left -= part;
        } while (left > 0);
        Reference.reachabilityFence(mine);
        Reference.reachabilityFence(result);
    }

    private static int elements(int bytes) {
        return bytes / (int) Type.BYTES;
    }

    private static long type(Type type) {
        return type == Type.DOUBLE ? Mpi.DOUBLE : Mpi.INT64;
    }

    private static long op(Op op) {
        return op == Op.SUM ? Mpi.SUM : op == Op.MIN ? Mpi.MIN : Mpi.MAX;
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
        long part = mine.byteSize();
        if (rank == root) {
            Checks.gathered(mine, all, size);
        }
        if (part > PIECES.longest() / size) { // the same answer on every rank
            gatherv(mine, all, Gathering.equal(part, size), root);
            return;
        }
        long into = rank == root ? all.address() : 0;
        boolean inPlace = rank == root && mine.address() == into + rank * part;
        waits.begin(Call.GATHER);
        done(Mpi.gather(inPlace ? Mpi.IN_PLACE : mine.address(), (int) part, Mpi.BYTE, into, (int) part,
                Mpi.BYTE, root, handle), Call.GATHER);
        Reference.reachabilityFence(mine);
        Reference.reachabilityFence(all);
    }

    @Override
    public void gatherv(MemorySegment mine, MemorySegment all, long[] bytes, int root) {
        Gathering.byMessages(this, this::aside, mine, all, bytes, root);
    }

    private NativeComm aside() {
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
        return parent == null ? NativeWindow.over(this, bytes) : Optional.empty();
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
        return numbered ? peer : Waits.OTHERS;
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
            return new CommException("rank " + rank + " of " + size + ": " + call + ": " + story
                    + " (MPI error class " + errorClass + ")");
        }
    }
}
