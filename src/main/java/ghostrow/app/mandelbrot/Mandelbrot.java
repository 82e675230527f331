package ghostrow.app.mandelbrot;

import ghostrow.comm.Comm;
import ghostrow.comm.RankExit;
import ghostrow.data.Content;
import ghostrow.data.Element;
import ghostrow.data.InputException;
import ghostrow.data.Layout;
import ghostrow.data.OutputFolder;
import ghostrow.data.SnapshotFile;
import ghostrow.data.picture.CountPalette;
import ghostrow.grid.Team;
import ghostrow.kernel.Escape;
import ghostrow.kernel.Escape.Rung;
import ghostrow.kernel.Escape.Tally;
import ghostrow.run.Agreement;
import ghostrow.run.App;
import ghostrow.run.Digest;
import ghostrow.run.Environment;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.Phases;
import ghostrow.run.Phases.Phase;
import ghostrow.run.RecordOptions;
import ghostrow.run.RowPrints;
import ghostrow.run.RunRecord;
import ghostrow.run.SpmdOptions;
import ghostrow.run.Summary;
import ghostrow.run.WarmUp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Escape counts on a plane: rows are dealt to the ranks, and each writes its own into the common file. */
public final class Mandelbrot implements App {
    private static final int DEFAULT_WIDTH = 1000;
    private static final int DEFAULT_MAXITER = 1000;
    /** Iterations a thread, at most: as many as the scalar loop does in about a second. */
    private static final double SMALL = 1e8;
    private static final String FIELD = "count";

    enum Interior { exact, skip }

    private Integer width;
    private Integer maxiterArgument;
    private String pixels;
    private String region;
    private Integer maxiterOption;
    private String schedule = "dynamic";
    private Integer chunk;
    private int threads = 1;
    private String kernel = "auto";
    private Interior interior;
    private String palette = "night";
    private Path folder = Path.of("out");
    private boolean force;
    private boolean noOutput;
    private final SpmdOptions spmd = new SpmdOptions();
    private final RecordOptions record = new RecordOptions();

    private final List<String> commandLine;
    private final Instant started = Instant.now();
    private Job job;
    private View view;
    private int maxiter;
    private Rung rung;
    private CountPalette colours;
    private RowDeal deal;
    private WarmUp warmUp;

    public Mandelbrot(List<String> commandLine) {
        this.commandLine = commandLine;
    }

    @Override
    public void declare(Options options) {
        options.about("The Mandelbrot set, dealt out by rows.");
        options.footer("W MAXITER covers x from -2.13 to 0.77 and y from 1.3 to -1.3 with W/2 x W/2 points, by the",
                "published rule; for a picture of exact size use --pixels.", "",
                "Files: DIR/mandelbrot.vtkhdf and DIR/mandelbrot.png.");
        options.mayTake("W", Integer.class, value -> width = value,
                "Twice the points a side (default 1000).");
        options.mayTake("MAXITER", Integer.class, value -> maxiterArgument = value,
                "Most iterations (default 1000).");
        options.option("--pixels", "WxH", String.class, value -> pixels = value,
                "Instead of W: so many columns and rows.");
        options.option("--region", "x1,x2,y1,y2", String.class, value -> region = value,
                "With --pixels: the part of the plane to show (default: the whole set).");
        options.option("--maxiter", "N", Integer.class, value -> maxiterOption = value,
                "Most iterations, as MAXITER.");
        options.option("--schedule", "HOW", String.class, value -> schedule = value,
                "How rows are dealt to ranks and their threads: block, cyclic, dynamic (default: whoever "
                + "is free takes the next), or guided (the same, in shrinking pieces).");
        options.option("--chunk", "ROWS", Integer.class, value -> chunk = value,
                "Rows dealt at a time; with guided the fewest.");
        options.option("--threads", "N", Integer.class, value -> threads = value,
                "Threads a rank (default 1).");
        options.option("--kernel", "NAME", String.class, value -> kernel = value,
                "Which rung counts; 'list' names them. Default: the fastest for the picture at hand.");
        options.option("--interior", "HOW", Interior.class, value -> interior = value,
                "exact (default: every iteration is done) or skip (points that provably never escape "
                + "stop early). The counts are the same.");
        options.option("--palette", "NAME", String.class, value -> palette = value,
                "The picture's colours: night (default) or original (as published).");
        options.option("--out", "DIR", Path.class, value -> folder = value, "Where files go (default out).");
        options.flag("--force", on -> force = on, "Replace the files of an earlier run.");
        options.flag("--no-output", on -> noOutput = on, "Write neither counts nor picture.");
        spmd.declare(options);
        record.declare(options);
    }

    @Override
    public Integer call() {
        if (kernel.equals("list")) {
            Stream.of(Rung.values()).forEach(r -> System.out.printf("%-10s %s%n", r.label(), r.description()));
            return 0;
        }
        view = view();
        maxiter = maxiter();
        colours = CountPalette.named(palette);
        job = Job.of(spmd, commandLine);
        deal = deal();
        rung = rung();
        record.check();
        if (rung != Rung.PLAIN && job.hasRanksHere()) {
            warmUp = WarmUp.begin(rung::warmUp);
        }
        if (!job.joins() && !noOutput) {
            checkOutput();
        }
        job.run(comm -> {
            try {
                rank(comm);
            } catch (IOException | UncheckedIOException e) {
                throw new RankExit(1, "ghostrow: rank " + comm.rank() + ": " + e.getMessage());
            }
        });
        return 0;
    }

    private View view() {
        if (pixels == null) {
            if (region != null) {
                throw new InputException("--region needs --pixels, such as --pixels 1000x900");
            }
            return View.published(width == null ? DEFAULT_WIDTH : width);
        }
        if (width != null) {
            throw new InputException("W " + width + " and --pixels " + pixels + " exclude each other; give the "
                    + "iterations by --maxiter");
        }
        return View.of(pixels, region);
    }

    private int maxiter() {
        if (maxiterArgument != null && maxiterOption != null) {
            throw new InputException("MAXITER " + maxiterArgument + " and --maxiter " + maxiterOption
                    + " exclude each other");
        }
        int most = maxiterArgument != null ? maxiterArgument : maxiterOption != null ? maxiterOption : DEFAULT_MAXITER;
        if (most < 1) {
            throw new InputException("MAXITER " + most + ": at least 1 is needed");
        }
        return most;
    }

    private Rung rung() {
        Rung named = kernel.equals("auto") ? fastest() : Rung.named(kernel).orElseThrow(
                () -> new InputException("--kernel " + kernel + ": there are "
                        + Stream.of(Rung.values()).map(Rung::label).collect(Collectors.joining(", "))));
        if (interior == Interior.exact && named == Rung.SKIP) {
            throw new InputException("--kernel skip and --interior exact exclude each other");
        }
        if (interior == Interior.skip) {
            if (kernel.equals("plain")) {
                throw new InputException("--kernel plain does every iteration; use --interior skip with vector");
            }
            named = Rung.SKIP;
        }
        if (!named.available()) {
            throw new InputException("--kernel " + named.label() + " needs the Vector API, which this JVM was started "
                    + "without: add --add-modules jdk.incubator.vector, or use --kernel plain");
        }
        return named;
    }

    /** Vectors run at full speed only a quarter of a second after the start; small pictures are done by then. */
    private Rung fastest() {
        double most = (double) view.width() * view.height() * maxiter / job.ranks() / threads;
        return most < SMALL ? Rung.PLAIN : Rung.auto();
    }

    private RowDeal deal() {
        if (threads < 1) {
            throw new InputException("--threads " + threads + ": at least 1 is needed");
        }
        if (chunk != null && chunk < 1) {
            throw new InputException("--chunk " + chunk + ": at least 1 is needed");
        }
        RowDeal.Schedule how = RowDeal.schedule(schedule);
        if (chunk != null && how == RowDeal.Schedule.block) {
            throw new InputException("--chunk " + chunk + ": block deals each thread one piece; use cyclic");
        }
        if (job.ranks() > view.height()) {
            throw new InputException(job.ranks() + " ranks for " + view.height() + " rows: use at most "
                    + view.height() + " ranks");
        }
        return RowDeal.of(how, chunk, view.height(), Math.multiplyExact(job.ranks(), threads));
    }

    private void checkOutput() {
        for (Path file : List.of(counts(), picture())) {
            if (!force && Files.exists(file)) {
                throw new InputException(file + ": exists already; --force replaces it, --out chooses another folder, "
                        + "--no-output writes none");
            }
        }
        OutputFolder.prepare(folder);
    }

    private Path counts() {
        return folder.resolve("mandelbrot.vtkhdf");
    }

    private Path picture() {
        return folder.resolve("mandelbrot.png");
    }

    /** What a rank does. */
    private void rank(Comm comm) throws IOException {
        Phases phases = new Phases();
        if (job.joins() && !noOutput) {
            Agreement.check(comm, this::checkOutput);
        }
        RowPrints prints = record.digest ? new RowPrints() : null;
        Layout layout = noOutput ? null : layOut(comm);
        if (warmUp != null) {
            warmUp.await();
        }
        EscapeWorker[] workers = new EscapeWorker[threads];
        String dealt;
        try (Team team = new Team(threads, job.ranksInThisProcess());
                PieceSource pieces = new PieceSource(comm, deal, threads)) {
            dealt = deal.shared() && !pieces.counts() ? RowDeal.Schedule.cyclic.name() : schedule;
            team.run(thread -> {
                Escape escape = rung.worker();
                workers[thread] = new EscapeWorker(view, maxiter, escape, deal, prints,
                        thread == 0 ? phases : new Phases());
                try {
                    workers[thread].run(pieces, thread, noOutput ? null : counts(), layout);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            phases.enter(Phase.EXCHANGE);
            // The counter is closed, and the file complete, when all have done their rows.
            comm.barrier();
        }
        phases.enter(Phase.OUTPUT);
        if (!noOutput && comm.rank() == 0) {
            try (SnapshotFile file = SnapshotFile.open(counts(), layout)) {
                file.commit(1);
            }
            EscapePicture.draw(counts(), view, colours, picture());
        }
        phases.enter(Phase.SUM);
        finish(comm, phases, EscapeTotals.of(comm, workers), prints, dealt);
    }

    /** Rank 0 makes the file, into which all write. */
    private Layout layOut(Comm comm) throws IOException {
        Content content = new Content(FIELD, Element.INT32, view.height(), view.width(), null, view.plane().x()[0],
                view.plane().y()[0], view.dx(), view.dy(), Map.of("maxiter", (double) maxiter),
                Map.of("app", "mandelbrot", "command", "ghostrow " + String.join(" ", commandLine)));
        return Layout.of(Agreement.fromFirst(comm, Layout.WORDS,
                () -> SnapshotFile.create(counts(), content, force).words()));
    }

    private void finish(Comm comm, Phases phases, EscapeTotals totals, RowPrints prints, String dealt)
            throws IOException {
        String digest = prints == null ? null : Digest.of(comm, prints);
        Phases.Times times = phases.slowest(comm);
        Map<String, Object> environment = record.json == null ? null : Environment.of(comm, commandLine, started);
        if (comm.rank() != 0) {
            return;
        }
        Tally tally = totals.tally();
        double perSecond = tally.evaluations() / times.of(Phase.STEP, Phase.EXCHANGE);
        boolean skips = rung == Rung.SKIP;
        new Summary()
                .line("points", "%d x %d, at most %d iterations", view.width(), view.height(), maxiter)
                .line("ranks", "%d x %s, %s", comm.size(), Summary.count(threads, "thread"), comm.library())
                .line("kernel", "%s, interior %s", rung.label(), skips ? String.format("skipped: %d of %d evaluations "
                        + "done", tally.performed(), tally.evaluations()) : "exact: every evaluation done")
                .line("rows", "%s, %s", dealt, Summary.count(deal.pieces(), "piece"))
                .line("imbalance", "%.3f (processor time of counting, longest of the ranks over their mean)",
                        totals.imbalance())
                .times(times)
                .line("speed", "%.3g evaluations/s", perSecond)
                .line("escaped", "%d of %d points, %d evaluations", totals.tally().escaped(),
                        (long) view.width() * view.height(), tally.evaluations())
                .line("files", "%s", noOutput ? "none" : counts() + ", " + picture())
                .print();
        System.out.println("Total sum of elements (for validation): " + totals.sum());
        if (record.json != null) {
            new RunRecord("mandelbrot", comm, threads, job.transport(), rung.label())
                    .with(times).with("environment", environment)
                    .with("width", view.width()).with("height", view.height()).with("maxiter", maxiter)
                    .with("validationSum", totals.sum()).with("evaluations", tally.evaluations())
                    .with("escaped", tally.escaped()).with("evaluationsPerSecond", perSecond)
                    .with("imbalance", totals.imbalance()).with("schedule", dealt)
                    .with("pieces", deal.pieces()).with("interior", skips ? "skip" : "exact")
                    .with("performed", tally.performed())
                    .withDigest(digest).write(record.json);
        }
    }
}
