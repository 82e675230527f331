package ghostrow.run;

import ghostrow.comm.Comm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Where a rank's time goes: a clock that is always in exactly one phase. */
public final class Phases {
    public enum Phase {
        SETUP, EXCHANGE, STEP, OUTPUT, SUM;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final long[] nanos = new long[Phase.values().length];
    private Phase current = Phase.SETUP;
    private long since = System.nanoTime();

    public void enter(Phase next) {
        long now = System.nanoTime();
        nanos[current.ordinal()] += now - since;
        since = now;
        current = next;
    }

    /**
     * Seconds on the slowest rank: of all phases together, and of each.
     *
     * @param imbalance the longest time that a rank spent on steps, over the mean of all ranks
     */
    public record Times(double seconds, Map<Phase, Double> phases, double imbalance) {
        public double of(Phase... some) {
            double sum = 0;
            for (Phase phase : some) {
                sum += phases.get(phase);
            }
            return sum;
        }
    }

    /** Collective. */
    public Times slowest(Comm comm) {
        enter(current);
        long[] all = Arrays.copyOf(nanos, nanos.length + 1);
        all[nanos.length] = Arrays.stream(nanos).sum();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mine = arena.allocateFrom(ValueLayout.JAVA_LONG, all);
            MemorySegment longest = arena.allocate(mine.byteSize(), Long.BYTES);
            comm.allreduce(Comm.Op.MAX, Comm.Type.LONG, mine, longest);
            Map<Phase, Double> seconds = new EnumMap<>(Phase.class);
            for (Phase phase : Phase.values()) {
                seconds.put(phase, longest.getAtIndex(ValueLayout.JAVA_LONG, phase.ordinal()) / 1e9);
            }
            double mean = (double) comm.allreduce(Comm.Op.SUM, nanos[Phase.STEP.ordinal()]) / comm.size() / 1e9;
            return new Times(longest.getAtIndex(ValueLayout.JAVA_LONG, nanos.length) / 1e9, seconds,
                    mean == 0 ? 1 : seconds.get(Phase.STEP) / mean);
        }
    }
}
