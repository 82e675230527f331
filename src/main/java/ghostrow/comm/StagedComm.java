package ghostrow.comm;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Any {@link Comm}, whose messages may lie in Java's arrays too: they go through memory outside of the heap, which is kept
 * for the next one of about that length. What lies outside already goes straight on.
 *
 * <pre>
 *     array  --copy--&gt;  kept memory  --library--&gt;  the other's kept memory  --copy--&gt;  array
 * </pre>
 */
public final class StagedComm extends CommAround {
    private final KeptMemory kept;

    public StagedComm(Comm comm) {
        this(comm, new KeptMemory());
    }

    private StagedComm(Comm comm, KeptMemory kept) {
        super(comm);
        this.kept = kept;
    }

    // --- there and back ----------------------------------------------------------------------------------------

    /** A copy of what goes out. */
    private MemorySegment out(MemorySegment message) {
        if (message.isNative()) {
            return message;
        }
        MemorySegment copy = kept.take(message.byteSize());
        MemorySegment.copy(message, 0, copy, 0, message.byteSize());
        return copy;
    }

    /** Room for what comes in. */
    private MemorySegment in(MemorySegment message) {
        return message.isNative() ? message : kept.take(message.byteSize());
    }

    private void release(MemorySegment staged, MemorySegment message) {
        if (staged != message) {
            kept.give(staged);
        }
    }

    private void back(MemorySegment staged, MemorySegment message, long bytes) {
        if (staged != message) {
            MemorySegment.copy(staged, 0, message, 0, bytes);
            kept.give(staged);
        }
    }

    private void back(MemorySegment staged, MemorySegment message) {
        back(staged, message, message.byteSize());
    }

    /** @param untouched whether nothing came */
    private void backUnless(boolean untouched, MemorySegment staged, MemorySegment message) {
        back(staged, message, untouched ? 0 : message.byteSize());
    }

    // --- between two ranks -----------------------------------------------------------------------------------

    @Override
    public void send(MemorySegment message, int to, int tag) {
        MemorySegment out = out(message);
        comm.send(out, to, tag);
        release(out, message);
    }

    @Override
    public void ssend(MemorySegment message, int to, int tag) {
        MemorySegment out = out(message);
        comm.ssend(out, to, tag);
        release(out, message);
    }

    @Override
    public Status recv(MemorySegment message, int from, int tag) {
        MemorySegment in = in(message);
        Status status = comm.recv(in, from, tag);
        back(in, message, status.bytes());
        return status;
    }

    @Override
    public Status sendrecv(MemorySegment outgoing, int to, int sendTag, MemorySegment incoming, int from,
            int recvTag) {
        MemorySegment out = out(outgoing);
        MemorySegment in = in(incoming);
        Status status = comm.sendrecv(out, to, sendTag, in, from, recvTag);
        release(out, outgoing);
        back(in, incoming, status.bytes());
        return status;
    }

    @Override
    public Request isend(MemorySegment message, int to, int tag) {
        MemorySegment out = out(message);
        Request request = comm.isend(out, to, tag);
        return out == message ? request : new StagedRequest(request, _ -> kept.give(out));
    }

    @Override
    public Request irecv(MemorySegment message, int from, int tag) {
        MemorySegment in = in(message);
        Request request = comm.irecv(in, from, tag);
        return in == message ? request : new StagedRequest(request, status -> back(in, message, status.bytes()));
    }

    @Override
    public Status probe(int from, int tag) {
        return comm.probe(from, tag);
    }

    @Override
    public Optional<Completed> awaitAny(Request[] requests) {
        return comm.awaitAny(requests);
    }

    /** The copies are taken once, and go with each start. */
    @Override
    public Exchange exchange(List<Message> messages) {
        if (messages.stream().allMatch(message -> message.buffer().isNative())) {
            return comm.exchange(messages);
        }
        List<Message> staged = new ArrayList<>();
        for (Message message : messages) {
            staged.add(new Message(message.outgoing(), in(message.buffer()), message.peer(), message.tag()));
        }
        return new StagedExchange(comm.exchange(staged), messages, staged);
    }

    private final class StagedExchange implements Exchange {
        private final Exchange exchange;
        private final List<Message> messages;
        private final List<Message> staged;

        StagedExchange(Exchange exchange, List<Message> messages, List<Message> staged) {
            this.exchange = exchange;
            this.messages = messages;
            this.staged = staged;
        }

        @Override
        public void start() {
            copy(true);
            exchange.start();
        }

        @Override
        public void await() {
            exchange.await();
            copy(false);
        }

        private void copy(boolean outgoing) {
            for (int i = 0; i < staged.size(); i++) {
                MemorySegment array = messages.get(i).buffer();
                MemorySegment copy = staged.get(i).buffer();
                if (array != copy && staged.get(i).outgoing() == outgoing && staged.get(i).peer() != PROC_NULL) {
                    (outgoing ? copy : array).copyFrom(outgoing ? array : copy);
                }
            }
        }

        /** Its copies are not kept for others: it may still be under way. */
        @Override
        public void close() {
            exchange.close();
        }
    }

    // --- among all ranks -------------------------------------------------------------------------------------

    @Override
    public void barrier() {
        comm.barrier();
    }

    @Override
    public void bcast(MemorySegment message, int root) {
        MemorySegment staged = rank() == root ? out(message) : in(message);
        comm.bcast(staged, root);
        backUnless(rank() == root, staged, message);
    }

    @Override
    public void reduce(Op op, Type type, MemorySegment mine, MemorySegment result, int root) {
        MemorySegment out = out(mine);
        MemorySegment in = rank() == root ? in(result) : MemorySegment.NULL;
        comm.reduce(op, type, out, in, root);
        release(out, mine);
        if (rank() == root) {
            back(in, result);
        }
    }

    @Override
    public void allreduce(Op op, Type type, MemorySegment mine, MemorySegment result) {
        MemorySegment out = out(mine);
        MemorySegment in = in(result);
        comm.allreduce(op, type, out, in);
        release(out, mine);
        back(in, result);
    }

    @Override
    public double allreduce(Op op, double value) {
        return comm.allreduce(op, value);
    }

    @Override
    public long allreduce(Op op, long value) {
        return comm.allreduce(op, value);
    }

    @Override
    public void scan(Op op, Type type, MemorySegment mine, MemorySegment result) {
        MemorySegment out = out(mine);
        MemorySegment in = in(result);
        comm.scan(op, type, out, in);
        release(out, mine);
        back(in, result);
    }

    @Override
    public void exscan(Op op, Type type, MemorySegment mine, MemorySegment result) {
        MemorySegment out = out(mine);
        MemorySegment in = in(result);
        comm.exscan(op, type, out, in);
        release(out, mine);
        backUnless(rank() == 0, in, result);
    }

    @Override
    public void reduceScatter(Op op, Type type, MemorySegment mine, MemorySegment result) {
        MemorySegment out = out(mine);
        MemorySegment in = in(result);
        comm.reduceScatter(op, type, out, in);
        release(out, mine);
        back(in, result);
    }

    @Override
    public void reduceScatterv(Op op, Type type, MemorySegment mine, MemorySegment result, long[] bytes) {
        MemorySegment out = out(mine);
        MemorySegment in = in(result);
        comm.reduceScatterv(op, type, out, in, bytes);
        release(out, mine);
        back(in, result);
    }

    @Override
    public void gather(MemorySegment mine, MemorySegment all, int root) {
        MemorySegment out = out(mine);
        MemorySegment in = rank() == root ? in(all) : MemorySegment.NULL;
        comm.gather(out, in, root);
        release(out, mine);
        if (rank() == root) {
            back(in, all);
        }
    }

    @Override
    public void gatherv(MemorySegment mine, MemorySegment all, long[] bytes, int root) {
        MemorySegment out = out(mine);
        MemorySegment in = rank() == root ? in(all) : MemorySegment.NULL;
        comm.gatherv(out, in, bytes, root);
        release(out, mine);
        if (rank() == root) {
            back(in, all);
        }
    }

    @Override
    public void scatter(MemorySegment all, MemorySegment mine, int root) {
        MemorySegment out = rank() == root ? out(all) : MemorySegment.NULL;
        MemorySegment in = in(mine);
        comm.scatter(out, in, root);
        if (rank() == root) {
            release(out, all);
        }
        back(in, mine);
    }

    @Override
    public void scatterv(MemorySegment all, long[] bytes, MemorySegment mine, int root) {
        MemorySegment out = rank() == root ? out(all) : MemorySegment.NULL;
        MemorySegment in = in(mine);
        comm.scatterv(out, bytes, in, root);
        if (rank() == root) {
            release(out, all);
        }
        back(in, mine);
    }

    @Override
    public void allgather(MemorySegment mine, MemorySegment all) {
        MemorySegment out = out(mine);
        MemorySegment in = in(all);
        comm.allgather(out, in);
        release(out, mine);
        back(in, all);
    }

    @Override
    public void allgatherv(MemorySegment mine, MemorySegment all, long[] bytes) {
        MemorySegment out = out(mine);
        MemorySegment in = in(all);
        comm.allgatherv(out, in, bytes);
        release(out, mine);
        back(in, all);
    }

    @Override
    public void alltoall(MemorySegment outgoing, MemorySegment incoming) {
        MemorySegment out = out(outgoing);
        MemorySegment in = in(incoming);
        comm.alltoall(out, in);
        release(out, outgoing);
        back(in, incoming);
    }

    @Override
    public void alltoallv(MemorySegment outgoing, long[] outBytes, MemorySegment incoming, long[] inBytes) {
        MemorySegment out = out(outgoing);
        MemorySegment in = in(incoming);
        comm.alltoallv(out, outBytes, in, inBytes);
        release(out, outgoing);
        back(in, incoming);
    }

    @Override
    public Request ibarrier() {
        return comm.ibarrier();
    }

    @Override
    public Request ibcast(MemorySegment message, int root) {
        MemorySegment staged = rank() == root ? out(message) : in(message);
        Request request = comm.ibcast(staged, root);
        return staged == message ? request : new StagedRequest(request,
                _ -> backUnless(rank() == root, staged, message));
    }

    @Override
    public Request iallreduce(Op op, Type type, MemorySegment mine, MemorySegment result) {
        MemorySegment out = out(mine);
        MemorySegment in = in(result);
        Request request = comm.iallreduce(op, type, out, in);
        return out == mine && in == result ? request : new StagedRequest(request, _ -> {
            release(out, mine);
            back(in, result);
        });
    }

    // --- groups and what they share ----------------------------------------------------------------------------

    @Override
    public Comm split(int colour, int key) {
        return new StagedComm(comm.split(colour, key), kept);
    }

    @Override
    public Counter counter() {
        return comm.counter();
    }

    @Override
    public Optional<Window> window(long bytes) {
        return comm.window(bytes);
    }
}
