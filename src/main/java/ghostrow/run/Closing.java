package ghostrow.run;

import ghostrow.comm.Comm;
import java.io.IOException;

/**
 * How a run ends: all ranks put together where their time went, and rank 0 tells people, line by line, and programs,
 * in one JSON object, what came out.
 */
public final class Closing {
    private final Comm comm;
    private final int threads;
    private final String json;
    private final Phases phases;
    private final Phases.Times times;
    private final Summary summary = new Summary();
    private final RunRecord record;

    /**
     * Collective; afterwards rank 0 alone fills it and says it.
     *
     * @param kernel what computed
     */
    public Closing(String app, Comm comm, Job job, int threads, String kernel, Phases phases, RecordOptions options) {
        this.comm = comm;
        this.threads = threads;
        this.json = options.json();
        this.phases = phases;
        this.times = phases.gather(comm);
        this.record = new RunRecord(app, comm, threads, job.transport(), kernel).with(times);
        if (json != null) {
            record.with("environment", Environment.of(comm, job));
        }
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
        if (json != null) {
            record.closedBy(phases).write(json);
        }
    }
}
