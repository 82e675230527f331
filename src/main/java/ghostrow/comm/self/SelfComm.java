package ghostrow.comm.self;

import ghostrow.comm.Checks;
import ghostrow.comm.Comm;
import ghostrow.comm.CommException;
import ghostrow.comm.Failure;
import ghostrow.comm.JvmWindow;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A group of one. Its messages go to itself: a send and a receive of one tag meet, and the bytes are
 * copied.
 */
public final class SelfComm implements Comm {
    static final String LIBRARY = "none (one rank)";

    private static final int ALONE = 1;

    /** Sends that no receive has met yet, oldest first, and the other way round. */
    private final Deque<Pending> sends = new ArrayDeque<>();
    private final Deque<Pending> receives = new ArrayDeque<>();

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public int size() {
        return ALONE;
    }

    @Override
    public void send(MemorySegment message, int to, int tag) {
        Checks.message(message, to, tag, ALONE);
        Checks.notSelf(to, 0);
    }

    @Override
    public void recv(MemorySegment message, int from, int tag) {
        irecv(message, from, tag).await();
    }

    @Override
    public void sendrecv(MemorySegment outgoing, int to, int sendTag, MemorySegment incoming, int from,
            int recvTag) {
        // Both sides before either: a refused send must not leave its receive waiting for the next message.
        Checks.message(outgoing, to, sendTag, ALONE);
        Checks.message(incoming, from, recvTag, ALONE);
        Request in = irecv(incoming, from, recvTag);
        Request out = isend(outgoing, to, sendTag);
        out.await();
        in.await();
    }

    @Override
    public Request isend(MemorySegment message, int to, int tag) {
        Checks.message(message, to, tag, ALONE);
        Pending send = new Pending("a send to itself", message, tag, to == PROC_NULL);
        if (!send.done) {
            Pending receive = takeFirst(receives, tag);
            if (receive == null) {
                sends.add(send);
            } else {
                meet(send, receive);
            }
        }
        return send;
    }

    @Override
    public Request irecv(MemorySegment message, int from, int tag) {
        Checks.message(message, from, tag, ALONE);
        Pending receive = new Pending("a receive from itself", message, tag, from == PROC_NULL);
        if (!receive.done) {
            Pending send = takeFirst(sends, tag);
            if (send == null) {
                receives.add(receive);
            } else {
                meet(send, receive);
            }
        }
        return receive;
    }

    private static Pending takeFirst(Deque<Pending> queue, int tag) {
        for (Iterator<Pending> waiting = queue.iterator(); waiting.hasNext();) {
            Pending first = waiting.next();
            if (first.tag == tag) {
                waiting.remove();
                return first;
            }
        }
        return null;
    }

    private static void meet(Pending send, Pending receive) {
        long bytes = send.message.byteSize();
        if (bytes > receive.message.byteSize()) {
            throw new CommException("rank 0 receives a message of " + bytes + " bytes into "
                    + receive.message.byteSize());
        }
        MemorySegment.copy(send.message, 0, receive.message, 0, bytes);
        send.done = true;
        receive.done = true;
    }

    @Override
    public Exchange exchange(List<Message> messages) {
        return new SelfExchange(this, messages);
    }

    @Override
    public void barrier() {
        // nobody to wait for
    }

    @Override
    public void bcast(MemorySegment message, int root) {
        Checks.buffer(message);
        Checks.root(root, ALONE);
    }

    @Override
    public void reduce(Op op, Type type, MemorySegment mine, MemorySegment result, int root) {
        Checks.root(root, ALONE);
        allreduce(op, type, mine, result);
    }

    @Override
    public void allreduce(Op op, Type type, MemorySegment mine, MemorySegment result) {
        Checks.reduction(mine, result);
        result.copyFrom(mine);
    }

    @Override
    public void gather(MemorySegment mine, MemorySegment all, int root) {
        Checks.root(root, ALONE);
        Checks.gathered(mine, all, ALONE);
        all.copyFrom(mine);
    }

    @Override
    public void gatherv(MemorySegment mine, MemorySegment all, long[] bytes, int root) {
        Checks.root(root, ALONE);
        Checks.gathered(mine, all, bytes, 0, ALONE);
        all.copyFrom(mine);
    }

    @Override
    public Comm split(int colour, int key) {
        Checks.colour(colour);
        return new SelfComm();
    }

    @Override
    public Counter counter() {
        return new SelfCounter();
    }

    @Override
    public Optional<Window> window(long bytes) {
        Checks.window(bytes);
        return Optional.of(new JvmWindow(this, JvmWindow.memory(bytes)));
    }

    @Override
    public void abort(int code) {
        Failure.announceAbort(0, ALONE, code);
        Runtime.getRuntime().halt(code);
    }

    @Override
    public String processorName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }

    @Override
    public String library() {
        return LIBRARY;
    }

    @Override
    public void close() {
        // nothing was taken
    }

    /** A message to or from itself that waits for its counterpart. */
    private static final class Pending implements Request {
        private final String what;
        private final MemorySegment message;
        private final int tag;
        private boolean done;

        Pending(String what, MemorySegment message, int tag, boolean done) {
            this.what = what;
            this.message = message;
            this.tag = tag;
            this.done = done;
        }

        /** There is no other thread that could bring the counterpart, so what is missing now never comes. */
        @Override
        public void await() {
            if (!done) {
                throw new CommException("rank 0 awaits " + what + " with tag " + tag
                        + " that nothing answers");
            }
        }
    }

    private static final class SelfCounter implements Counter {
        private long value;

        @Override
        public long getAndAdd(long amount) {
            long before = value;
            value += amount;
            return before;
        }

        @Override
        public void close() {
            // nothing was taken
        }
    }
}
