package ghostrow.comm.check;

import ghostrow.comm.Checks;
import ghostrow.comm.Comm;
import ghostrow.comm.CommCall;
import ghostrow.comm.CommException;
import ghostrow.comm.CommException.ErrorClass;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the program of a rank calls. It takes Java's arrays as they are: what they are is checked, too. */
final class CheckComm implements Comm {
    static final String LIBRARY = "none (finds mistakes; its ranks are threads)";

    private final Rank rank;
    private final Group group;
    private final int self;
    /** Null for the world. */
    private final Shared shared;

    private CheckComm(Rank rank, Group group, Shared shared) {
        this.rank = rank;
        this.group = group;
        this.self = group.of(rank);
        this.shared = shared;
    }

    static CheckComm world(Rank rank, Group group) {
        return new CheckComm(rank, group, null);
    }

    @Override
    public int rank() {
        return self;
    }

    @Override
    public int size() {
        return group.size();
    }

    private void open(Place place) {
        if (shared != null) {
            shared.use(place);
        }
    }

    // --- between two ranks -----------------------------------------------------------------------------------

    private void outgoing(MemorySegment message, int to, int tag) {
        Checks.alive(message);
        Checks.peer(to, size());
        Checks.tag(tag);
    }

    private void incoming(MemorySegment message, int from, int tag) {
        Checks.alive(message);
        if (message.isReadOnly()) {
            throw new CommException(ErrorClass.BUFFER, "a receive into memory that can only be read");
        }
        Checks.source(from, tag, size());
    }

    @Override
    public void send(MemorySegment message, int to, int tag) {
        send(message, to, tag, false);
    }

    @Override
    public void ssend(MemorySegment message, int to, int tag) {
        send(message, to, tag, true);
    }

    private void send(MemorySegment message, int to, int tag, boolean toldBack) {
        rank.call(place -> {
            open(place);
            outgoing(message, to, tag);
            Checks.notSelf(to, self);
            if (to != PROC_NULL) {
                rank.guard().use(message, false, place);
                Post send = Post.send(rank, group, message, to, tag, toldBack, place);
                group.mail().post(send);
                rank.await(place, send);
                send.finish(place);
            }
            return null;
        });
    }

    @Override
    public Status recv(MemorySegment message, int from, int tag) {
        return rank.call(place -> {
            open(place);
            incoming(message, from, tag);
            if (from == PROC_NULL) {
                return Status.NOTHING;
            }
            rank.guard().use(message, true, place);
            Post receive = Post.receive(rank, group, message, from, tag, place);
            group.mail().post(receive);
            rank.await(place, receive);
            return receive.finish(place);
        });
    }

    @Override
    public Status sendrecv(MemorySegment outgoing, int to, int sendTag, MemorySegment incoming, int from, int recvTag) {
        return rank.call(place -> {
            open(place);
            outgoing(outgoing, to, sendTag);
            incoming(incoming, from, recvTag);
            if (to != PROC_NULL && from != PROC_NULL) {
                Checks.apart("sendrecv", outgoing, incoming);
            }
            List<Post> posts = new ArrayList<>();
            if (from != PROC_NULL) {
                rank.guard().use(incoming, true, place);
                posts.add(Post.receive(rank, group, incoming, from, recvTag, place));
            }
            if (to != PROC_NULL) {
                rank.guard().use(outgoing, false, place);
                posts.add(Post.send(rank, group, outgoing, to, sendTag, false, place));
            }
            posts.forEach(group.mail()::post);
            rank.await(place, posts.toArray(Operation[]::new));
            Status status = Status.NOTHING;
            for (Post post : posts) {
                Status one = post.finish(place);
                status = post.isOutgoing() ? status : one;
            }
            return status;
        });
    }

    @Override
    public Request isend(MemorySegment message, int to, int tag) {
        return rank.call(place -> {
            open(place);
            outgoing(message, to, tag);
            return to == PROC_NULL ? new CheckRequest(rank)
                    : begun(Post.send(rank, group, message, to, tag, false, place));
        });
    }

    @Override
    public Request irecv(MemorySegment message, int from, int tag) {
        return rank.call(place -> {
            open(place);
            incoming(message, from, tag);
            return from == PROC_NULL ? new CheckRequest(rank)
                    : begun(Post.receive(rank, group, message, from, tag, place));
        });
    }

    private Request begun(Post post) {
        post.inFlight();
        group.mail().post(post);
        return new CheckRequest(rank, post);
    }

    @Override
    public Status probe(int from, int tag) {
        return rank.call(place -> {
            open(place);
            Checks.source(from, tag, size());
            if (from == PROC_NULL) {
                return Status.NOTHING;
            }
            Post probe = Post.receive(rank, group, MemorySegment.NULL, from, tag, place);
            rank.await(new Waiting.ForMessage(place, probe));
            return seen(group.mail().probed(probe));
        });
    }

    @Override
    public Optional<Status> iprobe(int from, int tag) {
        return rank.call(place -> {
            open(place);
            Checks.source(from, tag, size());
            if (from == PROC_NULL) {
                return Optional.of(Status.NOTHING);
            }
            Post probe = Post.receive(rank, group, MemorySegment.NULL, from, tag, place);
            Post send = group.mail().probed(probe);
            if (send == null) {
                rank.ask(place);
                return Optional.empty();
            }
            return Optional.of(seen(send));
        });
    }

    private static Status seen(Post send) {
        return new Status(send.self(), send.tag(), send.memory().byteSize());
    }

    @Override
    public Optional<Completed> awaitAny(Request[] requests) {
        if (Stream.of(requests).allMatch(request -> request == null)) {
            return Optional.empty();
        }
        int first = rank.call(place -> {
            List<CheckRequest> open = Stream.of(requests).filter(request -> request != null)
                    .map(request -> (CheckRequest) request.carried()).toList();
            if (open.stream().noneMatch(CheckRequest::isComplete)) {
                rank.await(new Waiting.ForAny(place, open.stream().map(CheckRequest::operation).toList()));
            }
            List<Integer> complete = new ArrayList<>();
            for (int i = 0; i < requests.length; i++) {
                if (requests[i] != null && ((CheckRequest) requests[i].carried()).isComplete()) {
                    complete.add(i);
                }
            }
            return complete.get(rank.run().baton().choose(complete.size()));
        });
        Status status = requests[first].await();
        requests[first] = null;
        return Optional.of(new Completed(first, status));
    }

    @Override
    public Exchange exchange(List<Message> messages) {
        return rank.call(place -> {
            open(place);
            for (Message message : messages) {
                if (message.outgoing()) {
                    outgoing(message.buffer(), message.peer(), message.tag());
                } else {
                    incoming(message.buffer(), message.peer(), message.tag());
                }
            }
            return new CheckExchange(rank, group, messages, place);
        });
    }

    // --- among all ranks -------------------------------------------------------------------------------------

    /** All ranks meet, as every library may have them do. */
    private Meeting meet(Act act) {
        Part part = group.join(rank, act);
        rank.await(act.place(), part);
        part.finish(act.place());
        return part.meeting();
    }

    /** Before all else, as it is what a program must hear of first. */
    private static void alive(MemorySegment one, MemorySegment other) {
        Checks.alive(one);
        Checks.alive(other);
    }

    private void used(Act act) {
        open(act.place());
        rank.guard().use(act.mine(), false, act.place());
        rank.guard().use(act.result(), true, act.place());
    }

    private void together(Act act) {
        used(act);
        meet(act);
    }

    @Override
    public void barrier() {
        rank.call(place -> {
            together(Act.of(CommCall.BARRIER, place));
            return null;
        });
    }

    private Act bcast(CommCall call, Place place, MemorySegment message, int root) {
        Checks.alive(message);
        Checks.root(root, size());
        return Act.of(call, place).from(root).over(self == root ? message : MemorySegment.NULL,
                self == root ? MemorySegment.NULL : message);
    }

    @Override
    public void bcast(MemorySegment message, int root) {
        rank.call(place -> {
            together(bcast(CommCall.BCAST, place, message, root));
            return null;
        });
    }

    private Act combining(CommCall call, Place place, Op op, Type type, MemorySegment mine, MemorySegment result) {
        alive(mine, result);
        Checks.combined(op, type, mine.byteSize());
        if (mine.byteSize() != result.byteSize()) {
            throw new CommException(ErrorClass.COUNT, "a reduction of " + mine.byteSize() + " bytes into "
                    + result.byteSize());
        }
        return Act.of(call, place).combining(op, type).over(mine, result);
    }

    @Override
    public void reduce(Op op, Type type, MemorySegment mine, MemorySegment result, int root) {
        rank.call(place -> {
            Checks.root(root, size());
            Act act = combining(CommCall.REDUCE, place, op, type, mine, self == root ? result : mine).from(root);
            together(self == root ? act : act.over(mine, MemorySegment.NULL));
            return null;
        });
    }

    @Override
    public void allreduce(Op op, Type type, MemorySegment mine, MemorySegment result) {
        rank.call(place -> {
            together(combining(CommCall.ALLREDUCE, place, op, type, mine, result));
            return null;
        });
    }

    @Override
    public void scan(Op op, Type type, MemorySegment mine, MemorySegment result) {
        rank.call(place -> {
            together(combining(CommCall.SCAN, place, op, type, mine, result));
            return null;
        });
    }

    @Override
    public void exscan(Op op, Type type, MemorySegment mine, MemorySegment result) {
        rank.call(place -> {
            together(combining(CommCall.EXSCAN, place, op, type, mine, result));
            return null;
        });
    }

    @Override
    public void reduceScatter(Op op, Type type, MemorySegment mine, MemorySegment result) {
        reduceScatterv(op, type, mine, result, equal(result.byteSize()));
    }

    @Override
    public void reduceScatterv(Op op, Type type, MemorySegment mine, MemorySegment result, long[] bytes) {
        rank.call(place -> {
            alive(mine, result);
            Checks.lengths("reduceScatter", bytes, size());
            for (long part : bytes) {
                Checks.combined(op, type, part);
            }
            Checks.parts("reduceScatter", result, mine, bytes, self);
            together(Act.of(CommCall.REDUCE_SCATTER, place).combining(op, type).over(mine, result).inParts(null, bytes));
            return null;
        });
    }

    private long[] equal(long part) {
        long[] bytes = new long[size()];
        Arrays.fill(bytes, part);
        return bytes;
    }

    @Override
    public void gather(MemorySegment mine, MemorySegment all, int root) {
        gathered(CommCall.GATHER, mine, all, equal(mine.byteSize()), root);
    }

    @Override
    public void gatherv(MemorySegment mine, MemorySegment all, long[] bytes, int root) {
        gathered(CommCall.GATHERV, mine, all, bytes, root);
    }

    private void gathered(CommCall call, MemorySegment mine, MemorySegment all, long[] bytes, int root) {
        rank.call(place -> {
            alive(mine, self == root ? all : mine);
            Checks.root(root, size());
            if (self == root) {
                Checks.lengths("gatherv", bytes, size());
                Checks.parts(place.call(), mine, all, bytes, self);
            }
            together(Act.of(call, place).from(root).over(mine, self == root ? all : MemorySegment.NULL)
                    .inParts(null, self == root ? bytes : null));
            return null;
        });
    }

    @Override
    public void scatter(MemorySegment all, MemorySegment mine, int root) {
        scattered(CommCall.SCATTER, all, equal(mine.byteSize()), mine, root);
    }

    @Override
    public void scatterv(MemorySegment all, long[] bytes, MemorySegment mine, int root) {
        scattered(CommCall.SCATTERV, all, bytes, mine, root);
    }

    private void scattered(CommCall call, MemorySegment all, long[] bytes, MemorySegment mine, int root) {
        rank.call(place -> {
            alive(mine, self == root ? all : mine);
            Checks.root(root, size());
            if (self == root) {
                Checks.lengths("scatterv", bytes, size());
                Checks.parts(place.call(), mine, all, bytes, self);
            }
            together(Act.of(call, place).from(root).over(self == root ? all : MemorySegment.NULL, mine)
                    .inParts(self == root ? bytes : null, null));
            return null;
        });
    }

    @Override
    public void allgather(MemorySegment mine, MemorySegment all) {
        gatheredByAll(CommCall.ALLGATHER, mine, all, equal(mine.byteSize()));
    }

    @Override
    public void allgatherv(MemorySegment mine, MemorySegment all, long[] bytes) {
        gatheredByAll(CommCall.ALLGATHERV, mine, all, bytes);
    }

    private void gatheredByAll(CommCall call, MemorySegment mine, MemorySegment all, long[] bytes) {
        rank.call(place -> {
            alive(mine, all);
            Checks.lengths("allgatherv", bytes, size());
            Checks.parts(place.call(), mine, all, bytes, self);
            together(Act.of(call, place).over(mine, all).inParts(null, bytes));
            return null;
        });
    }

    @Override
    public void alltoall(MemorySegment outgoing, MemorySegment incoming) {
        rank.call(place -> {
            alive(outgoing, incoming);
            if (outgoing.byteSize() % size() != 0 || incoming.byteSize() != outgoing.byteSize()) {
                throw new CommException(ErrorClass.COUNT, "alltoall of " + outgoing.byteSize() + " bytes into "
                        + incoming.byteSize() + "; both are " + size() + " equal parts");
            }
            all(CommCall.ALLTOALL, place, outgoing, equal(outgoing.byteSize() / size()), incoming,
                    equal(outgoing.byteSize() / size()));
            return null;
        });
    }

    @Override
    public void alltoallv(MemorySegment outgoing, long[] outBytes, MemorySegment incoming, long[] inBytes) {
        rank.call(place -> {
            alive(outgoing, incoming);
            Checks.lengths("alltoallv", outBytes, size());
            Checks.lengths("alltoallv", inBytes, size());
            Checks.whole("alltoallv", outgoing, outBytes);
            Checks.whole("alltoallv", incoming, inBytes);
            all(CommCall.ALLTOALLV, place, outgoing, outBytes, incoming, inBytes);
            return null;
        });
    }

    private void all(CommCall call, Place place, MemorySegment outgoing, long[] outBytes, MemorySegment incoming,
            long[] inBytes) {
        Checks.apart(place.call(), outgoing, incoming);
        together(Act.of(call, place).over(outgoing, incoming).inParts(outBytes, inBytes));
    }

    // --- without waiting -------------------------------------------------------------------------------------

    private Request begun(Act act) {
        open(act.place());
        return new CheckRequest(rank, group.join(rank, act).inFlight());
    }

    @Override
    public Request ibarrier() {
        return rank.call(place -> begun(Act.of(CommCall.IBARRIER, place)));
    }

    @Override
    public Request ibcast(MemorySegment message, int root) {
        return rank.call(place -> begun(bcast(CommCall.IBCAST, place, message, root)));
    }

    @Override
    public Request iallreduce(Op op, Type type, MemorySegment mine, MemorySegment result) {
        return rank.call(place -> begun(combining(CommCall.IALLREDUCE, place, op, type, mine, result)));
    }

    // --- groups and what they share ----------------------------------------------------------------------------

    @Override
    public Comm split(int colour, int key) {
        return rank.call(place -> {
            open(place);
            Checks.colour(colour);
            Meeting meeting = meet(Act.of(CommCall.SPLIT, place).with(colour, key));
            return new CheckComm(rank, meeting.group(colour), new Shared(rank, "group", place));
        });
    }

    @Override
    public Counter counter() {
        return rank.call(place -> {
            open(place);
            Meeting meeting = meet(Act.of(CommCall.COUNTER, place));
            return new Shared.CheckCounter(rank, new Shared(rank, "counter", place), meeting.counter());
        });
    }

    @Override
    public Optional<Window> window(long bytes) {
        return rank.call(place -> {
            open(place);
            Checks.window(bytes);
            Meeting meeting = meet(Act.of(CommCall.WINDOW, place).with(bytes, 0));
            return Optional.of(new Shared.CheckWindow(rank, new Shared(rank, "window", place), meeting.window(),
                    at -> meet(Act.of(CommCall.FENCE, at))));
        });
    }

    // --- the rank and its place ------------------------------------------------------------------------------

    @Override
    public void abort(int code) {
        rank.run().abort(rank, code);
    }

    @Override
    public String processorName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }

    /** The program tells what it does to memory. */
    @Override
    public URLClassLoader loader(URL[] classes, ClassLoader parent) {
        return new GuardLoader(classes, parent, rank.guard());
    }

    @Override
    public String library() {
        return LIBRARY;
    }

    @Override
    public void close() {
        if (shared != null) {
            shared.close();
        }
    }
}
