package ghostrow.many;

import ghostrow.comm.Comm;
import ghostrow.data.InputException;
import ghostrow.data.OutputFolder;
import ghostrow.run.Agreement;
import ghostrow.run.Environment;
import ghostrow.run.HeldFolder;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.ProgressOptions;
import ghostrow.run.RecordOptions;
import ghostrow.run.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What sweeps and farms are told alike, and how they go to work. */
final class ManyOptions {
    /** A job that is queued again may come before the last process of its predecessor is gone. */
    private static final Duration PREDECESSOR_ENDS = Duration.ofSeconds(15);

    private final String kind;
    private Path folder;
    private Path status;
    private boolean again;
    private boolean force;
    private final RecordOptions record = new RecordOptions();
    private volatile int code;

    ManyOptions(String kind) {
        this.kind = kind;
        this.folder = Path.of("out", kind);
    }

    void declare(Options options) {
        options.option("--out", "DIR", Path.class, value -> folder = value,
                "Where the table and the journal go (default out/" + kind + ").");
        options.flag("--retry-failed", on -> again = on, "Try again what failed in earlier starts.");
        options.flag("--force", on -> force = on, "Throw away what earlier starts have left in DIR, and begin anew.");
        record.declareFile(options);
        options.option("--status", "DIR", Path.class, value -> status = value,
                "Say how far the " + kind + " in DIR is, while it runs elsewhere or when it has ended.");
    }

    Path folder() {
        return folder;
    }

    boolean again() {
        return again;
    }

    boolean asksForStatus() {
        return status != null;
    }

    /** Answers it. */
    void printStatus(String noun) throws IOException {
        new Status(Depot.at(status, kind), noun).print();
    }

    /** Refuses, before anything is started, a folder that cannot serve. */
    void check(Job job, Depot depot) throws IOException {
        if (!job.joins()) {
            checkFolder(depot);
        }
    }

    private void checkFolder(Depot depot) throws IOException {
        record.check();
        OutputFolder.prepare(folder);
        if (!force) {
            depot.check();
        }
    }

    /** What the first rank says and writes when all is over; what it returns, programs are told as well. */
    @FunctionalInterface
    interface Report {
        Map<String, Object> close(Ending ending, Account account) throws IOException;
    }

    /**
     * Collective: does the work while nobody else works in the folder.
     *
     * @param left folders that pieces may have left there
     */
    void work(Comm comm, Job job, Depot depot, String left, Crew crew, ProgressOptions progress, Report report)
            throws IOException {
        try (HeldFolder held = HeldFolder.hold(comm, folder, PREDECESSOR_ENDS, job, () -> checkFolder(depot))) {
            Agreement.check(comm, () -> {
                if (force) {
                    depot.clear(left);
                }
                depot.prepare();
            });
            Crew.Shift shift = shift(comm, depot, crew, progress);
            Map<String, Object> environment = record.isWanted() ? Environment.of(comm, job) : Map.of();
            long told = Agreement.fromFirst(comm, 1, () -> {
                depot.removeEmpty(left);
                Account account = depot.account();
                Ending ending = new Ending(crew.noun(), account, shift);
                Map<String, Object> found = report.close(ending, account);
                if (record.isWanted() && ending.isComplete()) {
                    RunRecord whole = new RunRecord(kind, comm, 1, job.transport(), "");
                    ending.record().forEach(whole::with);
                    found.forEach(whole::with);
                    record.tell(whole.with("environment", environment));
                }
                return new long[] {ending.code()};
            })[0];
            // A launcher that sees a rank end with a code may end the others: what failed, the first alone says.
            code = Math.max(code, comm.rank() == 0 || told == Ending.STOPPED ? (int) told : 0);
            held.release();
        }
    }

    private static Crew.Shift shift(Comm comm, Depot depot, Crew crew, ProgressOptions progress) throws IOException {
        Optional<Heart> heart = Heart.among(comm, depot.journal());
        try {
            return crew.work(comm, progress.line(comm.rank()));
        } finally {
            if (heart.isPresent()) {
                heart.get().close();
            }
        }
    }

    /** What this process ends with, when the work is over. */
    int code() {
        return code;
    }

    /** Refuses more ranks for a piece than there are. */
    static void checkGroup(int group, Job job) {
        if (group < 1 || group > job.ranks()) {
            throw new InputException("--group " + group + ": between 1 and the number of ranks, " + job.ranks()
                    + ", are possible");
        }
    }
}
