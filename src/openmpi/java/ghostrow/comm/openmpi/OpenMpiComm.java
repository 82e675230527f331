package ghostrow.comm.openmpi;

import ghostrow.comm.Checks;
import ghostrow.comm.Comm;
import ghostrow.comm.CommException;
import ghostrow.comm.CommException.ErrorClass;
import ghostrow.comm.Failure;
import ghostrow.comm.Leftovers;
import ghostrow.comm.MachineCounter;
import ghostrow.comm.MachineWindow;
import ghostrow.comm.MessageComm;
import ghostrow.comm.Pieces;
import ghostrow.comm.Waits;
import ghostrow.comm.Waits.Call;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import mpi.Datatype;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;

/** A communicator of Open MPI, called through its Java bindings with direct buffers alone. */
final class OpenMpiComm extends MessageComm {
    /** The bindings count in int. */
    static final Pieces PIECES = Pieces.upTo(1L << 30);

    private final Intracomm comm;
    /** The group that this one was split from; null for the world. */
    private final OpenMpiComm parent;
    private final int rank;
    private final int size;
    private final Waits waits;
    /** Whether its ranks have the numbers that they have in the world. */
    private final boolean numbered;
    private final Leftovers leftovers = new Leftovers();
    private OpenMpiComm aside;
    private boolean open = true;

    private OpenMpiComm(Intracomm comm, OpenMpiComm parent, boolean numbered) throws MPIException {
        this.comm = comm;
        this.parent = parent;
        this.waits = parent == null ? new Waits() : parent.waits;
        this.numbered = numbered;
        this.rank = comm.getRank();
        this.size = comm.getSize();
    }

    static OpenMpiComm world() throws MPIException {
        return new OpenMpiComm(MPI.COMM_WORLD, null, true);
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void send(MemorySegment message, int to, int tag) {
        Checks.outgoing(message, to, tag, size);
        Checks.notSelf(to, rank);
        if (to == PROC_NULL) {
            return;
        }
        try {
            for (MemorySegment part : PIECES.of(message)) {
                ByteBuffer piece = part.asByteBuffer();
                waits.begin(Call.SEND, named(to));
                comm.send(piece, piece.capacity(), MPI.BYTE, to, tag);
                waits.end();
            }
        } catch (MPIException e) {
            throw failed("send to rank " + to, e);
        }
    }

    @Override
    public void ssend(MemorySegment message, int to, int tag) {
        Checks.outgoing(message, to, tag, size);
        Checks.notSelf(to, rank);
        if (to == PROC_NULL) {
            return;
        }
        try {
            for (MemorySegment part : PIECES.of(message)) {
                ByteBuffer piece = part.asByteBuffer();
                waits.begin(Call.SSEND, named(to));
                comm.sSend(piece, piece.capacity(), MPI.BYTE, to, tag);
                waits.end();
            }
        } catch (MPIException e) {
            throw failed("ssend to rank " + to, e);
        }
    }

    @Override
    public Status recv(MemorySegment message, int from, int tag) {
        Checks.incoming(message, from, tag, size);
        Checks.wildcard(message, from, tag, PIECES.longest());
        if (from == PROC_NULL) {
            return Status.NOTHING;
        }
        try {
            long bytes = 0;
            Status last = Status.NOTHING;
            for (MemorySegment part : PIECES.of(message)) {
                ByteBuffer piece = part.asByteBuffer();
                waits.begin(Call.RECV, named(from));
                mpi.Status found = comm.recv(piece, piece.capacity(), MPI.BYTE, peer(from), tag(tag));
                waits.end();
                last = status(found);
                bytes += last.bytes();
                if (last.bytes() < PIECES.longest()) {
                    break; // a piece that is not full is the last one
                }
            }
            return new Status(last.source(), last.tag(), bytes);
        } catch (MPIException e) {
            throw failed("receive from rank " + from, e);
        }
    }

    private static Status status(mpi.Status found) throws MPIException {
        return new Status(found.getSource(), found.getTag(), found.getCount(MPI.BYTE));
    }

    @Override
    public Status sendrecv(MemorySegment outgoing, int to, int sendTag, MemorySegment incoming, int from,
            int recvTag) {
        Checks.outgoing(outgoing, to, sendTag, size);
        Checks.incoming(incoming, from, recvTag, size);
        if (PIECES.cuts(outgoing) || PIECES.cuts(incoming)) {
            // The two may be cut into different numbers of pieces: no pairs to hand to one call.
            Request receiving = irecv(incoming, from, recvTag);
            Request sending = isend(outgoing, to, sendTag);
            sending.await();
            return receiving.await();
        }
        try {
            ByteBuffer out = outgoing.asByteBuffer();
            ByteBuffer in = incoming.asByteBuffer();
            waits.begin(Call.SENDRECV, named(from), named(to));
            mpi.Status found = comm.sendRecv(out, out.capacity(), MPI.BYTE, peer(to), sendTag, in, in.capacity(), MPI.BYTE,
                    peer(from), tag(recvTag));
            waits.end();
            return from == PROC_NULL ? Status.NOTHING : status(found);
        } catch (MPIException e) {
            throw failed("sendrecv to rank " + to + " from rank " + from, e);
        }
    }

    @Override
    public Status probe(int from, int tag) {
        Checks.source(from, tag, size);
        if (from == PROC_NULL) {
            return Status.NOTHING;
        }
        try {
            waits.begin(Call.PROBE, named(from));
            mpi.Status found = comm.probe(peer(from), tag(tag));
            waits.end();
            return status(found);
        } catch (MPIException e) {
            throw failed("probe of rank " + from, e);
        }
    }

    @Override
    public Optional<Status> iprobe(int from, int tag) {
        Checks.source(from, tag, size);
        if (from == PROC_NULL) {
            return Optional.of(Status.NOTHING);
        }
        try {
            mpi.Status found = comm.iProbe(peer(from), tag(tag));
            return found == null ? Optional.empty() : Optional.of(status(found));
        } catch (MPIException e) {
            throw failed("iprobe of rank " + from, e);
        }
    }

    @Override
    public Request isend(MemorySegment message, int to, int tag) {
        Checks.outgoing(message, to, tag, size);
        return started(Message.to(to, message, tag));
    }

    @Override
    public Request irecv(MemorySegment message, int from, int tag) {
        Checks.incoming(message, from, tag, size);
        Checks.wildcard(message, from, tag, PIECES.longest());
        return started(Message.from(from, message, tag));
    }

    private Request started(Message message) {
        if (message.peer() == PROC_NULL) {
            return new OpenMpiRequest(waits, PROC_NULL, false);
        }
        try {
            List<MemorySegment> pieces = PIECES.of(message.buffer());
            mpi.Request[] requests = new mpi.Request[pieces.size()];
            for (int i = 0; i < requests.length; i++) {
                ByteBuffer piece = pieces.get(i).asByteBuffer();
                requests[i] = message.outgoing()
                        ? comm.iSend(piece, piece.capacity(), MPI.BYTE, message.peer(), message.tag())
                        : comm.iRecv(piece, piece.capacity(), MPI.BYTE, peer(message.peer()), tag(message.tag()));
            }
            return new OpenMpiRequest(waits, named(message.peer()), !message.outgoing(), requests);
        } catch (MPIException e) {
            throw failed((message.outgoing() ? "isend to rank " : "irecv from rank ") + message.peer(), e);
        }
    }

    @Override
    public Exchange exchange(List<Message> messages) {
        return new OpenMpiExchange(this, comm, messages);
    }

    @Override
    public void barrier() {
        try {
            waits.begin(Call.BARRIER);
            comm.barrier();
            waits.end();
        } catch (MPIException e) {
            throw failed("barrier", e);
        }
    }

    @Override
    public void bcast(MemorySegment message, int root) {
        Checks.buffer(message);
        Checks.root(root, size);
        try {
            for (MemorySegment part : PIECES.of(message)) {
                ByteBuffer piece = part.asByteBuffer();
                waits.begin(Call.BCAST);
                comm.bcast(piece, piece.capacity(), MPI.BYTE, root);
                waits.end();
            }
        } catch (MPIException e) {
            throw failed("bcast from rank " + root, e);
        }
    }

    /** MPI has no sums of bytes, and no pairs of two equal numbers. */
    private static boolean isOurs(Op op, Type type) {
        return type == Type.BYTE || op.takesPairs();
    }

    @Override
    public void reduce(Op op, Type type, MemorySegment mine, MemorySegment result, int root) {
        if (isOurs(op, type)) {
            super.reduce(op, type, mine, result, root);
            return;
        }
        Checks.root(root, size);
        boolean atRoot = rank == root;
        Checks.reduction(op, type, mine, atRoot ? result : mine);
        try {
            List<MemorySegment> results = atRoot ? PIECES.of(result) : List.of();
            int next = 0;
            for (MemorySegment piece : PIECES.of(mine)) {
                ByteBuffer into = atRoot ? results.get(next++).asByteBuffer() : null;
                waits.begin(Call.REDUCE);
                if (atRoot && same(mine, result)) {
                    comm.reduce(into, elements(type, piece), datatype(type), operation(op), root);
                } else {
                    comm.reduce(piece.asByteBuffer(), into, elements(type, piece), datatype(type), operation(op), root);
                }
                waits.end();
            }
        } catch (MPIException e) {
            throw failed("reduce to rank " + root, e);
        }
    }

    @Override
    public void allreduce(Op op, Type type, MemorySegment mine, MemorySegment result) {
        if (isOurs(op, type)) {
            super.allreduce(op, type, mine, result);
            return;
        }
        Checks.reduction(op, type, mine, result);
        try {
            List<MemorySegment> results = PIECES.of(result);
            int next = 0;
            for (MemorySegment piece : PIECES.of(mine)) {
                ByteBuffer into = results.get(next++).asByteBuffer();
                waits.begin(Call.ALLREDUCE);
                if (same(mine, result)) {
                    comm.allReduce(into, elements(type, piece), datatype(type), operation(op));
                } else {
                    comm.allReduce(piece.asByteBuffer(), into, elements(type, piece), datatype(type), operation(op));
                }
                waits.end();
            }
        } catch (MPIException e) {
            throw failed("allreduce", e);
        }
    }

    @Override
    public void scan(Op op, Type type, MemorySegment mine, MemorySegment result) {
        if (isOurs(op, type) || PIECES.cuts(mine) || same(mine, result)) {
            super.scan(op, type, mine, result);
            return;
        }
        Checks.reduction(op, type, mine, result);
        try {
            waits.begin(Call.SCAN);
            comm.scan(mine.asByteBuffer(), result.asByteBuffer(), elements(type, mine), datatype(type), operation(op));
            waits.end();
        } catch (MPIException e) {
            throw failed("scan", e);
        }
    }

    @Override
    public void exscan(Op op, Type type, MemorySegment mine, MemorySegment result) {
        if (isOurs(op, type) || PIECES.cuts(mine) || same(mine, result)) {
            super.exscan(op, type, mine, result);
            return;
        }
        Checks.reduction(op, type, mine, result);
        try {
            waits.begin(Call.EXSCAN);
            comm.exScan(mine.asByteBuffer(), result.asByteBuffer(), elements(type, mine), datatype(type), operation(op));
            waits.end();
        } catch (MPIException e) {
            throw failed("exscan", e);
        }
    }

    @Override
    public void reduceScatter(Op op, Type type, MemorySegment mine, MemorySegment result) {
        if (isOurs(op, type) || PIECES.cuts(mine) || mine.asOverlappingSlice(result).isPresent()) {
            super.reduceScatter(op, type, mine, result);
            return;
        }
        Checks.equal("reduceScatter", result, mine, size);
        Checks.reduction(op, type, result, result);
        try {
            waits.begin(Call.REDUCE_SCATTER);
            comm.reduceScatterBlock(mine.asByteBuffer(), result.asByteBuffer(), elements(type, result), datatype(type),
                    operation(op));
            waits.end();
        } catch (MPIException e) {
            throw failed("reduceScatter", e);
        }
    }

    private static boolean same(MemorySegment mine, MemorySegment result) {
        return mine.address() == result.address();
    }

    private static int elements(Type type, MemorySegment piece) {
        return (int) (piece.byteSize() / type.bytes());
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
        try {
            ByteBuffer from = mine.asByteBuffer();
            ByteBuffer to = rank == root ? all.asByteBuffer() : null;
            waits.begin(Call.GATHER);
            comm.gather(from, from.capacity(), MPI.BYTE, to, from.capacity(), MPI.BYTE, root);
            waits.end();
        } catch (MPIException e) {
            throw failed("gather to rank " + root, e);
        }
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
        try {
            ByteBuffer to = mine.asByteBuffer();
            ByteBuffer from = rank == root ? all.asByteBuffer() : null;
            waits.begin(Call.SCATTER);
            comm.scatter(from, to.capacity(), MPI.BYTE, to, to.capacity(), MPI.BYTE, root);
            waits.end();
        } catch (MPIException e) {
            throw failed("scatter from rank " + root, e);
        }
    }

    @Override
    public void allgather(MemorySegment mine, MemorySegment all) {
        if (PIECES.cuts(mine.byteSize(), size)) {
            super.allgather(mine, all);
            return;
        }
        Checks.equal("allgather", mine, all, size);
        try {
            ByteBuffer from = mine.asByteBuffer();
            waits.begin(Call.ALLGATHER);
            comm.allGather(from, from.capacity(), MPI.BYTE, all.asByteBuffer(), from.capacity(), MPI.BYTE);
            waits.end();
        } catch (MPIException e) {
            throw failed("allgather", e);
        }
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
        try {
            int part = (int) (outgoing.byteSize() / size);
            waits.begin(Call.ALLTOALL);
            comm.allToAll(outgoing.asByteBuffer(), part, MPI.BYTE, incoming.asByteBuffer(), part, MPI.BYTE);
            waits.end();
        } catch (MPIException e) {
            throw failed("alltoall", e);
        }
    }

    @Override
    public Request ibarrier() {
        try {
            return new OpenMpiRequest(waits, PROC_NULL, false, comm.iBarrier());
        } catch (MPIException e) {
            throw failed("ibarrier", e);
        }
    }

    @Override
    public Request ibcast(MemorySegment message, int root) {
        if (PIECES.cuts(message)) {
            return super.ibcast(message, root);
        }
        Checks.buffer(message);
        Checks.root(root, size);
        try {
            ByteBuffer bytes = message.asByteBuffer();
            return new OpenMpiRequest(waits, PROC_NULL, false, comm.iBcast(bytes, bytes.capacity(), MPI.BYTE, root));
        } catch (MPIException e) {
            throw failed("ibcast from rank " + root, e);
        }
    }

    @Override
    public Request iallreduce(Op op, Type type, MemorySegment mine, MemorySegment result) {
        if (isOurs(op, type) || PIECES.cuts(mine) || same(mine, result)) {
            return super.iallreduce(op, type, mine, result);
        }
        Checks.reduction(op, type, mine, result);
        try {
            return new OpenMpiRequest(waits, PROC_NULL, false, comm.iAllReduce(mine.asByteBuffer(),
                    result.asByteBuffer(), elements(type, mine), datatype(type), operation(op)));
        } catch (MPIException e) {
            throw failed("iallreduce", e);
        }
    }

    @Override
    protected Comm aside() {
        try {
            if (aside == null) {
                waits.begin(Call.COMM_DUP);
                aside = new OpenMpiComm(comm.dup(), this, numbered);
                waits.end();
            }
            return aside;
        } catch (MPIException e) {
            throw failed("a communicator of its own for a collective call", e);
        }
    }

    @Override
    public Comm split(int colour, int key) {
        Checks.colour(colour);
        leftovers.giveBack();
        try {
            waits.begin(Call.COMM_SPLIT);
            Intracomm group = comm.split(colour, key);
            waits.end();
            return new OpenMpiComm(group, this, false);
        } catch (MPIException e) {
            throw failed("split", e);
        }
    }

    @Override
    public Counter counter() {
        leftovers.giveBack();
        return MachineCounter.over(this).orElseGet(() -> new OpenMpiCounter(comm, rank, waits, leftovers));
    }

    /** The bindings make shared windows, but have no MPI_Win_shared_query to ask where another rank's memory lies. */
    @Override
    public Optional<Window> window(long bytes) {
        Checks.window(bytes);
        leftovers.giveBack();
        return MachineWindow.over(this, bytes);
    }

    @Override
    public void abort(int code) {
        try {
            Failure.announceAbort(MPI.COMM_WORLD.getRank(), MPI.COMM_WORLD.getSize(), code);
        } catch (MPIException e) {
            System.err.println("ghostrow: a rank that the library cannot name aborted the job with code " + code);
        }
        endAll(code);
    }

    /** Ends all ranks without a word of its own. */
    static void endAll(int code) {
        try {
            MPI.COMM_WORLD.abort(code);
        } catch (MPIException e) {
            System.err.println("ghostrow: the library cannot abort: " + e.getMessage());
        }
        Runtime.getRuntime().halt(code);
    }

    @Override
    public String processorName() {
        try {
            return MPI.getProcessorName();
        } catch (MPIException e) {
            throw failed("the processor's name", e);
        }
    }

    @Override
    public String library() {
        // "Open MPI v4.1.4, package: ..., ident: ..., repo rev: ..., date"
        return MPI.getLibVersion().split("[,\n]")[0].strip() + ", Java bindings";
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
            try {
                waits.begin(Call.COMM_FREE);
                comm.free();
                waits.end();
            } catch (MPIException e) {
                throw failed("close", e);
            }
        }
    }

    static int peer(int peer) {
        return peer >= 0 ? peer : peer == PROC_NULL ? MPI.PROC_NULL : MPI.ANY_SOURCE;
    }

    static int tag(int tag) {
        return tag == ANY_TAG ? MPI.ANY_TAG : tag;
    }

    private static Datatype datatype(Type type) {
        return switch (type) {
            case BYTE -> MPI.BYTE;
            case INT -> MPI.INT;
            case LONG -> MPI.LONG;
            case FLOAT -> MPI.FLOAT;
            case DOUBLE -> MPI.DOUBLE;
        };
    }

    private static mpi.Op operation(Op op) {
        return switch (op) {
            case SUM -> MPI.SUM;
            case PROD -> MPI.PROD;
            case MIN -> MPI.MIN;
            case MAX -> MPI.MAX;
            case LAND -> MPI.LAND;
            case LOR -> MPI.LOR;
            case LXOR -> MPI.LXOR;
            case BAND -> MPI.BAND;
            case BOR -> MPI.BOR;
            case BXOR -> MPI.BXOR;
            case MINLOC -> MPI.MINLOC;
            case MAXLOC -> MPI.MAXLOC;
        };
    }

    static CommException failed(String what, MPIException e) {
        return new CommException(ErrorClass.numbered(e.getErrorClass()),
                "Open MPI: " + what + " failed: " + e.getMessage(), e);
    }
}
