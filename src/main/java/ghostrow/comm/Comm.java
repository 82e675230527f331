package ghostrow.comm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Optional;

/**
 * One rank's view of a group of ranks that run the same program.
 *
 * <p>A message is a {@link MemorySegment}: its {@code byteSize()} is the length of the message, so counts are
 * {@code long} and a part of a field is sent by slicing it. Memory outside the Java heap is sent as it lies. Java's
 * arrays can be messages too, by the same names ({@link ArrayCalls}), as can objects ({@link ObjectCalls}).
 *
 * <p>Who receives offers room, and gets a message that may be shorter; {@link Status} says how long it was. A
 * zero-length message is a message like any other. A library takes a message at once up to a length of its own (1 GiB;
 * MPJ Express 4 MiB); a longer one is cut, and both ends must then name the same length and each other.
 *
 * <p>Wherever a peer is asked for, {@link #PROC_NULL} stands for "nobody": such a send does nothing and such a receive
 * leaves its buffer untouched, which is why the first and the last strip of a grid need no branches.
 *
 * <p>A {@code Comm} belongs to the thread that runs the rank; another thread of the rank may call it too, as
 * long as no two calls overlap in time.
 *
 * <p>Collective calls ({@link #barrier} and everything below it) must be made by every rank of the group, in the
 * same order.
 *
 * <p>Nothing that is closed waits for another rank, so that a rank that fails leaves every scope at once and the job
 * ends. What ranks share, groups, counters and windows, the library takes back when their group next makes such a
 * thing, or in the end; all ranks close them in the same order, between the same collective calls.
 */
public non-sealed interface Comm extends ArrayCalls, ObjectCalls, AutoCloseable {

    /** The neighbour beyond the edge of the domain. */
    int PROC_NULL = -1;

    /** For receives and probes: from whichever rank comes first. */
    int ANY_SOURCE = -2;

    /** For receives and probes: with whatever tag. */
    int ANY_TAG = -1;

    /** Tags run from 0 to here; MPI promises no more than this. */
    int MAX_TAG = 32_767;

    int rank();

    int size();

    // --- between two ranks ---------------------------------------------------------------------------------

    /** Sends and returns once the buffer may be changed again. A rank cannot send to itself this way. */
    void send(MemorySegment message, int to, int tag);

    /** Sends and returns once the receiver has begun to receive: a send that never works by luck of buffering. */
    void ssend(MemorySegment message, int to, int tag);

    /** Receives into the front of the buffer, which is at least as long as what comes. */
    Status recv(MemorySegment message, int from, int tag);

    /**
     * Sends one message while receiving another; the two may go to and come from any ranks, this one included.
     *
     * @return what has been received
     */
    Status sendrecv(MemorySegment outgoing, int to, int sendTag, MemorySegment incoming, int from, int recvTag);

    /** Starts a send; the buffer stays untouched until {@link Request#await}. */
    Request isend(MemorySegment message, int to, int tag);

    Request irecv(MemorySegment message, int from, int tag);

    /** Waits until a message could be received, and leaves it there. */
    Status probe(int from, int tag);

    /** Whether a message could be received now. */
    Optional<Status> iprobe(int from, int tag);

    /**
     * Waits for one of several requests, and puts null in its place; places that are null are passed over.
     *
     * @return which it was; nothing where all places are null
     */
    default Optional<Completed> awaitAny(Request[] requests) {
        return AnyRequest.await(this, requests);
    }

    /** Waits for all of them; places that are null are passed over. */
    default void awaitAll(Request... requests) {
        for (Request request : requests) {
            if (request != null) {
                request.await();
            }
        }
    }

    /**
     * Prepares a set of messages that will be exchanged many times over the same buffers: MPI's persistent
     * requests where the transport has them.
     */
    Exchange exchange(List<Message> messages);

    // --- among all ranks -----------------------------------------------------------------------------------

    void barrier();

    void bcast(MemorySegment message, int root);

    /** Combines the ranks' arrays element by element; {@code result} counts at {@code root} alone. */
    void reduce(Op op, Type type, MemorySegment mine, MemorySegment result, int root);

    void allreduce(Op op, Type type, MemorySegment mine, MemorySegment result);

    /** The order in which doubles are summed is the library's: use it where the last bits do not matter. */
    default double allreduce(Op op, double value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mine = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, value);
            MemorySegment result = arena.allocate(ValueLayout.JAVA_DOUBLE);
            allreduce(op, Type.DOUBLE, mine, result);
            return result.get(ValueLayout.JAVA_DOUBLE, 0);
        }
    }

    default long allreduce(Op op, long value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mine = arena.allocateFrom(ValueLayout.JAVA_LONG, value);
            MemorySegment result = arena.allocate(ValueLayout.JAVA_LONG);
            allreduce(op, Type.LONG, mine, result);
            return result.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    /** Each rank gets what the ranks up to and with itself have, combined. */
    void scan(Op op, Type type, MemorySegment mine, MemorySegment result);

    /** Each rank gets what the ranks before it have, combined; the first gets nothing: its result stays as it is. */
    void exscan(Op op, Type type, MemorySegment mine, MemorySegment result);

    /** Combines like {@link #reduce}, and gives each rank one of equal parts of the result. */
    void reduceScatter(Op op, Type type, MemorySegment mine, MemorySegment result);

    /** Parts of {@code bytes[rank]} each, which all ranks name alike. */
    void reduceScatterv(Op op, Type type, MemorySegment mine, MemorySegment result, long[] bytes);

    /** Equal parts, one after the other in rank order; {@code all} counts at {@code root} alone. */
    void gather(MemorySegment mine, MemorySegment all, int root);

    /** Parts of {@code bytes[rank]} each, one after the other in rank order; both count at {@code root} alone. */
    void gatherv(MemorySegment mine, MemorySegment all, long[] bytes, int root);

    /** The other way round: each rank gets its part of what {@code root} has. */
    void scatter(MemorySegment all, MemorySegment mine, int root);

    /** Parts of {@code bytes[rank]} each; both, {@code all} and {@code bytes}, count at {@code root} alone. */
    void scatterv(MemorySegment all, long[] bytes, MemorySegment mine, int root);

    /** A gather whose result all ranks get. */
    void allgather(MemorySegment mine, MemorySegment all);

    /** Parts of {@code bytes[rank]} each, which all ranks name alike. */
    void allgatherv(MemorySegment mine, MemorySegment all, long[] bytes);

    /** Each rank sends one of equal parts to each, and gets one from each, in rank order. */
    void alltoall(MemorySegment outgoing, MemorySegment incoming);

    /** Parts of {@code outBytes[to]} go out and parts of {@code inBytes[from]} come in. */
    void alltoallv(MemorySegment outgoing, long[] outBytes, MemorySegment incoming, long[] inBytes);

    /** A barrier that is complete when all ranks have begun it. */
    Request ibarrier();

    /** The buffer stays untouched until {@link Request#await}. */
    Request ibcast(MemorySegment message, int root);

    /** Both buffers stay untouched until {@link Request#await}. */
    Request iallreduce(Op op, Type type, MemorySegment mine, MemorySegment result);

    /** Ranks that name the same colour form a group of their own, ordered by key and then by their old rank. */
    Comm split(int colour, int key);

    /**
     * A number that starts at 0 and that every rank may read and raise in one indivisible step. Collective.
     *
     * @throws CommException on all ranks alike, which may go on without one, where the library cannot share it
     */
    Counter counter();

    /**
     * Memory that all ranks read and write as their own, zeros at first. Collective.
     *
     * @return nothing, on all ranks alike, where they are not all on one machine, or where it gives them no memory to
     *         share; the ranks of a {@link #node} are on one
     */
    Optional<Window> window(long bytes);

    // --- the rank and its place ----------------------------------------------------------------------------

    /** Ends every rank of the whole program at once; does not return. */
    void abort(int code);

    String processorName();

    /** The ranks on this one's machine, in the same order: those that can share a {@link #window}. Collective. */
    default Comm node() {
        return split(allgatherObjects(processorName()).indexOf(processorName()), rank());
    }

    /**
     * Arranges the ranks as a grid, rank 0 in its first corner and the last dimension running fastest. Collective.
     *
     * @param lengths  how many ranks there are along each dimension; {@link Cartesian#lengths} proposes some
     * @param periodic along which of them the last rank's neighbour is the first; along none where this is left out
     * @return nothing for the ranks that are left over
     */
    default Optional<Cartesian> cartesian(int[] lengths, boolean... periodic) {
        return Cartesian.over(this, lengths, periodic);
    }

    /** Whether all ranks have the same name of a machine. Collective. */
    default boolean onOneMachine() {
        long name = processorName().hashCode();
        return allreduce(Op.MIN, name) == allreduce(Op.MAX, name);
    }

    /** The library that carries the messages, and its version, on one line. */
    String library();

    /** Which of several libraries that is and why, on one line; empty where there was nothing to choose. */
    default String libraryChoice() {
        return "";
    }

    /** What this rank waits for. Transports whose ranks are all on one machine, and end together, do not say. */
    default Waits waits() {
        return new Waits();
    }

    /** Loads a program's classes, as the transport needs them: one that finds mistakes looks at what they do to memory. */
    default URLClassLoader loader(URL[] classes, ClassLoader parent) {
        return new URLClassLoader(classes, parent);
    }

    /** What has been asked of it, where somebody counts ({@link CountedComm}). */
    default Optional<Ledger> ledger() {
        return Optional.empty();
    }

    /** Ends a group that a {@link #split} made; the world itself is closed by its transport. */
    @Override
    void close();

    /**
     * How arrays are combined. The logical ones take every number but 0 for true, and give 1 or 0; they and the bitwise
     * ones are for whole numbers. For the last two an array is pairs, a value and where it was found, both of the
     * array's type: the pair with the smallest or largest value wins, and among equal values the smallest place.
     */
    enum Op {
        SUM, PROD, MIN, MAX, LAND, LOR, LXOR, BAND, BOR, BXOR, MINLOC, MAXLOC;

        public boolean takesPairs() {
            return this == MINLOC || this == MAXLOC;
        }

        boolean takesFractions() {
            return compareTo(MAX) <= 0 || takesPairs();
        }
    }

    /** What the elements of a reduced array are. */
    enum Type {
        BYTE(Byte.BYTES), INT(Integer.BYTES), LONG(Long.BYTES), FLOAT(Float.BYTES), DOUBLE(Double.BYTES);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        /** How long an element is. */
        public int bytes() {
            return bytes;
        }

        boolean isFraction() {
            return this == FLOAT || this == DOUBLE;
        }
    }

    /**
     * Of a message that has come, or could be received.
     *
     * @param source who sent it, {@link #PROC_NULL} where nobody did
     * @param bytes  how long it is
     */
    record Status(int source, int tag, long bytes) {
        /** Of what was received from nobody, and of what is no receive. */
        public static final Status NOTHING = new Status(PROC_NULL, ANY_TAG, 0);
    }

    /** Which of several requests is complete, and what came of it. */
    record Completed(int index, Status status) {
    }

    /** A send, a receive or a collective call that is under way. */
    interface Request {
        /** Waits until it is complete; once it is, returns at once, always the same. */
        Status await();

        /** Whether it is complete; {@link #await} then returns at once. */
        boolean test();

        /** The transport's own, within what others have put around it. */
        default Request carried() {
            return this;
        }
    }

    /** One message of an {@link Exchange}. */
    record Message(boolean outgoing, MemorySegment buffer, int peer, int tag) {
        public static Message to(int peer, MemorySegment buffer, int tag) {
            return new Message(true, buffer, peer, tag);
        }

        public static Message from(int peer, MemorySegment buffer, int tag) {
            return new Message(false, buffer, peer, tag);
        }
    }

    /** Messages that are exchanged again and again: start, do something useful, await. */
    interface Exchange extends AutoCloseable {
        void start();

        void await();

        /** To be called when nothing is under way; an exchange that is, since its rank fails, is left alone. */
        @Override
        void close();
    }

    /** A number shared by all ranks, for dealing out work. */
    interface Counter extends AutoCloseable {
        /** Raises the number by {@code amount} and returns what it was before. */
        long getAndAdd(long amount);

        /** Whether raising it may have to wait until another rank comes to call its library. */
        default boolean waits() {
            return false;
        }

        @Override
        void close();
    }

    /** Memory shared by all ranks. Who does no more than read and write it may be any thread of a rank. */
    interface Window extends AutoCloseable {
        /** The memory, aligned for any element; not to be touched once the window is closed. */
        MemorySegment segment();

        /** Collective: what any rank has written before, all ranks read afterwards. */
        void fence();

        /** What shares the memory, in a few words. */
        String kind();

        @Override
        void close();
    }
}
