package ghostrow.comm.check;

import ghostrow.comm.Comm.Request;
import ghostrow.comm.Comm.Status;

/** Something under way, which its rank must wait for. */
final class CheckRequest implements Request, Rank.Opened {
    private final Rank rank;
    private final Operation operation;
    private Status status;

    CheckRequest(Rank rank, Operation operation) {
        this.rank = rank;
        this.operation = operation;
        rank.opens(this);
    }

    /** One to or from nobody, which is complete. */
    CheckRequest(Rank rank) {
        this.rank = rank;
        this.operation = null;
        this.status = Status.NOTHING;
    }

    boolean isComplete() {
        return status != null || operation.isComplete();
    }

    Operation operation() {
        return operation;
    }

    @Override
    public Status await() {
        return status != null ? status : rank.call(place -> {
            rank.await(place, operation);
            return finish(place);
        });
    }

    @Override
    public boolean test() {
        return status != null || rank.call(place -> {
            if (!operation.isComplete()) {
                rank.ask(place);
                return false;
            }
            finish(place);
            return true;
        });
    }

    private Status finish(Place at) {
        rank.closes(this);
        status = operation.finish(at);
        return status;
    }

    @Override
    public Finding leak() {
        operation.leave();
        String what = operation.shown() + " at " + operation.place();
        if (!operation.isComplete() && operation instanceof Post post && post.isOutgoing()) {
            return Finding.of(Kind.LEAK, rank.number(), what + " is never received, and never waited for",
                    "receive it, or do not send it; and wait for every request", operation.place());
        }
        return Finding.of(Kind.REQUEST, rank.number(), what + " is never waited for",
                "await it, or test it until it is complete", operation.place());
    }
}
