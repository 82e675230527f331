package ghostrow.comm.check;

import ghostrow.comm.Comm;
import ghostrow.comm.Comm.Status;
import java.lang.foreign.MemorySegment;

/** A send or a receive, from when it is asked for. */
final class Post implements Operation {
    private final Rank rank;
    private final Group group;
    private final boolean outgoing;
    private final int peer;
    private final int tag;
    private final boolean toldBack;
    private final MemorySegment memory;
    private final Place place;
    private final Clock began;
    private final int number;
    /** What is sent, as it was then. */
    private final MemorySegment content;
    private Flight flight;
    private Post match;
    private Status status = Status.NOTHING;
    /** When the rank has noticed that it is complete; never, so far. */
    private int noticed = Integer.MAX_VALUE;

    private Post(Rank rank, Group group, boolean outgoing, int peer, int tag, boolean toldBack, MemorySegment memory,
            Place place) {
        this.rank = rank;
        this.group = group;
        this.outgoing = outgoing;
        this.peer = peer;
        this.tag = tag;
        this.toldBack = toldBack;
        this.memory = memory;
        this.place = place;
        this.number = rank.clock().tick(rank.number());
        this.began = rank.clock().copy();
        this.content = outgoing ? Copies.of(memory) : null;
    }

    /** @param toldBack whether its end says that the receiver has begun to receive */
    static Post send(Rank rank, Group group, MemorySegment memory, int to, int tag, boolean toldBack, Place place) {
        return new Post(rank, group, true, to, tag, toldBack, memory, place);
    }

    static Post receive(Rank rank, Group group, MemorySegment memory, int from, int tag, Place place) {
        return new Post(rank, group, false, from, tag, false, memory, place);
    }

    /** The memory is not to be touched until it is complete. */
    Post inFlight() {
        flight = Flight.begin(rank, memory, !outgoing, place);
        return this;
    }

    Group group() {
        return group;
    }

    Rank rank() {
        return rank;
    }

    /** Its own rank in the group. */
    int self() {
        return group.of(rank);
    }

    int peer() {
        return peer;
    }

    int tag() {
        return tag;
    }

    boolean isOutgoing() {
        return outgoing;
    }

    boolean isToldBack() {
        return toldBack;
    }

    MemorySegment memory() {
        return memory;
    }

    Clock began() {
        return began;
    }

    /** Orders what one rank asks for. */
    int number() {
        return number;
    }

    int noticed() {
        return noticed;
    }

    Post match() {
        return match;
    }

    boolean isFromAny() {
        return peer == Comm.ANY_SOURCE;
    }

    /** Whether a send could be received by this. */
    boolean takes(Post send) {
        return takesTag(send) && (isFromAny() || peer == send.self());
    }

    boolean takesTag(Post send) {
        return tag == Comm.ANY_TAG || tag == send.tag;
    }

    void meet(Post other) {
        match = other;
        other.match = this;
    }

    /** It has looked at a message, and left it there. */
    void sees(Post send) {
        match = send;
        rank.clock().join(send.began);
        noticed = rank.clock().tick(rank.number());
    }

    @Override
    public Place place() {
        return place;
    }

    @Override
    public String shown() {
        String from = isFromAny() ? "any" : Integer.toString(peer);
        String what = place.call() + "(" + (outgoing ? "to " : "from ") + from
                + (tag == Comm.ANY_TAG && !outgoing ? ", any tag" : ", tag " + tag) + ")";
        return what + group.suffix();
    }

    @Override
    public boolean isComplete() {
        return match != null;
    }

    @Override
    public Status finish(Place at) {
        boolean writable = flight == null || flight.land(at);
        if (!outgoing) {
            long bytes = match.content.byteSize();
            status = new Status(match.self(), match.tag, bytes);
            rank.clock().join(match.began);
            if (writable) {
                MemorySegment.copy(match.content, 0, memory, 0, bytes);
                rank.guard().received(memory, bytes, place);
            }
        } else if (toldBack) {
            rank.clock().join(match.began);
        }
        noticed = rank.clock().tick(rank.number());
        return status;
    }

    @Override
    public void leave() {
        if (flight != null) {
            flight.leave();
        }
    }
}
