package ghostrow.app.mandelbrot;

import ghostrow.comm.Comm;
import ghostrow.data.Layout;
import ghostrow.grid.Deal;
import ghostrow.grid.PieceSource;
import ghostrow.grid.Team;
import ghostrow.run.Closing;
import ghostrow.run.Digest;
import ghostrow.run.GpuOptions;
import ghostrow.run.Job;
import ghostrow.run.Phases.Phase;
import ghostrow.run.Phases;
import ghostrow.run.RecordOptions;
import ghostrow.run.RowPrints;
import ghostrow.run.WarmUp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Stream;

/** The Mandelbrot set: what each rank does with the rows that it is dealt, or takes. */
final class Mandelbrot {
    private final Job job;
    private final View view;
    private final int maxiter;
    private final Crew crew;
    private final Deal deal;
    private final String schedule;
    private final EscapeFiles files;
    private final RecordOptions record;
    private final WarmUp warmUp;

    /** @param files null where nothing is to be written */
    Mandelbrot(Job job, View view, int maxiter, Crew crew, Deal deal, String schedule, EscapeFiles files,
            RecordOptions record, WarmUp warmUp) {
        this.job = job;
        this.view = view;
        this.maxiter = maxiter;
        this.crew = crew;
        this.deal = deal;
        this.schedule = schedule;
        this.files = files;
        this.record = record;
        this.warmUp = warmUp;
    }

    void run(Comm comm) throws IOException {
        Phases phases = new Phases(comm);
        RowPrints prints = record.wantsDigest() ? new RowPrints() : null;
        Layout layout = files == null ? null : files.layOut(comm);
        warmUp.await();
        EscapeWorker[] workers = new EscapeWorker[crew.size()];
        try {
            String dealt = count(comm, phases, workers, prints, layout);
            phases.enter(Phase.OUTPUT);
            if (files != null && comm.rank() == 0) {
                files.commit(layout);
                phases.enter(Phase.PICTURES);
                files.draw();
            }
            phases.enter(Phase.TOTALS);
            EscapeTotals totals = EscapeTotals.of(comm, workers);
            close(comm, phases, totals, prints, dealt);
        } finally {
            Stream.of(workers).filter(Objects::nonNull).forEach(EscapeWorker::close);
        }
    }

    /** Counts and writes all rows; how they were dealt, comes back. Collective. */
    private String count(Comm comm, Phases phases, EscapeWorker[] workers, RowPrints prints, Layout layout) {
        // Those who share a piece's rows with a device take them where it does.
        int lists = crew.isMixed() ? 1 : crew.size();
        try (Team team = new Team(crew.size(), job.ranksInThisProcess());
                PieceSource pieces = new PieceSource(comm, deal, null, lists)) {
            boolean inTurn = deal.shared() && !pieces.counts();
            if (inTurn && comm.rank() == 0) {
                System.err.println("ghostrow: this MPI shares no counter between these hosts, so rows are dealt in turn"
                        + " (--schedule cyclic); Debian's Open MPI does with OMPI_MCA_osc=^ucx in the environment");
            }
            int localRank = GpuOptions.localRank(comm);
            // Each thread makes its own kernel, so that its scratch lies near the core that uses it.
            team.run(thread -> workers[thread] = new EscapeWorker(view, maxiter, crew.rungOf(thread), localRank, prints,
                    thread == 0 ? phases : new Phases()));
            Shares shares = crew.isMixed() ? new Shares(pieces, crew.rung().pointsAtOnce(), view.width()) : null;
            phases.begin(comm, Phase.STEP);
            team.run(thread -> {
                EscapeWorker worker = workers[thread];
                try {
                    Batches batches = shares == null ? worker.dealt(pieces, thread)
                            : worker.shared(shares, pieces.deal());
                    worker.run(batches, shares, files == null ? null : files.counts(), layout);
                } catch (IOException e) {
                    pieces.stop();
                    throw new UncheckedIOException(e);
                } catch (RuntimeException | Error e) {
                    pieces.stop();
                    throw e;
                }
            });
            phases.enter(Phase.EXCHANGE);
            // The file is complete when all have done their rows; until then all may ask rank 0's counter.
            comm.barrier();
            return inTurn ? Deal.Schedule.cyclic.name() : schedule;
        }
    }

    /** Says what came out. Collective. */
    private void close(Comm comm, Phases phases, EscapeTotals totals, RowPrints prints, String dealt)
            throws IOException {
        phases.enter(Phase.DIGEST);
        String digest = prints == null ? null : Digest.of(comm, prints);
        phases.enter(Phase.CLOSING);
        Closing closing = new Closing("mandelbrot", comm, job, crew.threads(), crew.rung().label(), 0, phases, record);
        if (comm.rank() == 0) {
            MandelbrotClosing.say(closing.withDigest(digest), view, maxiter, crew, deal, dealt, totals, files);
        }
    }
}
