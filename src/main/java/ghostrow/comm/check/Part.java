package ghostrow.comm.check;

import ghostrow.comm.Comm.Status;
import java.lang.foreign.MemorySegment;

/** A collective call, as one rank lives it. */
final class Part implements Operation {
    private final Rank rank;
    private final Meeting meeting;
    private final Act act;
    /** What the rank gave, as it was then. */
    private final MemorySegment given;
    private final Clock began;
    private Flight mine;
    private Flight result;
    private MemorySegment outcome;
    /** What the rank learns of by it. */
    private Clock learns;

    Part(Rank rank, Meeting meeting, Act act) {
        this.rank = rank;
        this.meeting = meeting;
        this.act = act;
        this.given = Copies.of(act.mine());
        rank.clock().tick(rank.number());
        this.began = rank.clock().copy();
    }

    Part inFlight() {
        if (act.mine().byteSize() > 0) {
            mine = Flight.begin(rank, act.mine(), false, act.place());
        }
        if (act.result().byteSize() > 0) {
            result = Flight.begin(rank, act.result(), true, act.place());
        }
        return this;
    }

    Rank rank() {
        return rank;
    }

    Act act() {
        return act;
    }

    MemorySegment given() {
        return given;
    }

    Clock began() {
        return began;
    }

    Meeting meeting() {
        return meeting;
    }

    /** What came of it for this rank; null where its result stays as it is. */
    void gets(MemorySegment outcome) {
        this.outcome = outcome;
    }

    void learns(Clock of) {
        if (learns == null) {
            learns = began.copy();
        }
        learns.join(of);
    }

    @Override
    public Place place() {
        return act.place();
    }

    @Override
    public String shown() {
        return act.shown() + meeting.group().suffix();
    }

    @Override
    public boolean isComplete() {
        return meeting.isComplete();
    }

    @Override
    public Status finish(Place at) {
        boolean writable = (mine == null || mine.land(at)) & (result == null || result.land(at));
        if (learns != null) {
            rank.clock().join(learns);
        }
        if (outcome != null && writable) {
            MemorySegment.copy(outcome, 0, act.result(), 0, outcome.byteSize());
            rank.guard().received(act.result(), outcome.byteSize(), act.place());
        }
        rank.clock().tick(rank.number());
        return Status.NOTHING;
    }

    @Override
    public void leave() {
        if (mine != null) {
            mine.leave();
        }
        if (result != null) {
            result.leave();
        }
    }
}
