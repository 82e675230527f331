package ghostrow.profile;

import ghostrow.trace.RankTrace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The samples of all processes: which rank each belongs to, and whether it was taken during the rank's run. */
final class Samples {
    /** Ranks that are threads are called by their numbers, and so are their teams. */
    private static final Pattern RANK = Pattern.compile("rank (\\d+)(, .*)?");

    private final Frames frames = new Frames();
    private final CallTree time = new CallTree();
    private final CallTree memory = new CallTree();
    private final Map<Place, double[]> lines = new TreeMap<>();
    private final Map<Place, double[]> bytes = new TreeMap<>();
    private final int ranks;
    private final double[] compiling;
    private final double[] collecting;
    private final double[] around;
    private final List<String> unread = new ArrayList<>();
    private final Map<Integer, PhasesOverTime> phases = new HashMap<>();
    private double stepping;
    private double period;
    private boolean seesAllocation;
    private String sampler = "";

    private Samples(int ranks) {
        this.ranks = ranks;
        this.compiling = new double[ranks];
        this.collecting = new double[ranks];
        this.around = new double[ranks];
    }

    static Samples of(List<RankTrace> traces) {
        Samples samples = new Samples(traces.getFirst().ranks());
        Map<Integer, List<RankTrace>> processes = new TreeMap<>();
        traces.forEach(trace -> processes.computeIfAbsent(trace.process(), _ -> new ArrayList<>()).add(trace));
        for (List<RankTrace> process : processes.values()) {
            samples.read(process);
        }
        return samples;
    }

    private void read(List<RankTrace> process) {
        RankTrace first = process.getFirst();
        period = first.real("period");
        sampler = first.text("sampler");
        seesAllocation |= first.is("seesAllocation");
        Map<Integer, RankTrace> byRank = new HashMap<>();
        process.forEach(trace -> byRank.put(trace.rank(), trace));
        boolean whole = new Recording(first.recording(), frames).read(new Recording.Reader() {
            @Override
            public void ran(long epochNanos, String thread, Recording.Stack stack, long count) {
                RankTrace trace = byRank.getOrDefault(rank(thread, first.rank()), first);
                add(trace, trace.timeOfEpoch(epochNanos), thread, stack, count * period);
            }

            @Override
            public void allocated(long epochNanos, String thread, Recording.Stack stack, long taken) {
                RankTrace trace = byRank.getOrDefault(rank(thread, first.rank()), first);
                long at = trace.timeOfEpoch(epochNanos);
                if (at >= trace.from() && at <= trace.to() && !isRecorder(thread)) {
                    memory.add(stack.frames(), trace.rank(), taken);
                    count(bytes, stack.place(), trace.rank(), taken);
                }
            }
        });
        if (!whole) {
            unread.add(first.recording().getFileName().toString());
        }
    }

    private static int rank(String thread, int otherwise) {
        Matcher rank = RANK.matcher(thread);
        return rank.matches() ? Integer.parseInt(rank.group(1)) : otherwise;
    }

    private void add(RankTrace trace, long at, String thread, Recording.Stack stack, double seconds) {
        int rank = trace.rank();
        boolean runs = at >= trace.from() && at <= trace.to();
        if (thread.contains("CompilerThre")) {
            compiling[rank] += runs ? seconds : 0;
        } else if (thread.startsWith("VM Thread") || thread.startsWith("GC Thread") || thread.startsWith("G1 ")) {
            collecting[rank] += runs ? seconds : 0;
        } else if (!runs) {
            around[rank] += seconds;
        } else if (!isRecorder(thread)) {
            time.add(stack.frames(), rank, seconds);
            // Line by line people look at what a run is for, not at the files it writes.
            if (phases.computeIfAbsent(rank, _ -> new PhasesOverTime(trace)).steps(at)) {
                count(lines, stack.place(), rank, seconds);
                stepping += seconds;
            }
        }
    }

    /** What only a profile does is no part of it. */
    private static boolean isRecorder(String thread) {
        return thread.equals("recorder") || thread.equals("profiler") || thread.startsWith("Async-profiler");
    }

    private void count(Map<Place, double[]> table, Place place, int rank, double weight) {
        if (place != null) {
            double[] spent = table.computeIfAbsent(place, _ -> new double[2 * ranks]);
            spent[rank] += weight;
            spent[ranks + rank]++;
        }
    }

    Frames frames() {
        return frames;
    }

    /** Seconds of the ranks' threads in the run. */
    CallTree time() {
        return time;
    }

    /** Bytes. */
    CallTree memory() {
        return memory;
    }

    /** Of the steps: seconds by rank, and behind them samples by rank. */
    Map<Place, double[]> lines() {
        return lines;
    }

    /** Seconds of the ranks' threads while their ranks stepped, or met other ranks. */
    double stepping() {
        return stepping;
    }

    Map<Place, double[]> bytes() {
        return bytes;
    }

    /** Seconds by rank in which the JVM's compilers ran beside. */
    double[] compiling() {
        return compiling;
    }

    double[] collecting() {
        return collecting;
    }

    /** Seconds by rank before and behind the run. */
    double[] around() {
        return around;
    }

    /** Recordings that somebody's death has cut off, or that are not there. */
    List<String> unread() {
        return unread;
    }

    double period() {
        return period;
    }

    String sampler() {
        return sampler;
    }

    boolean seesAllocation() {
        return seesAllocation;
    }
}
