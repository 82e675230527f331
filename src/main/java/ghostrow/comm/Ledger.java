package ghostrow.comm;

import java.util.Optional;

/**
 * What a rank's calls have cost it: how many of each kind, how many bytes, how long. Kept for every run, so a call costs
 * two looks at the clock and a few additions.
 *
 * <p>Mostly a call takes long since another rank is not there yet. The same bytes take the same time to move, so what a
 * call took beyond the shortest of its kind and size was spent waiting; too few calls tell nothing, and are not parted.
 */
public final class Ledger {
    /** Lengths of messages by their powers of two. */
    private static final int SIZES = Long.SIZE;
    private static final int TOO_FEW = 8;

    private final long[] bytes = new long[CommCall.count()];
    private final long[] nanos = new long[CommCall.count() * SIZES];
    private final long[] times = new long[CommCall.count() * SIZES];
    private final long[] shortest = new long[CommCall.count() * SIZES];
    private final EventLog events;

    private long[] bytesBefore = bytes;
    private long[] nanosBefore = nanos;
    private long[] timesBefore = times;
    private Costs[] ofTheRun;
    private long firstStep;
    private long lastStep;

    /**
     * Of all calls of a kind.
     *
     * @param seconds all they took
     * @param waiting of these
     */
    public record Costs(long calls, long bytes, double seconds, double waiting) {
    }

    /** @param events where each call is noted down; null for nowhere */
    Ledger(EventLog events) {
        this.events = events;
    }

    /** Each call by itself, if anybody wants to know. */
    public Optional<EventLog> events() {
        return Optional.ofNullable(events);
    }

    void called(CommCall call, long bytes, long began, long ended) {
        int kind = call.ordinal();
        int size = kind * SIZES + (SIZES - 1 & SIZES - Long.numberOfLeadingZeros(bytes));
        long took = ended - began;
        this.bytes[kind] += bytes;
        nanos[size] += took;
        if (times[size]++ == 0 || took < shortest[size]) {
            shortest[size] = took;
        }
    }

    /** What was called before is none of the run's. */
    public void beginRun(long now) {
        firstStep = now;
        bytesBefore = bytes.clone();
        nanosBefore = nanos.clone();
        timesBefore = times.clone();
    }

    /** What is called from here on is none of the run's either, unless this is said again. */
    public void endRun(long now) {
        lastStep = now;
        ofTheRun = costs();
    }

    /** By kind, from {@link #beginRun} to {@link #endRun}, or of all calls where nobody has said so. */
    public Costs[] ofTheRun() {
        return ofTheRun == null ? costs() : ofTheRun;
    }

    /** When the run began; 0 where nobody has said so. */
    public long firstStep() {
        return firstStep;
    }

    public long lastStep() {
        return lastStep;
    }

    private Costs[] costs() {
        boolean all = bytesBefore == bytes;
        Costs[] costs = new Costs[CommCall.count()];
        for (int kind = 0; kind < costs.length; kind++) {
            long calls = 0;
            long took = 0;
            long moving = 0;
            for (int size = kind * SIZES; size < (kind + 1) * SIZES; size++) {
                long count = times[size] - (all ? 0 : timesBefore[size]);
                long spent = nanos[size] - (all ? 0 : nanosBefore[size]);
                calls += count;
                took += spent;
                moving += count < TOO_FEW || !CommCall.of(kind).waits() ? spent : Math.min(spent, count * shortest[size]);
            }
            costs[kind] = new Costs(calls, bytes[kind] - (all ? 0 : bytesBefore[kind]), took / 1e9,
                    (took - moving) / 1e9);
        }
        return costs;
    }
}
