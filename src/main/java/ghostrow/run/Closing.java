package ghostrow.run;

import ghostrow.comm.Comm;
import ghostrow.run.Phases.Spread;
import java.io.IOException;
import java.util.Map;

/**
 * How a run ends: all ranks put together where their time went, and rank 0 tells people, line by line, and programs,
 * in one JSON object, what came out.
 */
public final class Closing {
    /** What a run takes by the way, such as to begin. */
    private static final double MUCH = 4e6;
    private static final double MUCH_A_SECOND = 50e6;

    private final Comm comm;
    private final int threads;
    private final RecordOptions options;
    private final Phases phases;
    private final Phases.Times times;
    private final Summary summary = new Summary();
    private final RunRecord record;
    private final Spread allocated;
    private final Map<String, Spread> ofRanks;

    /**
     * Collective; afterwards rank 0 alone fills it and says it.
     *
     * @param kernel  what computed
     * @param offHeap bytes that this rank keeps outside of Java's heap, for what it computes
     */
    public Closing(String app, Comm comm, Job job, int threads, String kernel, long offHeap, Phases phases,
            RecordOptions options) {
        this.comm = comm;
        this.threads = threads;
        this.options = options;
        this.phases = phases;
        this.times = phases.gather(comm);
        this.allocated = new RankFigures().with("allocatedBytes", phases.allocatedBySteps()).gather(comm)
                .get("allocatedBytes");
        this.record = new RunRecord(app, comm, threads, job.transport(), kernel).with(times);
        this.ofRanks = options.isWanted() ? figures(offHeap) : Map.of();
        if (options.isWanted()) {
            record.with("environment", Environment.of(comm, job));
        }
    }

    /** Collective. */
    private Map<String, Spread> figures(long offHeap) {
        RankFigures figures = new RankFigures().with(ProcessFigures.now()).with("offHeapBytes", offHeap)
                .with("allocatedBytes", phases.allocatedBySteps());
        comm.ledger().ifPresent(figures::with);
        return figures.gather(comm);
    }

    public Phases.Times times() {
        return times;
    }

    /** A line for people. */
    public Closing line(String what, String format, Object... values) {
        summary.line(what, format, values);
        return this;
    }

    /** The line on who took part. */
    public Closing ranksLine() {
        return line("ranks", "%d x %s, %s", comm.size(), Summary.count(threads, "thread"), comm.library());
    }

    /** The lines on where the time went. */
    public Closing timesLine() {
        summary.times(times, phases.sinceLastStep());
        if (allocated.max() > MUCH && allocated.max() > MUCH_A_SECOND * times.seconds()) {
            double most = allocated.max();
            line("allocates", "%.3g %s from Java's heap%s while stepping: --profile=memory shows where",
                    most / (most < 1e9 ? 1e6 : 1e9), most < 1e9 ? "MB" : "GB",
                    comm.size() == 1 ? "" : ", rank " + allocated.maxRank() + ",");
        }
        return this;
    }

    /** A value for programs. */
    public Closing with(String name, Object value) {
        record.with(name, value);
        return this;
    }

    /** @param digest null where none was asked for */
    public Closing withDigest(String digest) {
        record.withDigest(digest);
        return this;
    }

    /** Prints the lines. */
    public void print() {
        summary.print();
    }

    /** Writes the record, if one was asked for. What is drawn comes before, so that the record knows how long it took. */
    public void write() throws IOException {
        if (options.isWanted()) {
            record.closedBy(phases).with("overRanks", RankFigures.asRecord(ofRanks));
        }
        options.tell(record);
    }
}
