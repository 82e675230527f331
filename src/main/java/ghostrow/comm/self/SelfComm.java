package ghostrow.comm.self;

import ghostrow.comm.Checks;
import ghostrow.comm.Comm;
import ghostrow.comm.CommException;
import ghostrow.comm.CommException.ErrorClass;
import ghostrow.comm.Failure;
import ghostrow.comm.JvmWindow;
import ghostrow.comm.MessageComm;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A group of one. Its messages go to itself: a send and a receive of one tag meet, and the bytes are
 * copied.
 */
public final class SelfComm extends MessageComm {
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
        Checks.outgoing(message, to, tag, ALONE);
        Checks.notSelf(to, 0);
    }

    @Override
    public void ssend(MemorySegment message, int to, int tag) {
        send(message, to, tag);
    }

    @Override
    public Status recv(MemorySegment message, int from, int tag) {
        return irecv(message, from, tag).await();
    }

    @Override
    public Status sendrecv(MemorySegment outgoing, int to, int sendTag, MemorySegment incoming, int from,
            int recvTag) {
        // Both sides before either: a refused send must not leave its receive waiting for the next message.
        Checks.outgoing(outgoing, to, sendTag, ALONE);
        Checks.incoming(incoming, from, recvTag, ALONE);
        Request in = irecv(incoming, from, recvTag);
        Request out = isend(outgoing, to, sendTag);
        out.await();
        return in.await();
    }

    @Override
    public Request isend(MemorySegment message, int to, int tag) {
        Checks.outgoing(message, to, tag, ALONE);
        Pending send = new Pending("a send to itself", message, tag, to == PROC_NULL);
        if (!send.done) {
            Pending receive = receives.stream().filter(each -> each.takes(tag)).findFirst().orElse(null);
            if (receive == null) {
                sends.add(send);
            } else {
                receives.remove(receive);
                meet(send, receive);
            }
        }
        return send;
    }

    @Override
    public Request irecv(MemorySegment message, int from, int tag) {
        Checks.incoming(message, from, tag, ALONE);
        Pending receive = new Pending("a receive from itself", message, tag, from == PROC_NULL);
        if (!receive.done) {
            Pending send = first(receive::takes);
            if (send == null) {
                receives.add(receive);
            } else {
                sends.remove(send);
                meet(send, receive);
            }
        }
        return receive;
    }

    private Pending first(IntPredicate tags) {
        return sends.stream().filter(send -> tags.test(send.tag)).findFirst().orElse(null);
    }

    private static void meet(Pending send, Pending receive) {
        long bytes = send.message.byteSize();
        send.done = true;
        if (bytes > receive.message.byteSize()) {
            throw new CommException(ErrorClass.TRUNCATE, "rank 0 receives a message of " + bytes + " bytes into "
                    + receive.message.byteSize());
        }
        MemorySegment.copy(send.message, 0, receive.message, 0, bytes);
        receive.done = true;
        receive.status = new Status(0, send.tag, bytes);
    }

    /** One that is not complete by now never will be. */
    @Override
    public Optional<Completed> awaitAny(Request[] requests) {
        for (boolean last : new boolean[] {false, true}) {
            for (int i = 0; i < requests.length; i++) {
                if (requests[i] != null && (last || requests[i].test())) {
                    Status status = requests[i].await();
                    requests[i] = null;
                    return Optional.of(new Completed(i, status));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Status probe(int from, int tag) {
        return iprobe(from, tag).orElseThrow(() -> new CommException("rank 0 waits for a message to itself"
                + (tag == ANY_TAG ? "" : " with tag " + tag) + " that nothing sends"));
    }

    @Override
    public Optional<Status> iprobe(int from, int tag) {
        Checks.source(from, tag, ALONE);
        if (from == PROC_NULL) {
            return Optional.of(Status.NOTHING);
        }
        return Optional.ofNullable(first(sent -> tag == ANY_TAG || tag == sent))
                .map(send -> new Status(0, send.tag, send.message.byteSize()));
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

    /** No messages are there that could meet another's. */
    @Override
    protected Comm aside() {
        return this;
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
        private Status status = Status.NOTHING;

        Pending(String what, MemorySegment message, int tag, boolean done) {
            this.what = what;
            this.message = message;
            this.tag = tag;
            this.done = done;
        }

        boolean takes(int sent) {
            return tag == ANY_TAG || tag == sent;
        }

        /** There is no other thread that could bring the counterpart, so what is missing now never comes. */
        @Override
        public Status await() {
            if (!done) {
                throw new CommException("rank 0 awaits " + what + (tag == ANY_TAG ? "" : " with tag " + tag)
                        + " that nothing answers");
            }
            return status;
        }

        @Override
        public boolean test() {
            return done;
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
