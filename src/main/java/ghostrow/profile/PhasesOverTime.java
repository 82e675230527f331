package ghostrow.profile;

import ghostrow.comm.EventLog;
import ghostrow.trace.RankTrace;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** In which phase a rank was at some moment. */
final class PhasesOverTime {
    private static final Set<String> STEPS = Set.of("step", "exchange", "wait", "check");

    private final long[] ended;
    private final int[] phases;
    private final List<String> names;

    PhasesOverTime(RankTrace trace) {
        long[] ended = new long[(int) (trace.lastEvent() - trace.firstEvent())];
        int[] phases = new int[ended.length];
        int count = 0;
        for (long event = trace.firstEvent(); event < trace.lastEvent(); event++) {
            int kind = EventLog.kind(trace.about(event));
            if (kind >= EventLog.PHASES) {
                ended[count] = trace.ended(event);
                phases[count++] = kind - EventLog.PHASES;
            }
        }
        this.names = trace.texts("phases");
        this.ended = Arrays.copyOf(ended, count);
        this.phases = Arrays.copyOf(phases, count);
    }

    /** Whether it stepped, or met other ranks for that; a program without phases always does. */
    boolean steps(long at) {
        int next = Arrays.binarySearch(ended, at);
        next = next < 0 ? -next - 1 : next;
        return next >= phases.length || STEPS.contains(names.get(phases[next]));
    }
}
