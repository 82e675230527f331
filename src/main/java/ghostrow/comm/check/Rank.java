package ghostrow.comm.check;

import ghostrow.comm.CommException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What is known of a rank while it runs. */
final class Rank {
    private final CheckRun run;
    private final int number;
    private final Clock clock;
    private final Guard guard = new Guard(this);
    private final Set<Opened> opened = new LinkedHashSet<>();
    /** A thread that is inside a call. */
    private volatile Thread inside;
    private CommException refusal;

    Rank(CheckRun run, int number, int ranks) {
        this.run = run;
        this.number = number;
        this.clock = new Clock(ranks);
    }

    /** What the program must wait for or close. */
    interface Opened {
        /** What to say where it has not. */
        Finding leak();
    }

    CheckRun run() {
        return run;
    }

    int number() {
        return number;
    }

    Clock clock() {
        return clock;
    }

    Guard guard() {
        return guard;
    }

    void opens(Opened one) {
        opened.add(one);
    }

    void closes(Opened one) {
        opened.remove(one);
    }

    /** A call of the program's, in which other ranks may go first. Those of two threads may not overlap. */
    <T> T call(Function<Place, T> body) {
        Place place = Place.here();
        Thread thread = Thread.currentThread();
        if (inside != null && inside != thread && !run.isOver()) {
            run.stop(Finding.of(Kind.ORDER, number, place.call() + " at " + place + " is called while another thread of the "
                    + "rank is inside a call", "let one thread call at a time", place).called("threads"));
        }
        inside = thread;
        refusal = null;
        try {
            run.baton().offer(number);
            return body.apply(place);
        } catch (CommException e) {
            refusal = e;
            throw e;
        } finally {
            inside = null;
            run.baton().leave(number);
        }
    }

    /** Returns when the other ranks have done their part. */
    void await(Place place, Operation... operations) {
        await(new Waiting.ForAll(place, List.of(operations)));
    }

    void await(Waiting what) {
        run.goOn(run.baton().await(number, what));
    }

    /** It has asked in vain, and others get on. */
    void ask(Place place) {
        run.goOn(run.baton().ask(number, place));
    }

    /** The program has ended well, on all ranks. */
    void ended() {
        List<Opened> left = new ArrayList<>(opened);
        left.forEach(each -> run.note(each.leak()));
    }

    /** The call that was refused last, if the program has made none since: it may have provided for that. */
    CommException refusal() {
        return refusal;
    }
}
