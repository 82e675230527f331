package ghostrow.comm;

import java.util.List;

/**
 * The turns of an exchange, which are the same on every transport: start, await, start again, and close in the end.
 * What a library does in each is the transport's.
 */
public abstract class PreparedExchange implements Comm.Exchange {
    private enum State { IDLE, UNDER_WAY, CLOSED }

    private final int rank;
    private final List<Comm.Message> messages;
    private final int onePeer;
    private final int otherPeer;
    private State state = State.IDLE;

    protected PreparedExchange(Comm comm, List<Comm.Message> messages) {
        this.rank = comm.rank();
        this.messages = List.copyOf(messages);
        for (Comm.Message message : this.messages) {
            Checks.message(message, comm.size());
        }
        int[] peers = this.messages.stream().mapToInt(Comm.Message::peer).filter(peer -> peer != Comm.PROC_NULL)
                .distinct().toArray();
        onePeer = peers.length == 1 || peers.length == 2 ? peers[0] : Waits.OTHERS;
        otherPeer = peers.length == 2 ? peers[1] : Waits.OTHERS;
    }

    /** As they were asked for, those to and from nobody included. */
    protected final List<Comm.Message> messages() {
        return messages;
    }

    /** With whom it is; nobody in particular, if with many. */
    protected final int onePeer() {
        return onePeer;
    }

    /** The second, if it is with two. */
    protected final int otherPeer() {
        return otherPeer;
    }

    /** Sends all messages on their way, and opens the receives for those that come. */
    protected abstract void begin();

    /** Returns when all messages have left and arrived. */
    protected abstract void complete();

    /** Gives back what the library holds for an exchange that is not under way. */
    protected abstract void release();

    @Override
    public final void start() {
        if (state != State.IDLE) {
            throw new CommException("rank " + rank + ": an exchange was started " + (state == State.UNDER_WAY
                    ? "twice without an await" : "after its close"));
        }
        for (int i = 0; i < messages.size(); i++) {
            Checks.buffer(messages.get(i).buffer());
        }
        state = State.UNDER_WAY;
        begin();
    }

    @Override
    public final void await() {
        if (state == State.UNDER_WAY) {
            complete();
            state = State.IDLE;
        }
    }

    /** Messages that are still under way are left alone: the rank is failing, and they may never arrive. */
    @Override
    public final void close() {
        if (state == State.IDLE) {
            release();
        }
        state = State.CLOSED;
    }
}
