package ghostrow.run;

import ghostrow.comm.Comm;
import ghostrow.comm.EventLog;
import ghostrow.comm.Ledger;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Where a rank's time goes: a clock that is always in exactly one phase. The run's own seconds are those from before
 * its first step to after its last; what a rank does before and behind has figures of its own.
 *
 * <pre>
 *   process begins      first step                          last step          record is written
 *        |-- START --------|-- STEP, EXCHANGE, OUTPUT ... -------|-- TOTALS, DIGEST ... --|
 *           startSeconds                 seconds                     closingSeconds
 * </pre>
 *
 * <p>A rank that exchanges its ghost rows mostly waits for a neighbour that is not there yet. To tell that apart
 * takes no more than the two looks at the clock that are taken anyway: the same bytes move each time, so no exchange
 * takes less than moving them does, and what any of them took beyond the shortest was spent waiting. Too few exchanges
 * tell nothing, and are not parted.
 */
public final class Phases {
    public enum Phase {
        START, STEP, EXCHANGE, WAIT, OUTPUT, CHECK, TOTALS, DIGEST, PICTURES, CLOSING;

        /** Whether it is what a run is for, in which nothing but numbers should be made. */
        boolean steps() {
            return this == STEP || this == EXCHANGE || this == CHECK;
        }

        /** Whether it lies between the first step and the last. */
        boolean runs() {
            return compareTo(STEP) >= 0 && compareTo(CHECK) <= 0;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Phase[] ALL = Phase.values();
    private static final int TOO_FEW = 8;

    private final LongSupplier clock;
    private final LongSupplier allocated;
    private final Ledger ledger;
    private final EventLog events;
    private final long[] nanos = new long[ALL.length];
    private Phase current = Phase.START;
    private long since;
    private boolean began;
    private long firstStep;
    private long lastStep;
    private long exchanges;
    private long shortestExchange = Long.MAX_VALUE;
    private long allocatedBefore;
    private long allocatedBySteps;

    /** Of a thread that is not the rank's own: nobody adds these up. */
    public Phases() {
        this(System::nanoTime);
    }

    /** Of a rank, by the thread that lives it. */
    public Phases(Comm comm) {
        this(System::nanoTime, comm.ledger().flatMap(Ledger::events).isPresent() ? Allocated.byThisThread()
                : Allocated.sinceCollection(), comm.ledger().orElse(null));
    }

    Phases(LongSupplier clock) {
        this(clock, () -> 0, null);
    }

    private Phases(LongSupplier clock, LongSupplier allocated, Ledger ledger) {
        this.clock = clock;
        this.allocated = allocated;
        this.ledger = ledger;
        this.events = ledger == null ? null : ledger.events().orElse(null);
        this.since = clock.getAsLong();
        this.allocatedBefore = allocated.getAsLong();
    }

    /** What they are called, in the order of their numbers. */
    static List<String> names() {
        return Stream.of(ALL).map(Phase::label).toList();
    }

    /** Begins with all ranks together, or the clocks of some would run while they wait for one that still starts. */
    public void begin(Comm comm, Phase first) {
        comm.barrier();
        enter(first);
    }

    public void enter(Phase next) {
        long now = clock.getAsLong();
        long lap = now - since;
        nanos[current.ordinal()] += lap;
        if (current == Phase.EXCHANGE) {
            exchanges++;
            shortestExchange = Math.min(shortestExchange, lap);
        }
        if (current.runs()) {
            lastStep = now;
        } else if (!began && next != Phase.START) {
            began = true;
            firstStep = now;
            lastStep = now;
        }
        if (ledger != null && current.runs() != next.runs()) {
            tellLedger(next, now);
        }
        if (events != null) {
            events.phase(current.ordinal(), since, now);
        }
        long bytes = allocated.getAsLong();
        // Less than before is what a collection has left.
        allocatedBySteps += current.steps() && bytes > allocatedBefore ? bytes - allocatedBefore : 0;
        allocatedBefore = bytes;
        since = now;
        current = next;
    }

    private void tellLedger(Phase next, long now) {
        if (!next.runs()) {
            ledger.endRun(now);
        } else if (current == Phase.START) {
            ledger.beginRun(now);
        }
    }

    /** Seconds of one rank. */
    public double of(Phase phase) {
        long both = nanos[Phase.EXCHANGE.ordinal()];
        long moving = exchanges < TOO_FEW ? both : exchanges * shortestExchange;
        return switch (phase) {
            case EXCHANGE -> moving;
            case WAIT -> both - moving + nanos[Phase.WAIT.ordinal()];
            default -> nanos[phase.ordinal()];
        } / 1e9;
    }

    /** Counts what the current phase has taken until now. */
    void lap() {
        enter(current);
    }

    /** Bytes that were taken from Java's heap while the rank stepped and exchanged, at least. */
    double allocatedBySteps() {
        return allocatedBySteps;
    }

    /** Seconds from the last step until now. */
    double sinceLastStep() {
        return (clock.getAsLong() - lastStep) / 1e9;
    }

    /**
     * Seconds of the rank that was longest on its way from the first step to the last, and how the others compare.
     *
     * @param seconds   from its first step to its last
     * @param start     from the beginning of its process to its first step
     * @param phases    where its seconds went; they add up
     * @param overRanks the same phases on all ranks
     * @param imbalance the longest time that a rank spent on steps, over the mean of all ranks
     */
    public record Times(double seconds, double start, Map<Phase, Double> phases, Map<Phase, Spread> overRanks,
            double imbalance) {
        public double of(Phase... some) {
            double sum = 0;
            for (Phase phase : some) {
                sum += phases.get(phase);
            }
            return sum;
        }
    }

    /** Of a figure that every rank has, and which of them has the least and the most. */
    public record Spread(double min, double mean, double max, int minRank, int maxRank) {
    }

    /** Collective; the answer is that of all ranks at rank 0, and each rank's own at the others. */
    Times gather(Comm comm) {
        lap();
        double[] mine = new double[2 + ALL.length];
        mine[0] = (lastStep - firstStep) / 1e9;
        mine[1] = ProcessAge.seconds() - (clock.getAsLong() - firstStep) / 1e9;
        for (Phase phase : ALL) {
            mine[2 + phase.ordinal()] = of(phase);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment own = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, mine);
            MemorySegment all = arena.allocate(comm.rank() == 0 ? own.byteSize() * comm.size() : 0, Double.BYTES);
            comm.gather(own, all, 0);
            return times(comm.rank() == 0 ? all.toArray(ValueLayout.JAVA_DOUBLE) : mine, mine.length);
        }
    }

    /** @param figures those of each rank, one after the other */
    private static Times times(double[] figures, int each) {
        int ranks = figures.length / each;
        int slowest = 0;
        for (int rank = 1; rank < ranks; rank++) {
            slowest = figures[rank * each] > figures[slowest * each] ? rank : slowest;
        }
        Map<Phase, Double> phases = new EnumMap<>(Phase.class);
        Map<Phase, Spread> overRanks = new EnumMap<>(Phase.class);
        for (Phase phase : ALL) {
            if (phase.runs()) {
                int at = 2 + phase.ordinal();
                phases.put(phase, figures[slowest * each + at]);
                overRanks.put(phase, spread(figures, at, each));
            }
        }
        Spread step = overRanks.get(Phase.STEP);
        return new Times(figures[slowest * each], figures[slowest * each + 1], phases, overRanks,
                step.mean == 0 ? 1 : step.max / step.mean);
    }

    /** @param first where rank 0 has it; the others have theirs {@code each} further */
    static Spread spread(double[] figures, int first, int each) {
        int least = first;
        int most = first;
        double sum = 0;
        int ranks = 0;
        for (int at = first; at < figures.length; at += each) {
            ranks++;
            least = figures[at] < figures[least] ? at : least;
            most = figures[at] > figures[most] ? at : most;
            sum += figures[at];
        }
        return new Spread(figures[least], sum / ranks, figures[most], least / each, most / each);
    }
}
