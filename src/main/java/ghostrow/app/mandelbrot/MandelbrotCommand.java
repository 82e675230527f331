package ghostrow.app.mandelbrot;

import ghostrow.data.InputException;
import ghostrow.data.OutputLock;
import ghostrow.data.picture.CountPalette;
import ghostrow.explain.Page;
import ghostrow.grid.Deal;
import ghostrow.kernel.EscapeRung;
import ghostrow.kernel.Escapes;
import ghostrow.run.Choice;
import ghostrow.run.GpuOptions;
import ghostrow.run.HeldFolder;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.RecordOptions;
import ghostrow.run.SpmdOptions;
import ghostrow.run.Swept;
import ghostrow.run.WarmUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code ghostrow mandelbrot}: from words to a {@link Mandelbrot} on every rank. */
public final class MandelbrotCommand implements Swept {
    private static final int DEFAULT_WIDTH = 1000;
    private static final int DEFAULT_MAXITER = 1000;
    /** Iterations a thread, at most: as many as the scalar loop does in about a second. */
    private static final double SMALL = 1e8;
    /** Of the whole set's picture: points that never escape, and do all iterations. */
    private static final double INSIDE = 0.2;
    /** Of one core, roughly. */
    private static final double ITERATIONS_A_SECOND = 1e9;

    /** Of a piece, where a device counts as well: that may be much faster, and should not have to wait for it. */
    private static final int POINTS_OF_A_THREAD = 1 << 14;

    private static final String EXPLAIN = "--explain";
    private static final Duration EXPLAINED_WITHIN = Duration.ofSeconds(1);

    enum Interior { exact, skip }

    private Integer width;
    private Integer maxiterArgument;
    private String pixels;
    private String region;
    private Integer maxiterOption;
    private String schedule;
    private Integer chunk;
    private int threads = 1;
    private boolean withCpu;
    private String kernel = "auto";
    private Integer piece;
    private boolean explain;
    private Interior interior;
    private String palette = "night";
    private Path folder = Path.of("out");
    private boolean force;
    private boolean noOutput;
    private final GpuOptions gpu = new GpuOptions();
    private final SpmdOptions spmd = new SpmdOptions();
    private final RecordOptions record = new RecordOptions();

    private final List<String> words;

    public MandelbrotCommand(List<String> words) {
        this.words = words;
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
                + "is free takes the next; rungs of whole arrays get a block), or guided (shrinking pieces).");
        options.option("--chunk", "ROWS", Integer.class, value -> chunk = value,
                "Rows dealt at a time; with guided the fewest.");
        options.option("--threads", "N", Integer.class, value -> threads = value,
                "Threads a rank (default 1). A device is driven by one.");
        options.flag("--with-cpu", on -> withCpu = on,
                "With --kernel gpu: --threads N more threads a rank count beside the one that drives the device, by "
                + "the fastest rung of the processor; all take rows from one counter, the device many at a time.");
        options.option("--kernel", "NAME", String.class, value -> kernel = value,
                "Which rung counts; 'list' names them. Default: the processor's fastest for the picture at hand.");
        options.option("--piece", "POINTS", Integer.class, value -> piece = value,
                "With --kernel blocked-array: points at a time (default " + EscapeRung.PIECE + ").");
        options.flag(EXPLAIN, on -> explain = on,
                "Show what becomes of the rung's inner loop (what its lines cost, its bytecode, what the compiler made "
                + "of it), and count nothing.");
        options.option("--interior", "HOW", Interior.class, value -> interior = value,
                "exact (default: every iteration is done) or skip (points that provably never escape "
                + "stop early). The counts are the same.");
        options.option("--palette", "NAME", String.class, value -> palette = value,
                "The picture's colours: night (default) or original (as published).");
        options.option("--out", "DIR", Path.class, value -> folder = value, "Where files go (default out).");
        options.flag("--force", on -> force = on, "Replace the files of an earlier run.");
        options.flag("--no-output", on -> noOutput = on, "Write neither counts nor picture.");
        gpu.declare(options);
        spmd.declare(options);
        record.declare(options);
    }

    @Override
    public List<String> figures() {
        return List.of("width", "height", "maxiter", "validationSum", "evaluations", "escaped", "evaluationsPerSecond",
                "imbalance", "digest");
    }

    @Override
    public List<String> withoutFiles() {
        return List.of("--no-output");
    }

    @Override
    public double expectedSeconds() {
        View view = view();
        return (double) view.width() * view.height() * maxiter() * INSIDE / ITERATIONS_A_SECOND;
    }

    @Override
    public Integer call() throws IOException {
        if (kernel.equals("list")) {
            EscapeRungs.all(gpu).forEach(each -> System.out.printf("%-14s %s%n", each.label(), each.description()));
            return 0;
        }
        View view = view();
        int maxiter = maxiter();
        if (explain) {
            spmd.requireOneRank(EXPLAIN);
            new EscapeExplanation(rung((double) view.width() * view.height() * maxiter), EXPLAINED_WITHIN)
                    .print(Page.standardOutput());
            return 0;
        }
        CountPalette colours = CountPalette.named(palette);
        Job job = Job.of(spmd, words);
        if (threads < 1) {
            throw new InputException("--threads " + threads + ": at least 1 is needed");
        }
        double most = (double) view.width() * view.height() * maxiter / job.ranks() / threads;
        Escapes rung = rung(most);
        Crew crew = crew(rung, most);
        checkHeap(rung, job, view);
        rung.prepare();
        String schedule = this.schedule != null ? this.schedule
                : (rung.manyRowsAtOnce() ? Deal.Schedule.block : Deal.Schedule.dynamic).name();
        Deal deal = deal(schedule, job.ranks(), view, crew);
        WarmUp warmUp = WarmUp.of(crew.rungOf(crew.size() - 1)::warmUp);
        EscapeFiles files = noOutput ? null : new EscapeFiles(folder, force, view, maxiter, colours,
                "ghostrow " + String.join(" ", words));
        Mandelbrot mandelbrot = new Mandelbrot(job, view, maxiter, crew, deal, schedule, files, record, warmUp);
        job.meanwhile(warmUp).checkOnce(() -> {
            record.check();
            // Ranks that have met ask the same when they hold the folder; here, before any is started.
            if (files != null && !job.joins()) {
                OutputLock.refuseHeld(folder);
                files.check();
            }
        });
        job.run(files == null ? mandelbrot::run : comm -> {
            try (HeldFolder held = HeldFolder.hold(comm, folder, Duration.ZERO, job, files::check)) {
                mandelbrot.run(comm);
                held.release();
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

    /** @param most iterations a thread, at most */
    private Escapes rung(double most) {
        Escapes named = kernel.equals("auto") ? fastest(most)
                : Choice.of("--kernel", kernel, EscapeRungs.all(gpu), Escapes::label);
        if (interior == Interior.exact && named == EscapeRung.SKIP) {
            throw new InputException("--kernel skip and --interior exact exclude each other");
        }
        if (interior == Interior.skip) {
            if (!kernel.equals("auto") && !(named instanceof EscapeRung known && known.vectors())) {
                throw new InputException("--kernel " + kernel + " does every iteration; use --interior skip with vector");
            }
            named = EscapeRung.SKIP;
        }
        gpu.requireUse(named instanceof GpuEscapes, "--kernel gpu");
        // The text for a device can be read without one.
        Optional<String> missing = explain && named instanceof GpuEscapes ? Optional.empty() : named.missing();
        missing.ifPresent(lack -> {
            throw new InputException("--kernel " + kernel + " needs " + lack + "; or use --kernel plain");
        });
        return piece == null ? named : inPieces(named);
    }

    /** Nothing but a device's thread waits for somebody else to count. */
    private Crew crew(Escapes rung, double most) {
        boolean device = rung instanceof GpuEscapes;
        if (withCpu && !device) {
            throw new InputException("--with-cpu needs a rung that counts on a device, such as --kernel gpu; --kernel "
                    + rung.label() + " counts on the processor anyway");
        }
        if (device && threads > 1 && !withCpu) {
            throw new InputException("--threads " + threads + ": one thread drives the device of --kernel "
                    + rung.label() + "; --with-cpu has so many more count beside it");
        }
        return new Crew(rung, withCpu ? fastest(most) : null, threads);
    }

    private Escapes inPieces(Escapes named) {
        if (named != EscapeRung.BLOCKED_ARRAY) {
            throw new InputException("--piece " + piece + ": only --kernel blocked-array works in pieces");
        }
        if (piece < 1 || piece > EscapeRung.MOST) {
            throw new InputException("--piece " + piece + ": between 1 and " + EscapeRung.MOST + " points are possible");
        }
        return EscapeRung.inPieces(piece);
    }

    /** Rungs of whole arrays take them from Java's heap. */
    private static void checkHeap(Escapes rung, Job job, View view) {
        long points = Math.ceilDiv((long) view.width() * view.height(), job.ranks()) * job.ranksInThisProcess();
        long most = Runtime.getRuntime().maxMemory();
        if (rung.heapBytes(points) > most) {
            throw new InputException(String.format(Locale.ROOT, "--kernel %s needs about %.1f GiB of Java's heap for this "
                    + "picture, and there are %.1f; use another kernel or more ranks", rung.label(),
                    rung.heapBytes(points) / 0x1p30, most / 0x1p30));
        }
    }

    /** Vectors run at full speed only a quarter of a second after the start; small pictures are done by then. */
    private static EscapeRung fastest(double most) {
        return most < SMALL ? EscapeRung.PLAIN : EscapeRung.auto();
    }

    private Deal deal(String schedule, int ranks, View view, Crew crew) {
        if (chunk != null && chunk < 1) {
            throw new InputException("--chunk " + chunk + ": at least 1 is needed");
        }
        Deal.Schedule how = Stream.of(Deal.Schedule.values()).filter(each -> each.name().equals(schedule)).findFirst()
                .orElseThrow(() -> new InputException("--schedule " + schedule + ": there are " + Stream.of(
                        Deal.Schedule.values()).map(Deal.Schedule::name).collect(Collectors.joining(", "))));
        if (chunk != null && how == Deal.Schedule.block) {
            throw new InputException("--chunk " + chunk + ": block deals each thread one piece; use cyclic");
        }
        if (crew.isMixed() && how != Deal.Schedule.dynamic) {
            throw new InputException("--schedule " + schedule + ": with --with-cpu whoever is free takes rows, the "
                    + "device many and threads few; leave it out");
        }
        int rows = view.height();
        if (ranks > rows) {
            throw new InputException(ranks + " ranks for " + rows + " rows: use at most "
                    + rows + " ranks");
        }
        int workers = Math.multiplyExact(ranks, crew.size());
        boolean device = chunk == null && how != Deal.Schedule.block && crew.rung().pointsAtOnce() > 1;
        return Deal.of(how, device ? Integer.valueOf(chunk(view, workers, crew)) : chunk, rows, workers);
    }

    /**
     * For devices: as large as they want pieces, if that leaves each two, since it counts one while the host sees to
     * another. Where threads count beside them: as small as threads alone would have them, and soon done.
     */
    private static int chunk(View view, int workers, Crew crew) {
        if (crew.isMixed()) {
            int dealt = Deal.of(Deal.Schedule.dynamic, null, view.height(), workers).largest();
            return Math.clamp(POINTS_OF_A_THREAD / view.width(), 1, dealt);
        }
        return Math.clamp(crew.rung().pointsAtOnce() / view.width(), 1, Math.max(1, view.height() / workers / 2));
    }
}
