package ghostrow.comm.openmpi;

import ghostrow.comm.Checks;
import ghostrow.comm.Comm;
import ghostrow.comm.CommException;
import ghostrow.comm.Failure;
import ghostrow.comm.Gathering;
import ghostrow.comm.Leftovers;
import ghostrow.comm.MachineCounter;
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
final class OpenMpiComm implements Comm {
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
        Checks.message(message, to, tag, size);
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
    public void recv(MemorySegment message, int from, int tag) {
        Checks.message(message, from, tag, size);
        if (from == PROC_NULL) {
            return;
        }
        try {
            for (MemorySegment part : PIECES.of(message)) {
                ByteBuffer piece = part.asByteBuffer();
                waits.begin(Call.RECV, named(from));
                comm.recv(piece, piece.capacity(), MPI.BYTE, from, tag);
                waits.end();
            }
        } catch (MPIException e) {
            throw failed("receive from rank " + from, e);
        }
    }

    @Override
    public void sendrecv(MemorySegment outgoing, int to, int sendTag, MemorySegment incoming, int from,
            int recvTag) {
        Checks.message(outgoing, to, sendTag, size);
        Checks.message(incoming, from, recvTag, size);
        if (PIECES.cuts(outgoing) || PIECES.cuts(incoming)) {
            // The two may be cut into different numbers of pieces: no pairs to hand to one call.
            Request receiving = irecv(incoming, from, recvTag);
            Request sending = isend(outgoing, to, sendTag);
            receiving.await();
            sending.await();
            return;
        }
        try {
            ByteBuffer out = outgoing.asByteBuffer();
            ByteBuffer in = incoming.asByteBuffer();
            waits.begin(Call.SENDRECV, named(from), named(to));
            comm.sendRecv(out, out.capacity(), MPI.BYTE, peer(to), sendTag, in, in.capacity(), MPI.BYTE,
                    peer(from), recvTag);
            waits.end();
        } catch (MPIException e) {
            throw failed("sendrecv to rank " + to + " from rank " + from, e);
        }
    }

    @Override
    public Request isend(MemorySegment message, int to, int tag) {
        Checks.message(message, to, tag, size);
        return started(Message.to(to, message, tag));
    }

    @Override
    public Request irecv(MemorySegment message, int from, int tag) {
        Checks.message(message, from, tag, size);
        return started(Message.from(from, message, tag));
    }

    private Request started(Message message) {
        if (message.peer() == PROC_NULL) {
            return new Waiting(waits, PROC_NULL, new mpi.Request[0]);
        }
        try {
            List<MemorySegment> pieces = PIECES.of(message.buffer());
            mpi.Request[] requests = new mpi.Request[pieces.size()];
            for (int i = 0; i < requests.length; i++) {
                ByteBuffer piece = pieces.get(i).asByteBuffer();
                requests[i] = message.outgoing()
                        ? comm.iSend(piece, piece.capacity(), MPI.BYTE, message.peer(), message.tag())
                        : comm.iRecv(piece, piece.capacity(), MPI.BYTE, message.peer(), message.tag());
            }
            return new Waiting(waits, named(message.peer()), requests);
        } catch (MPIException e) {
            throw failed((message.outgoing() ? "isend to rank " : "irecv from rank ") + message.peer(), e);
        }
    }

    /** A completed request of MPI is a null request, which may be awaited again. */
    private record Waiting(Waits waits, int peer, mpi.Request[] requests) implements Request {
        @Override
        public void await() {
            try {
                for (mpi.Request request : requests) {
                    waits.begin(Call.WAIT, peer);
                    request.waitFor();
                    waits.end();
                }
            } catch (MPIException e) {
                throw failed("await", e);
            }
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

    @Override
    public void reduce(Op op, Type type, MemorySegment mine, MemorySegment result, int root) {
        Checks.root(root, size);
        boolean atRoot = rank == root;
        Checks.reduction(mine, atRoot ? result : mine);
        try {
            List<MemorySegment> results = atRoot ? PIECES.of(result) : List.of();
            int next = 0;
            for (MemorySegment piece : PIECES.of(mine)) {
                ByteBuffer into = atRoot ? results.get(next++).asByteBuffer() : null;
                waits.begin(Call.REDUCE);
                comm.reduce(piece.asByteBuffer(), into, elements(piece), datatype(type), operation(op), root);
                waits.end();
            }
        } catch (MPIException e) {
            throw failed("reduce to rank " + root, e);
        }
    }

    @Override
    public void allreduce(Op op, Type type, MemorySegment mine, MemorySegment result) {
        Checks.reduction(mine, result);
        try {
            List<MemorySegment> results = PIECES.of(result);
            int next = 0;
            for (MemorySegment piece : PIECES.of(mine)) {
                waits.begin(Call.ALLREDUCE);
                comm.allReduce(piece.asByteBuffer(), results.get(next++).asByteBuffer(), elements(piece),
                        datatype(type), operation(op));
                waits.end();
            }
        } catch (MPIException e) {
            throw failed("allreduce", e);
        }
    }

    private static int elements(MemorySegment piece) {
        return (int) (piece.byteSize() / Type.BYTES);
    }

    @Override
    public void gather(MemorySegment mine, MemorySegment all, int root) {
        Checks.root(root, size);
        Checks.buffer(mine);
        if (rank == root) {
            Checks.gathered(mine, all, size);
        }
        if (mine.byteSize() > PIECES.longest() / size) { // the same answer on every rank
            gatherv(mine, all, Gathering.equal(mine.byteSize(), size), root);
            return;
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
    public void gatherv(MemorySegment mine, MemorySegment all, long[] bytes, int root) {
        Gathering.byMessages(this, this::aside, mine, all, bytes, root);
    }

    private Comm aside() {
        try {
            if (aside == null) {
                waits.begin(Call.COMM_DUP);
                aside = new OpenMpiComm(comm.dup(), this, numbered);
                waits.end();
            }
            return aside;
        } catch (MPIException e) {
            throw failed("a gather's own communicator", e);
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
        return Optional.empty();
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
            try {
                waits.begin(Call.COMM_FREE);
                comm.free();
                waits.end();
            } catch (MPIException e) {
                throw failed("close", e);
            }
        }
    }

    private static int peer(int peer) {
        return peer == PROC_NULL ? MPI.PROC_NULL : peer;
    }

    private static Datatype datatype(Type type) {
        return switch (type) {
            case LONG -> MPI.LONG;
            case DOUBLE -> MPI.DOUBLE;
        };
    }

    private static mpi.Op operation(Op op) {
        return switch (op) {
            case SUM -> MPI.SUM;
            case MIN -> MPI.MIN;
            case MAX -> MPI.MAX;
        };
    }

    static CommException failed(String what, MPIException e) {
        return new CommException("Open MPI: " + what + " failed: " + e.getMessage(), e);
    }
}
