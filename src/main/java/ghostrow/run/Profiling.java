package ghostrow.run;

import ghostrow.comm.Comm;
import ghostrow.comm.EventLog;
import ghostrow.comm.Transport.SpmdProgram;
import ghostrow.profile.Report;
import ghostrow.trace.ProcessRecorder;
import ghostrow.trace.RankRecorder;
import ghostrow.trace.Wish;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The part of a job that records it, where that is wanted. */
final class Profiling {
    /** Calls and phases that a rank remembers: 5 MB. */
    private static final int EVENTS = 1 << 17;

    private final ProfileOptions options;
    private final Job job;
    private final Optional<Wish> wish;
    private final ProcessRecorder recorder;
    private volatile boolean tells;

    private Profiling(ProfileOptions options, Job job, Optional<Wish> wish) {
        this.options = options;
        this.job = job;
        this.wish = wish;
        this.recorder = wish.isPresent() && job.hasRanksHere()
                ? ProcessRecorder.prepare(wish.get(), job.ranksInThisProcess()) : null;
    }

    /** Begins to get ready, if the run is to be recorded. */
    static Profiling of(ProfileOptions options, Job job) {
        return new Profiling(options, job, options.wish(job.words()));
    }

    boolean isWanted() {
        return recorder != null;
    }

    /** A new one for a rank. */
    Optional<EventLog> log() {
        return recorder == null ? Optional.empty() : Optional.of(new EventLog(EVENTS));
    }

    /**
     * Lives a rank's life. Collective.
     *
     * @param bare what the recording itself sends by
     */
    void run(Comm bare, Comm comm, SpmdProgram program) throws Exception {
        if (recorder == null) {
            program.run(comm);
            return;
        }
        if (comm.rank() == 0) {
            options.lines().ifPresent(names -> System.err.println("ghostrow: counts the lines of " + names
                    + ": loops take up to 1.3 times as long, and methods of a few instructions many times"));
        }
        try (RankRecorder rank = recorder.record(bare, comm.ledger().orElseThrow(), about())) {
            program.run(comm);
            rank.complete();
            tells |= comm.rank() == 0;
        }
    }

    private Map<String, Object> about() {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("app", job.words().getFirst());
        about.put("command", job.commandLine());
        about.put("what", options.what().orElse(""));
        about.put("started", job.started().toString());
        about.put("threads", SpmdOptions.threads(job.words()));
        about.put("transport", job.transport());
        about.put("phases", Phases.names());
        about.put("sources", job.sources().stream().map(Path::toString).toList());
        return about;
    }

    /** Puts the ranks' parts together, in the process of the first, when it is a rank no more. */
    void tell() throws IOException {
        if (tells) {
            Report.make(wish.get().folder(), options.shown().order(), options.shown().top(), job.stepped());
        }
    }
}
