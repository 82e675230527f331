package ghostrow.profile;

import ghostrow.comm.CommCall;
import ghostrow.comm.Ledger.Costs;
import ghostrow.profile.Meetings.Late;
import ghostrow.trace.RankTrace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A run's profile: what its ranks have left, put together. */
public final class Profile implements AutoCloseable {
    private final Path folder;
    private final Arena arena = Arena.ofShared();
    private final List<RankTrace> traces;
    private final Samples samples;
    private final Meetings meetings;
    private final List<Function> functions;
    private final List<LineTable> lines;
    private final double[][] waits;
    private final long[][] lates;

    private Profile(Path folder) throws IOException {
        this.folder = folder;
        this.traces = RankTrace.all(folder, arena);
        this.samples = Samples.of(traces);
        this.meetings = new Meetings(traces);
        this.functions = Function.of(samples.time().ofTheProgram(samples.frames()), samples.frames(), ranks(), counted());
        this.lines = LineTable.of(this);
        this.waits = new double[ranks()][ranks()];
        this.lates = new long[ranks()][ranks()];
        for (RankTrace trace : traces) {
            meetings.of(trace, late -> note(trace, late), _ -> { });
        }
    }

    /** @param folder of the profile, or of the results that it lies in */
    public static Profile read(Path folder) throws IOException {
        return new Profile(folder);
    }

    private void note(RankTrace trace, Late late) {
        if (late.at() >= trace.from() && late.at() <= trace.to()) {
            waits[late.rank()][late.late()] += late.nanos() / 1e9;
            lates[late.rank()][late.late()]++;
        }
    }

    /** Calls that every rank's ledger has counted. */
    private Map<String, Long> counted() {
        Map<String, Long> counted = new HashMap<>();
        for (RankTrace trace : traces) {
            trace.calls().forEach((call, costs) -> methods(call).forEach(method -> counted.merge(method, costs.calls(),
                    Long::sum)));
            trace.entries().forEach((method, count) -> {
                int dot = method.lastIndexOf('.');
                counted.merge(Frames.name(method.substring(0, dot), method.substring(dot + 1)), count, Long::sum);
            });
        }
        return counted;
    }

    private static List<String> methods(CommCall call) {
        String comm = Frames.COMM;
        return switch (call) {
            case START -> List.of(comm + ".Exchange.start");
            case AWAIT -> List.of(comm + ".Exchange.await");
            case FENCE -> List.of(comm + ".Window.fence");
            case WAIT -> List.of(comm + ".Request.awaited");
            case ADD -> List.of(comm + ".Counter.getAndAdd");
            default -> List.of(comm + "." + call.label());
        };
    }

    public Path folder() {
        return folder;
    }

    /** Where it is said what the steps did. */
    Path work() {
        return first().recording().resolveSibling("work.json");
    }

    /** What a phase is called, by the number that events have of it. */
    String phase(int kind) {
        return first().texts("phases").get(kind);
    }

    /** Those that have left something. */
    List<RankTrace> traces() {
        return traces;
    }

    RankTrace first() {
        return traces.getFirst();
    }

    int ranks() {
        return traces.getFirst().ranks();
    }

    /** Ranks that have left nothing. */
    List<Integer> missing() {
        List<Integer> there = traces.stream().map(RankTrace::rank).toList();
        return IntStream.range(0, ranks()).boxed().filter(rank -> !there.contains(rank)).toList();
    }

    Samples samples() {
        return samples;
    }

    Meetings meetings() {
        return meetings;
    }

    List<Function> functions() {
        return functions;
    }

    /** Seconds of the rank that took longest. */
    double seconds() {
        return traces.stream().mapToDouble(RankTrace::seconds).max().orElse(0);
    }

    /** Where the run begins on all ranks' charts. */
    long from() {
        return traces.stream().mapToLong(RankTrace::from).min().orElse(0);
    }

    /** By source file, the one that costs most first. */
    List<LineTable> lines() {
        return lines;
    }

    /** Seconds that any two ranks' clocks may differ, as far as is known. */
    double clockError() {
        return traces.stream().mapToDouble(RankTrace::clockError).max().orElse(0);
    }

    /** Half the shortest round trip of the rank for which that took longest, in seconds. */
    double roundTrips() {
        return traces.stream().mapToDouble(RankTrace::roundTrip).max().orElse(0);
    }

    /** Seconds that a rank waited for another: {@code [who][for whom]}. */
    double[][] waits() {
        return waits;
    }

    /** How often. */
    long[][] lates() {
        return lates;
    }

    /** Seconds of a rank's run that its events tell of: not all, where there were more than are kept. */
    double covered(RankTrace trace) {
        if (trace.dropped() == 0 || trace.firstEvent() == trace.lastEvent()) {
            return trace.seconds();
        }
        return Math.max(0, (trace.to() - Math.max(trace.from(), trace.began(trace.firstEvent()))) / 1e9);
    }

    /** By call: those of each rank, in the order of the traces. */
    Map<CommCall, List<Costs>> calls() {
        Map<CommCall, List<Costs>> calls = new EnumMap<>(CommCall.class);
        for (int i = 0; i < traces.size(); i++) {
            int at = i;
            traces.get(i).calls().forEach((call, costs) -> calls.computeIfAbsent(call, _ -> new ArrayList<>(
                    Collections.nCopies(traces.size(), new Costs(0, 0, 0, 0)))).set(at, costs));
        }
        return calls;
    }

    @Override
    public void close() {
        arena.close();
    }
}
