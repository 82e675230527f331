package ghostrow.comm;

import java.io.Serializable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/**
 * One rank's view of a group of ranks that run the same program.
 *
 * <p>A message is a {@link MemorySegment} outside the Java heap: its {@code byteSize()} is the length of the
 * message, so counts are {@code long} and a part of a field is sent by slicing it. Sender and receiver name the
 * same length; a zero-length message is a message like any other. Wherever a peer is asked for,
 * {@link #PROC_NULL} stands for "nobody": such a send does nothing and such a receive leaves its buffer
 * untouched, which is why the first and the last strip of a grid need no branches.
 *
 * <p>A {@code Comm} belongs to the thread that runs the rank; another thread of the rank may call it too, as
 * long as no two calls overlap in time.
 *
 * <p>Collective calls ({@link #barrier} and everything below it) must be made by every rank of the group, in the
 * same order.
 *
 * <p>Nothing that is closed waits for another rank, so that a rank that fails leaves every scope at once and the job
 * ends. What ranks share, groups, counters and windows, the library takes back when their group next makes such a thing, or in
 * the end; all ranks close them in the same order, between the same collective calls.
 */
public interface Comm extends AutoCloseable {

    /** The neighbour beyond the edge of the domain. */
    int PROC_NULL = -1;

    /** Tags run from 0 to here; MPI promises no more than this. */
    int MAX_TAG = 32_767;

    int rank();

    int size();

    // --- between two ranks ---------------------------------------------------------------------------------

    /** Sends and returns once the buffer may be changed again. A rank cannot send to itself this way. */
    void send(MemorySegment message, int to, int tag);

    void recv(MemorySegment message, int from, int tag);

    /** Sends one message while receiving another; the two may go to and come from any ranks, this one included. */
    void sendrecv(MemorySegment outgoing, int to, int sendTag, MemorySegment incoming, int from, int recvTag);

    /** Starts a send; the buffer stays untouched until {@link Request#await}. */
    Request isend(MemorySegment message, int to, int tag);

    Request irecv(MemorySegment message, int from, int tag);

    /**
     * Prepares a set of messages that will be exchanged many times over the same buffers: MPI's persistent
     * requests where the transport has them.
     */
    Exchange exchange(List<Message> messages);

    /** Sends any serializable object; the convenient pair beside the buffer pair, at the price of a copy. */
    default void sendObject(Serializable object, int to, int tag) {
        if (to == PROC_NULL) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = ObjectMessages.write(object, arena);
            send(arena.allocateFrom(ValueLayout.JAVA_LONG, bytes.byteSize()), to, tag);
            send(bytes, to, tag);
        }
    }

    /** Receives what {@link #sendObject} sent; {@code null} from {@link #PROC_NULL}. */
    default Object recvObject(int from, int tag) {
        if (from == PROC_NULL) {
            return null;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocate(ValueLayout.JAVA_LONG);
            recv(length, from, tag);
            MemorySegment bytes = arena.allocate(length.get(ValueLayout.JAVA_LONG, 0));
            recv(bytes, from, tag);
            return ObjectMessages.read(bytes);
        }
    }

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

    /** Equal parts, one after the other in rank order; {@code all} counts at {@code root} alone. */
    void gather(MemorySegment mine, MemorySegment all, int root);

    /** Parts of {@code bytes[rank]} each, one after the other in rank order; both count at {@code root} alone. */
    void gatherv(MemorySegment mine, MemorySegment all, long[] bytes, int root);

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
     * @return nothing, on all ranks alike, where they are not all on one machine, where the transport cannot share
     *         memory, or cannot for a group that a {@link #split} made
     */
    Optional<Window> window(long bytes);

    // --- the rank and its place ----------------------------------------------------------------------------

    /** Ends every rank of the whole program at once; does not return. */
    void abort(int code);

    String processorName();

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

    /** What has been asked of it, where somebody counts ({@link CountedComm}). */
    default Optional<Ledger> ledger() {
        return Optional.empty();
    }

    /** Ends a group that a {@link #split} made; the world itself is closed by its transport. */
    @Override
    void close();

    /** How arrays are combined. */
    enum Op { SUM, MIN, MAX }

    /** What the elements of a reduced array are; both are eight bytes long. */
    enum Type {
        LONG, DOUBLE;

        public static final long BYTES = 8;
    }

    /** A send or a receive that is under way. */
    interface Request {
        void await();
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
