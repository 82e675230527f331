package ghostrow.comm.check;

import ghostrow.comm.Comm.Counter;
import ghostrow.comm.Comm.Window;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What a rank has made together with others, and must close. */
final class Shared implements Rank.Opened {
    private final Rank rank;
    private final String what;
    private final Place made;
    private boolean closed;

    Shared(Rank rank, String what, Place made) {
        this.rank = rank;
        this.what = what;
        this.made = made;
        rank.opens(this);
    }

    void close() {
        closed = true;
        rank.closes(this);
    }

    /** Ends the run if it is used after its end. */
    void use(Place place) {
        if (closed) {
            rank.run().stop(Finding.of(Kind.LEAK, rank.number(), "the " + what + " made by " + made.call() + " at " + made
                    + " is used by " + place.call() + " at " + place + " after it was closed", "close it later", place,
                    made));
        }
    }

    @Override
    public Finding leak() {
        return Finding.of(Kind.LEAK, rank.number(), "the " + what + " made by " + made.call() + " at " + made
                + " is never closed", "close it, best by try (...)", made);
    }

    record CheckCounter(Rank rank, Shared shared, AtomicLong value) implements Counter {
        @Override
        public long getAndAdd(long amount) {
            return rank.call(place -> {
                shared.use(place);
                rank.run().baton().changed();
                return value.getAndAdd(amount);
            });
        }

        @Override
        public void close() {
            shared.close();
        }
    }

    record CheckWindow(Rank rank, Shared shared, MemorySegment segment, Consumer<Place> meeting) implements Window {
        @Override
        public void fence() {
            rank.call(place -> {
                shared.use(place);
                meeting.accept(place);
                return null;
            });
        }

        @Override
        public String kind() {
            return "memory of one JVM";
        }

        @Override
        public void close() {
            shared.close();
        }
    }
}
