package ghostrow.comm.check;

import java.lang.foreign.MemorySegment;

/** Memory that a message travels from or to, and that the program is not to touch meanwhile. */
final class Flight implements Watched {
    private final Rank rank;
    private final MemorySegment memory;
    private final boolean incoming;
    private final Place place;
    private final MemorySegment before;
    private boolean told;

    private Flight(Rank rank, MemorySegment memory, boolean incoming, Place place) {
        this.rank = rank;
        this.memory = memory;
        this.incoming = incoming;
        this.place = place;
        this.before = Copies.of(memory);
    }

    static Flight begin(Rank rank, MemorySegment memory, boolean incoming, Place place) {
        rank.guard().use(memory, incoming, place);
        Flight flight = new Flight(rank, memory, incoming, place);
        rank.guard().open(flight);
        return flight;
    }

    /** It has arrived; whether the memory can be written to. */
    boolean land(Place at) {
        rank.guard().close(this);
        if (!memory.scope().isAlive()) {
            tell(Finding.of(Kind.INFLIGHT, rank.number(), "the memory of " + place.call() + " at " + place
                    + " was given back before " + at.call() + " at " + at,
                    "keep the arena open until the request has been waited for", place, at));
            return false;
        }
        if (before.mismatch(memory) >= 0) {
            tell(Finding.of(Kind.INFLIGHT, rank.number(), "the buffer of " + place.call() + " at " + place
                    + " was changed before " + at.call() + " at " + at, advice(), place, at));
        }
        return true;
    }

    /** Nobody waits for it any more. */
    void leave() {
        rank.guard().close(this);
    }

    @Override
    public MemorySegment memory() {
        return memory;
    }

    /** What is sent may be read. */
    @Override
    public void touched(boolean writes, Place at) {
        if (incoming || writes) {
            tell(Finding.of(Kind.INFLIGHT, rank.number(), (writes ? "writes to" : "reads") + " the buffer of " + place.call()
                    + " (" + place + ") at " + at + ", before the wait", advice(), at, place));
        }
    }

    @Override
    public void used(boolean writes, Place at) {
        touched(writes, at);
    }

    private void tell(Finding finding) {
        if (!told) {
            told = true;
            rank.run().note(finding);
        }
    }

    private String advice() {
        return incoming ? "what is received is there after the wait; do not touch the buffer before"
                : "what is sent may leave at any time before the wait; change the buffer after";
    }
}
