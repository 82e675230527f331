package ghostrow.comm;

import ghostrow.comm.EventLog.End;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Any {@link Comm}, with an account of what is asked of it. */
public final class CountedComm extends CommAround {
    /** Among the numbers of messages, those of collective calls. */
    private static final int ALL_RANKS = -2;

    private final Ledger ledger;
    private final EventLog events;
    private final int group;
    /** The numbers that its ranks have in the world; null where they are the same, or nobody asks. */
    private final int[] world;
    private int splits;

    private CountedComm(Comm comm, Ledger ledger, int group, int[] world) {
        super(comm);
        this.ledger = ledger;
        this.events = ledger.events().orElse(null);
        this.group = group;
        this.world = world;
    }

    /** @param events where each call is noted down */
    public static CountedComm of(Comm comm, Optional<EventLog> events) {
        return new CountedComm(comm, new Ledger(events.orElse(null)), 0, null);
    }

    @Override
    public Optional<Ledger> ledger() {
        return Optional.of(ledger);
    }

    // --- the accounts ----------------------------------------------------------------------------------------

    private static long now() {
        return System.nanoTime();
    }

    private int worldRank(int rank) {
        return world == null || rank < 0 ? rank : world[rank];
    }

    private long number(boolean out, int peer, int tag) {
        return events == null || peer == PROC_NULL ? 0 : events.next(group, out, worldRank(peer), tag);
    }

    private void message(CommCall call, long began, long ended, long bytes, End end, int peer, int tag, long number) {
        if (events != null) {
            events.call(call, began, ended, bytes, end, worldRank(peer), tag, number);
        }
    }

    private void one(CommCall call, long began, long bytes, End end, int peer, int tag) {
        long ended = now();
        ledger.called(call, bytes, began, ended);
        if (events != null) {
            message(call, began, ended, bytes, end, peer, tag, number(end.isSend(), peer, tag));
        }
    }

    private void collective(CommCall call, long began, long bytes, int root) {
        long ended = now();
        ledger.called(call, bytes, began, ended);
        if (events != null) {
            events.call(call, began, ended, bytes, End.NONE, worldRank(root), 0,
                    events.next(group, false, ALL_RANKS, 0));
        }
    }

    // --- between two ranks -----------------------------------------------------------------------------------

    @Override
    public void send(MemorySegment message, int to, int tag) {
        long began = now();
        comm.send(message, to, tag);
        one(CommCall.SEND, began, message.byteSize(), End.SENT, to, tag);
    }

    @Override
    public void ssend(MemorySegment message, int to, int tag) {
        long began = now();
        comm.ssend(message, to, tag);
        one(CommCall.SSEND, began, message.byteSize(), End.SENT, to, tag);
    }

    @Override
    public Status recv(MemorySegment message, int from, int tag) {
        long began = now();
        Status status = comm.recv(message, from, tag);
        one(CommCall.RECV, began, status.bytes(), End.RECEIVED, status.source(), status.tag());
        return status;
    }

    @Override
    public Status sendrecv(MemorySegment outgoing, int to, int sendTag, MemorySegment incoming, int from,
            int recvTag) {
        long began = now();
        Status status = comm.sendrecv(outgoing, to, sendTag, incoming, from, recvTag);
        long ended = now();
        long out = to == PROC_NULL ? 0 : outgoing.byteSize();
        ledger.called(CommCall.SENDRECV, out + status.bytes(), began, ended);
        if (events != null) {
            message(CommCall.SENDRECV, began, ended, out, End.SENT, to, sendTag, number(true, to, sendTag));
            message(CommCall.SENDRECV, began, ended, status.bytes(), End.RECEIVED, status.source(), status.tag(),
                    number(false, status.source(), status.tag()));
        }
        return status;
    }

    @Override
    public Request isend(MemorySegment message, int to, int tag) {
        long began = now();
        Request request = comm.isend(message, to, tag);
        long ended = now();
        ledger.called(CommCall.ISEND, message.byteSize(), began, ended);
        long number = number(true, to, tag);
        message(CommCall.ISEND, began, ended, message.byteSize(), End.SENT, to, tag, number);
        return new CountedRequest(request, End.LEFT, to, tag, number);
    }

    /** Of one from whichever rank, the number is known only when it is there. */
    @Override
    public Request irecv(MemorySegment message, int from, int tag) {
        long began = now();
        Request request = comm.irecv(message, from, tag);
        long ended = now();
        ledger.called(CommCall.IRECV, 0, began, ended);
        if (from == ANY_SOURCE || tag == ANY_TAG) {
            return new CountedRequest(request, End.ARRIVED, ANY_SOURCE, ANY_TAG, 0);
        }
        long number = number(false, from, tag);
        message(CommCall.IRECV, began, ended, 0, End.POSTED, from, tag, number);
        return new CountedRequest(request, End.ARRIVED, from, tag, number);
    }

    private final class CountedRequest implements Request {
        private final Request request;
        private final End end;
        private final int peer;
        private final int tag;
        private final long number;
        private boolean over;

        CountedRequest(Request request, End end, int peer, int tag, long number) {
            this.request = request;
            this.end = end;
            this.peer = peer;
            this.tag = tag;
            this.number = number;
        }

        @Override
        public Status await() {
            return over ? request.await() : awaited(now());
        }

        @Override
        public Request carried() {
            return request.carried();
        }

        @Override
        public boolean test() {
            long began = now();
            if (!over && request.test()) {
                awaited(began);
            }
            return over;
        }

        private Status awaited(long began) {
            Status status = request.await();
            long ended = now();
            over = true;
            ledger.called(CommCall.WAIT, status.bytes(), began, ended);
            if (events != null) {
                boolean any = peer == ANY_SOURCE;
                message(CommCall.WAIT, began, ended, status.bytes(), end, any ? status.source() : peer,
                        any ? status.tag() : tag, any ? number(false, status.source(), status.tag()) : number);
            }
            return status;
        }
    }

    @Override
    public Optional<Completed> awaitAny(Request[] requests) {
        long began = now();
        Optional<Completed> completed = comm.awaitAny(requests);
        long ended = now();
        ledger.called(CommCall.WAITANY, 0, began, ended);
        message(CommCall.WAITANY, began, ended, 0, End.NONE, PROC_NULL, 0, 0);
        return completed;
    }

    @Override
    public Status probe(int from, int tag) {
        long began = now();
        Status status = comm.probe(from, tag);
        long ended = now();
        ledger.called(CommCall.PROBE, 0, began, ended);
        message(CommCall.PROBE, began, ended, 0, End.NONE, status.source(), status.tag(), 0);
        return status;
    }

    @Override
    public Exchange exchange(List<Message> messages) {
        return new CountedExchange(comm.exchange(messages), messages);
    }

    /** Bytes count at the start if they leave, and at the await if they come. */
    private final class CountedExchange implements Exchange {
        private final Exchange exchange;
        private final Message[] messages;
        private final long[] numbers;
        private long outgoing;
        private long incoming;

        CountedExchange(Exchange exchange, List<Message> messages) {
            this.exchange = exchange;
            this.messages = messages.stream().filter(each -> each.peer() != PROC_NULL).toArray(Message[]::new);
            this.numbers = new long[this.messages.length];
            for (Message message : this.messages) {
                outgoing += message.outgoing() ? message.buffer().byteSize() : 0;
                incoming += message.outgoing() ? 0 : message.buffer().byteSize();
            }
        }

        @Override
        public void start() {
            long began = now();
            exchange.start();
            long ended = now();
            ledger.called(CommCall.START, outgoing, began, ended);
            if (events != null) {
                for (int i = 0; i < messages.length; i++) {
                    Message each = messages[i];
                    numbers[i] = number(each.outgoing(), each.peer(), each.tag());
                    message(CommCall.START, began, ended, each.outgoing() ? each.buffer().byteSize() : 0,
                            each.outgoing() ? End.SENT : End.POSTED, each.peer(), each.tag(), numbers[i]);
                }
            }
        }

        @Override
        public void await() {
            long began = now();
            exchange.await();
            long ended = now();
            ledger.called(CommCall.AWAIT, incoming, began, ended);
            if (events != null) {
                for (int i = 0; i < messages.length; i++) {
                    Message each = messages[i];
                    if (!each.outgoing()) {
                        message(CommCall.AWAIT, began, ended, each.buffer().byteSize(), End.ARRIVED, each.peer(),
                                each.tag(), numbers[i]);
                    }
                }
            }
        }

        @Override
        public void close() {
            exchange.close();
        }
    }

    // --- among all ranks -------------------------------------------------------------------------------------

    @Override
    public void barrier() {
        long began = now();
        comm.barrier();
        collective(CommCall.BARRIER, began, 0, PROC_NULL);
    }

    @Override
    public void bcast(MemorySegment message, int root) {
        long began = now();
        comm.bcast(message, root);
        collective(CommCall.BCAST, began, message.byteSize(), root);
    }

    @Override
    public void reduce(Op op, Type type, MemorySegment mine, MemorySegment result, int root) {
        long began = now();
        comm.reduce(op, type, mine, result, root);
        collective(CommCall.REDUCE, began, mine.byteSize(), root);
    }

    @Override
    public void allreduce(Op op, Type type, MemorySegment mine, MemorySegment result) {
        long began = now();
        comm.allreduce(op, type, mine, result);
        collective(CommCall.ALLREDUCE, began, mine.byteSize(), PROC_NULL);
    }

    @Override
    public double allreduce(Op op, double value) {
        long began = now();
        double result = comm.allreduce(op, value);
        collective(CommCall.ALLREDUCE, began, Double.BYTES, PROC_NULL);
        return result;
    }

    @Override
    public long allreduce(Op op, long value) {
        long began = now();
        long result = comm.allreduce(op, value);
        collective(CommCall.ALLREDUCE, began, Long.BYTES, PROC_NULL);
        return result;
    }

    @Override
    public void scan(Op op, Type type, MemorySegment mine, MemorySegment result) {
        long began = now();
        comm.scan(op, type, mine, result);
        collective(CommCall.SCAN, began, mine.byteSize(), PROC_NULL);
    }

    @Override
    public void exscan(Op op, Type type, MemorySegment mine, MemorySegment result) {
        long began = now();
        comm.exscan(op, type, mine, result);
        collective(CommCall.EXSCAN, began, mine.byteSize(), PROC_NULL);
    }

    @Override
    public void reduceScatter(Op op, Type type, MemorySegment mine, MemorySegment result) {
        long began = now();
        comm.reduceScatter(op, type, mine, result);
        collective(CommCall.REDUCE_SCATTER, began, mine.byteSize(), PROC_NULL);
    }

    @Override
    public void reduceScatterv(Op op, Type type, MemorySegment mine, MemorySegment result, long[] bytes) {
        long began = now();
        comm.reduceScatterv(op, type, mine, result, bytes);
        collective(CommCall.REDUCE_SCATTER, began, mine.byteSize(), PROC_NULL);
    }

    @Override
    public void gather(MemorySegment mine, MemorySegment all, int root) {
        long began = now();
        comm.gather(mine, all, root);
        collective(CommCall.GATHER, began, mine.byteSize(), root);
    }

    @Override
    public void gatherv(MemorySegment mine, MemorySegment all, long[] bytes, int root) {
        long began = now();
        comm.gatherv(mine, all, bytes, root);
        collective(CommCall.GATHERV, began, mine.byteSize(), root);
    }

    @Override
    public void scatter(MemorySegment all, MemorySegment mine, int root) {
        long began = now();
        comm.scatter(all, mine, root);
        collective(CommCall.SCATTER, began, mine.byteSize(), root);
    }

    @Override
    public void scatterv(MemorySegment all, long[] bytes, MemorySegment mine, int root) {
        long began = now();
        comm.scatterv(all, bytes, mine, root);
        collective(CommCall.SCATTERV, began, mine.byteSize(), root);
    }

    @Override
    public void allgather(MemorySegment mine, MemorySegment all) {
        long began = now();
        comm.allgather(mine, all);
        collective(CommCall.ALLGATHER, began, mine.byteSize(), PROC_NULL);
    }

    @Override
    public void allgatherv(MemorySegment mine, MemorySegment all, long[] bytes) {
        long began = now();
        comm.allgatherv(mine, all, bytes);
        collective(CommCall.ALLGATHERV, began, mine.byteSize(), PROC_NULL);
    }

    @Override
    public void alltoall(MemorySegment outgoing, MemorySegment incoming) {
        long began = now();
        comm.alltoall(outgoing, incoming);
        collective(CommCall.ALLTOALL, began, outgoing.byteSize(), PROC_NULL);
    }

    @Override
    public void alltoallv(MemorySegment outgoing, long[] outBytes, MemorySegment incoming, long[] inBytes) {
        long began = now();
        comm.alltoallv(outgoing, outBytes, incoming, inBytes);
        collective(CommCall.ALLTOALLV, began, outgoing.byteSize(), PROC_NULL);
    }

    @Override
    public Request ibarrier() {
        long began = now();
        Request request = comm.ibarrier();
        collective(CommCall.IBARRIER, began, 0, PROC_NULL);
        return new CountedRequest(request, End.NONE, PROC_NULL, 0, 0);
    }

    @Override
    public Request ibcast(MemorySegment message, int root) {
        long began = now();
        Request request = comm.ibcast(message, root);
        collective(CommCall.IBCAST, began, message.byteSize(), root);
        return new CountedRequest(request, End.NONE, PROC_NULL, 0, 0);
    }

    @Override
    public Request iallreduce(Op op, Type type, MemorySegment mine, MemorySegment result) {
        long began = now();
        Request request = comm.iallreduce(op, type, mine, result);
        collective(CommCall.IALLREDUCE, began, mine.byteSize(), PROC_NULL);
        return new CountedRequest(request, End.NONE, PROC_NULL, 0, 0);
    }

    @Override
    public Comm split(int colour, int key) {
        long began = now();
        Comm part = comm.split(colour, key);
        collective(CommCall.SPLIT, began, 0, PROC_NULL);
        // The same for all that are in the new group, and hardly for any that are not.
        int name = (31 * (31 * group + ++splits) + colour) & 0x7fff;
        return new CountedComm(part, ledger, name, events == null ? null : worldRanks(part));
    }

    /** Collective. */
    private int[] worldRanks(Comm part) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mine = arena.allocateFrom(ValueLayout.JAVA_INT, worldRank(rank()));
            MemorySegment all = arena.allocate(ValueLayout.JAVA_INT, part.size());
            part.gather(mine, all, 0);
            part.bcast(all, 0);
            return IntStream.range(0, part.size()).map(i -> all.getAtIndex(ValueLayout.JAVA_INT, i)).toArray();
        }
    }

    @Override
    public Counter counter() {
        long began = now();
        Counter counter = comm.counter();
        collective(CommCall.COUNTER, began, 0, PROC_NULL);
        return new CountedCounter(counter);
    }

    private final class CountedCounter implements Counter {
        private final Counter counter;

        CountedCounter(Counter counter) {
            this.counter = counter;
        }

        @Override
        public long getAndAdd(long amount) {
            long began = now();
            long before = counter.getAndAdd(amount);
            one(CommCall.ADD, began, Long.BYTES, End.NONE, PROC_NULL, 0);
            return before;
        }

        @Override
        public boolean waits() {
            return counter.waits();
        }

        @Override
        public void close() {
            counter.close();
        }
    }

    @Override
    public Optional<Window> window(long bytes) {
        long began = now();
        Optional<Window> window = comm.window(bytes);
        collective(CommCall.WINDOW, began, 0, PROC_NULL);
        return window.map(CountedWindow::new);
    }

    private final class CountedWindow implements Window {
        private final Window window;

        CountedWindow(Window window) {
            this.window = window;
        }

        @Override
        public MemorySegment segment() {
            return window.segment();
        }

        @Override
        public void fence() {
            long began = now();
            window.fence();
            collective(CommCall.FENCE, began, 0, PROC_NULL);
        }

        @Override
        public String kind() {
            return window.kind();
        }

        @Override
        public void close() {
            window.close();
        }
    }
}
