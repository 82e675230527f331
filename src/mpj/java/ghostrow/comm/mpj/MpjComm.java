package ghostrow.comm.mpj;

import ghostrow.comm.Checks;
import ghostrow.comm.Comm;
import ghostrow.comm.CommException;
import ghostrow.comm.CommException.ErrorClass;
import ghostrow.comm.Failure;
import ghostrow.comm.MessageComm;
import ghostrow.comm.Pieces;
import ghostrow.comm.PreparedExchange;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mpi.Datatype;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;

/**
 * A communicator of MPJ Express. The library takes Java arrays, and packs them into buffers of its own: a message
 * is copied into an array on one side and out of an array on the other.
 */
final class MpjComm extends MessageComm {
    /** Sender and tag, before each message: of a receive under way from any rank, niodev does not say whose it got. */
    private static final int HEADER = 2 * Integer.BYTES;
    /** The library packs each array into a buffer of a power of two bytes, its header included: just below one. */
    private static final Pieces PIECES = Pieces.upTo((1L << 22) - 64 - HEADER);

    private final Intracomm comm;
    private final String name;
    private final Sharing sharing;
    private final String library;
    private final ThreadGroup owner = Thread.currentThread().getThreadGroup();
    private final int rank;
    private final int size;
    private int children;
    private MpjComm aside;

    /** What was sent is packed when the library returns, so one array serves all sends; likewise all receives. */
    private byte[] outbox = {};
    private byte[] inbox = {};

    private MpjComm(Intracomm comm, String name, Sharing sharing, String library) {
        this.comm = comm;
        this.name = name;
        this.sharing = sharing;
        this.library = library;
        this.rank = comm.Rank();
        this.size = comm.Size();
    }

    static MpjComm world(Sharing sharing, String library) {
        return new MpjComm(MPI.COMM_WORLD, "world", sharing, library);
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
        isend(message, to, tag).await();
    }

    @Override
    public void ssend(MemorySegment message, int to, int tag) {
        Checks.outgoing(message, to, tag, size);
        Checks.notSelf(to, rank);
        if (to == PROC_NULL) {
            return;
        }
        checkThread();
        for (MemorySegment piece : PIECES.of(message)) {
            comm.Ssend(packed(piece, tag), 0, HEADER + (int) piece.byteSize(), MPI.BYTE, to, tag);
        }
    }

    @Override
    public Status recv(MemorySegment message, int from, int tag) {
        Checks.incoming(message, from, tag, size);
        Checks.wildcard(message, from, tag, PIECES.longest());
        if (from == PROC_NULL) {
            return Status.NOTHING;
        }
        checkThread();
        long received = 0;
        Status last = Status.NOTHING;
        for (MemorySegment piece : PIECES.of(message)) {
            int bytes = HEADER + (int) piece.byteSize();
            inbox = grown(inbox, bytes);
            last = unpacked(told(() -> comm.Recv(inbox, 0, bytes, MPI.BYTE, source(from), tag(tag))), inbox, piece);
            received += last.bytes();
            if (last.bytes() < PIECES.longest()) {
                break; // a piece that is not full is the last one
            }
        }
        return new Status(last.source(), last.tag(), received);
    }

    /** The library says in the words of its buffers that a message is too long for its place, if it does. */
    private mpi.Status told(Supplier<mpi.Status> receive) {
        try {
            return receive.get();
        } catch (MPIException e) {
            throw new CommException(ErrorClass.TRUNCATE, "rank " + rank + " of " + size + ": MPJ Express cannot receive, "
                    + "mostly since the message is longer than its buffer: " + e.getMessage(), e);
        }
    }

    private byte[] packed(MemorySegment piece, int tag) {
        int bytes = (int) piece.byteSize();
        outbox = grown(outbox, HEADER + bytes);
        MemorySegment header = MemorySegment.ofArray(outbox);
        header.set(ValueLayout.JAVA_INT_UNALIGNED, 0, rank);
        header.set(ValueLayout.JAVA_INT_UNALIGNED, Integer.BYTES, tag);
        MemorySegment.copy(piece, ValueLayout.JAVA_BYTE, 0, outbox, HEADER, bytes);
        return outbox;
    }

    private static Status unpacked(mpi.Status found, byte[] packed, MemorySegment piece) {
        int bytes = found.Get_count(MPI.BYTE) - HEADER;
        MemorySegment.copy(packed, HEADER, piece, ValueLayout.JAVA_BYTE, 0, bytes);
        MemorySegment header = MemorySegment.ofArray(packed);
        return new Status(header.get(ValueLayout.JAVA_INT_UNALIGNED, 0),
                header.get(ValueLayout.JAVA_INT_UNALIGNED, Integer.BYTES), bytes);
    }

    /** Of a message that has not been received. */
    private static Status status(mpi.Status found) {
        return new Status(found.source, found.tag, found.Get_count(MPI.BYTE) - HEADER);
    }

    private static int source(int from) {
        return from == ANY_SOURCE ? MPI.ANY_SOURCE : from;
    }

    private static int tag(int tag) {
        return tag == ANY_TAG ? MPI.ANY_TAG : tag;
    }

    @Override
    public Status probe(int from, int tag) {
        Checks.source(from, tag, size);
        checkThread();
        return from == PROC_NULL ? Status.NOTHING : status(comm.Probe(source(from), tag(tag)));
    }

    @Override
    public Optional<Status> iprobe(int from, int tag) {
        Checks.source(from, tag, size);
        checkThread();
        return from == PROC_NULL ? Optional.of(Status.NOTHING)
                : Optional.ofNullable(comm.Iprobe(source(from), tag(tag))).map(MpjComm::status);
    }

    @Override
    public Status sendrecv(MemorySegment outgoing, int to, int sendTag, MemorySegment incoming, int from,
            int recvTag) {
        // Both before either starts: a receive that nobody awaits would take a later message.
        Checks.outgoing(outgoing, to, sendTag, size);
        Checks.incoming(incoming, from, recvTag, size);
        Request receiving = irecv(incoming, from, recvTag);
        Request sending = isend(outgoing, to, sendTag);
        sending.await();
        return receiving.await();
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
        checkThread();
        Transfer transfer = new Transfer(message);
        transfer.start();
        return transfer;
    }

    /** One message under way, piece by piece; may be started again once it has arrived. */
    private final class Transfer implements Request {
        private final Message message;
        private final List<MemorySegment> pieces;
        private final byte[][] arrived;
        private final mpi.Request[] requests;
        private int completed;
        private Status status = Status.NOTHING;

        Transfer(Message message) {
            this.message = message;
            this.pieces = message.peer() == PROC_NULL ? List.of() : PIECES.of(message.buffer());
            this.requests = new mpi.Request[pieces.size()];
            this.arrived = new byte[message.outgoing() ? 0 : pieces.size()][];
            for (int i = 0; i < arrived.length; i++) {
                arrived[i] = new byte[HEADER + (int) pieces.get(i).byteSize()];
            }
        }

        void start() {
            completed = 0;
            status = Status.NOTHING;
            for (int i = 0; i < requests.length; i++) {
                int bytes = HEADER + (int) pieces.get(i).byteSize();
                if (message.outgoing()) {
                    requests[i] = comm.Isend(packed(pieces.get(i), message.tag()), 0, bytes, MPI.BYTE, message.peer(),
                            message.tag());
                } else {
                    requests[i] = comm.Irecv(arrived[i], 0, bytes, MPI.BYTE, source(message.peer()),
                            tag(message.tag()));
                }
            }
        }

        @Override
        public Status await() {
            while (completed < requests.length) {
                complete(told(() -> requests[completed].Wait()));
            }
            return status;
        }

        @Override
        public boolean test() {
            while (completed < requests.length) {
                mpi.Status found = told(() -> requests[completed].Test());
                if (found == null) {
                    return false;
                }
                complete(found);
            }
            return true;
        }

        private void complete(mpi.Status found) {
            if (!message.outgoing()) {
                Status piece = unpacked(found, arrived[completed], pieces.get(completed));
                status = new Status(piece.source(), piece.tag(), status.bytes() + piece.bytes());
            }
            requests[completed++] = null;
        }
    }

    /** MPJ Express makes a new request for each start of a persistent one, so there is nothing to gain by them. */
    @Override
    public Exchange exchange(List<Message> messages) {
        messages.stream().filter(message -> !message.outgoing()).forEach(message -> Checks.wildcard(message.buffer(),
                message.peer(), message.tag(), PIECES.longest()));
        return new PreparedExchange(this, messages) {
            private final List<Transfer> transfers = messages().stream().map(Transfer::new).toList();

            @Override
            protected void begin() {
                checkThread();
                transfers.forEach(Transfer::start);
            }

            @Override
            protected void complete() {
                transfers.forEach(Transfer::await);
            }

            @Override
            protected void release() {
                // Nothing is held outside the Java heap.
            }
        };
    }

    @Override
    public void barrier() {
        checkThread();
        comm.Barrier();
    }

    @Override
    public void bcast(MemorySegment message, int root) {
        Checks.buffer(message);
        Checks.root(root, size);
        checkThread();
        for (MemorySegment piece : PIECES.of(message)) {
            byte[] bytes = piece.toArray(ValueLayout.JAVA_BYTE);
            comm.Bcast(bytes, 0, bytes.length, MPI.BYTE, root);
            if (rank != root) {
                MemorySegment.copy(bytes, 0, piece, ValueLayout.JAVA_BYTE, 0, bytes.length);
            }
        }
    }

    /** What MPJ Express combines as Java and MPI do. */
    private static boolean isOurs(Op op, Type type) {
        return type == Type.BYTE || op.compareTo(Op.MAX) > 0;
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
        combine(op, type, mine, atRoot ? result : null, root);
    }

    @Override
    public void allreduce(Op op, Type type, MemorySegment mine, MemorySegment result) {
        if (isOurs(op, type)) {
            super.allreduce(op, type, mine, result);
            return;
        }
        Checks.reduction(op, type, mine, result);
        combine(op, type, mine, result, PROC_NULL);
    }

    /**
     * @param result where the combined array goes on this rank, or null
     * @param root   whose it is, or PROC_NULL for everybody's
     */
    private void combine(Op op, Type type, MemorySegment mine, MemorySegment result, int root) {
        checkThread();
        if (mine.byteSize() == 0) {
            return;
        }
        long start = 0;
        for (MemorySegment piece : PIECES.of(mine)) {
            Object from = elements(type, piece);
            Object to = elements(type, piece);
            int count = (int) (piece.byteSize() / type.bytes());
            if (root == PROC_NULL) {
                comm.Allreduce(from, 0, to, 0, count, datatype(type), operation(op));
            } else {
                comm.Reduce(from, 0, to, 0, count, datatype(type), operation(op), root);
            }
            if (result != null) {
                MemorySegment.copy(onHeap(type, to), 0, result, start, piece.byteSize());
            }
            start += piece.byteSize();
        }
    }

    private static Object elements(Type type, MemorySegment segment) {
        return switch (type) {
            case BYTE -> segment.toArray(ValueLayout.JAVA_BYTE);
            case INT -> segment.toArray(ValueLayout.JAVA_INT_UNALIGNED);
            case LONG -> segment.toArray(ValueLayout.JAVA_LONG_UNALIGNED);
            case FLOAT -> segment.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
            case DOUBLE -> segment.toArray(ValueLayout.JAVA_DOUBLE_UNALIGNED);
        };
    }

    private static MemorySegment onHeap(Type type, Object elements) {
        return switch (type) {
            case BYTE -> MemorySegment.ofArray((byte[]) elements);
            case INT -> MemorySegment.ofArray((int[]) elements);
            case LONG -> MemorySegment.ofArray((long[]) elements);
            case FLOAT -> MemorySegment.ofArray((float[]) elements);
            case DOUBLE -> MemorySegment.ofArray((double[]) elements);
        };
    }

    /**
     * For the collective calls that are made of messages, the library's own gathers among them: those write into the
     * receive array of ranks that have none.
     */
    @Override
    protected Comm aside() {
        checkThread();
        if (aside == null) {
            aside = new MpjComm(comm.Split(0, rank), name, sharing, library);
        }
        return aside;
    }

    /**
     * MPJ Express splits wrongly where two keys are equal, so the ranks first agree on the order and then give
     * it their places in it for keys.
     */
    @Override
    public Comm split(int colour, int key) {
        Checks.colour(colour);
        long[] choices = new long[2 * size];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment all = arena.allocate(ValueLayout.JAVA_LONG, choices.length);
            gather(arena.allocateFrom(ValueLayout.JAVA_LONG, colour, key), all, 0);
            bcast(all, 0);
            MemorySegment.copy(all, ValueLayout.JAVA_LONG, 0, choices, 0, choices.length);
        }
        int place = 0;
        for (int other = 0; other < size; other++) {
            long otherKey = choices[2 * other + 1];
            boolean before = otherKey < key || otherKey == key && other < rank;
            if (choices[2 * other] == colour && before) {
                place++;
            }
        }
        return new MpjComm(comm.Split(colour, place), childName() + ":" + colour, sharing, library);
    }

    /** The same on all ranks of the group, as they make children in the same order, and used only once in a run. */
    private String childName() {
        return name + "/" + children++;
    }

    @Override
    public Counter counter() {
        return sharing.counter(childName(), this);
    }

    @Override
    public Optional<Window> window(long bytes) {
        Checks.window(bytes);
        return sharing.window(childName(), bytes, this);
    }

    /** The library's own abort does nothing. All ranks are in this process, or their launcher sees it end. */
    @Override
    public void abort(int code) {
        Failure.announceAbort(MPI.COMM_WORLD.Rank(), MPI.COMM_WORLD.Size(), code);
        Runtime.getRuntime().halt(code);
    }

    @Override
    public String processorName() {
        // The library asks the network for it, which does not know every machine by its own name.
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException notLinux) {
            return MPI.Get_processor_name();
        }
    }

    @Override
    public String library() {
        return library;
    }

    @Override
    public void close() {
        // The library has nothing to give back: its Free is empty.
    }

    /** The library knows a rank by its thread's group, and would take the caller for nobody, or for another rank. */
    private void checkThread() {
        if (Thread.currentThread().getThreadGroup() != owner) {
            throw new CommException("thread " + Thread.currentThread().getName() + " is not one of rank " + rank
                    + "'s; with MPJ Express only threads that the rank's own threads started may send for it");
        }
    }

    private static byte[] grown(byte[] array, int bytes) {
        return array.length < bytes ? new byte[bytes] : array;
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
            case LAND, LOR, LXOR, BAND, BOR, BXOR, MINLOC, MAXLOC -> throw new AssertionError(op);
        };
    }
}
