package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.data.AvailableMemory;
import ghostrow.data.InputException;
import ghostrow.explain.Page;
import ghostrow.grid.Exchange;
import ghostrow.grid.Field;
import ghostrow.grid.GhostDepth;
import ghostrow.grid.GhostRows;
import ghostrow.grid.Link;
import ghostrow.grid.Strip;
import ghostrow.kernel.Rule;
import ghostrow.kernel.Rung;
import ghostrow.kernel.Stencils;
import ghostrow.kernel.Vectors;
import ghostrow.run.Choice;
import ghostrow.run.GpuOptions;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.SpmdOptions;
import ghostrow.run.WarmUp;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The options of workloads on a grid: who works on which rows, and how the rows are stepped and exchanged. */
final class GridOptions {
    private static final int MOST_THREADS = 1024;
    /** Bytes that there always are: to ask the system takes as long as to step a small grid. */
    private static final long LITTLE = 1 << 24;
    /** Of one core, roughly, while the grid fits into its caches. */
    private static final double POINTS_A_SECOND = 2e9;
    private static final String EXPLAIN = "--explain";
    private static final Duration EXPLAINED_WITHIN = Duration.ofSeconds(1);

    int threads = 1;
    String kernel = "auto";
    Exchange exchange = Exchange.persistent;
    Integer ghosts;
    private Integer piece;
    private String gpuKernel;
    private final GpuOptions gpu = new GpuOptions();
    private boolean explain;
    private Stencils rung;
    private WarmUp warmUp = WarmUp.none();

    void declare(Options options) {
        options.option("--threads", "N", Integer.class, value -> threads = value,
                "Threads a rank (default 1).");
        options.option("--kernel", "NAME", String.class, value -> kernel = value,
                "Which rung computes; 'list' names them. Default: the fastest for the grid at hand.");
        options.option("--piece", "CELLS", Integer.class, value -> piece = value,
                "With --kernel blocked-array: cells at a time, rounded to rows (default " + Rung.PIECE + ").");
        options.option("--gpu-kernel", "NAME", String.class, value -> gpuKernel = value,
                "With --kernel gpu: cell (an item a cell), rows (an item goes down 8 rows), steps (4 steps of a tile at "
                + "a time), or auto (default: the fastest, by a moment's trial).");
        gpu.declare(options);
        options.flag(EXPLAIN, on -> explain = on,
                "Show what becomes of the rung's inner loop (what its lines cost, its bytecode, what the compiler made "
                + "of it), and step nothing.");
        options.option("--exchange", "HOW", Exchange.class, value -> exchange = value,
                "persistent (default: all four messages at once, prepared beforehand), sendrecv (up, then down), "
                + "overlap (edge rows first, messages while the rest is stepped), or deep (more ghost rows at a time, "
                + "more rarely). All give the same bits.");
        options.option("--ghosts", "K", Integer.class, value -> ghosts = value,
                "Ghost rows a side, exchanged every K steps. Default: as many steps as the kernel takes "
                + "at a time, or 1 for kernels that take one; with deep at least 16; between machines more where their "
                + "network is slow, by what it takes in the first milliseconds.");
    }

    /** Prints the rungs, if that is what was asked for. */
    boolean lists() {
        if (!kernel.equals("list")) {
            return false;
        }
        GridRungs.all().forEach(each -> System.out.printf("%-14s %s%n", each.label(), each.description()));
        return true;
    }

    /** Explains the rung, if that is what was asked for. */
    boolean explains(Rule rule, SpmdOptions spmd) {
        if (explain) {
            spmd.requireOneRank(EXPLAIN);
            new GridExplanation(rung(), rule, EXPLAINED_WITHIN).print(Page.standardOutput());
        }
        return explain;
    }

    /** What steps the rows, as far as this machine can. */
    Stencils rung() {
        if (rung == null) {
            rung = kernel.equals("auto") ? Rung.auto() : Choice.of("--kernel", kernel, GridRungs.all(), Stencils::label);
            onDevice();
            rung.missing().ifPresent(lack -> {
                throw new InputException("--kernel " + kernel + " needs " + lack + "; or use --kernel plain");
            });
            if (piece != null) {
                rung = inPieces();
            }
        }
        return rung;
    }

    /** Where and how a rung computes that does so on a device. */
    private void onDevice() {
        if (gpuKernel != null && !kernel.equals("gpu")) {
            throw new InputException("--gpu-kernel " + gpuKernel + ": belongs to --kernel gpu");
        }
        gpu.requireUse(rung instanceof GpuStencils, "--kernel gpu");
        if (rung instanceof GpuStencils stencils) {
            rung = stencils.with(gpuKernel == null ? stencils.kernel() : gpuKernel(), gpu);
        }
    }

    private GpuStencils.Choice gpuKernel() {
        return Choice.of("--gpu-kernel", gpuKernel, List.of(GpuStencils.Choice.auto, GpuStencils.Choice.cell,
                GpuStencils.Choice.rows, GpuStencils.Choice.steps), GpuStencils.Choice::name);
    }

    private Stencils inPieces() {
        if (rung != Rung.BLOCKED_ARRAY) {
            throw new InputException("--piece " + piece + ": only --kernel blocked-array works in pieces");
        }
        if (piece < 1 || piece > Rung.MOST) {
            throw new InputException("--piece " + piece + ": between 1 and " + Rung.MOST + " cells are possible");
        }
        return Rung.inPieces(piece);
    }

    /** Says that a run is slow for want of the Vector API, unless that is what was asked for. */
    void warn(int rank) {
        if (rank == 0 && kernel.equals("auto") && !Vectors.present()) {
            System.err.println("ghostrow: this JVM was started without the Vector API, so kernels run without "
                    + "vectors, several times slower; start it by ./ghostrow, or with --add-modules "
                    + "jdk.incubator.vector");
        }
    }

    /**
     * Has the kernel compiled, which {@link #stepper} waits for, unless words that nobody has read yet name another: that
     * one would be short of a core. What is compiled before anybody looks cannot be explained either.
     *
     * @param now whether to begin at once; ranks that are to meet have first to get there
     */
    void warmUp(List<String> words, Rule rule, boolean now) {
        if (Rung.auto() == Rung.BLOCKED && mayUse(Rung.BLOCKED, words) && !words.contains(EXPLAIN)) {
            warmUp = WarmUp.of(() -> Rung.BLOCKED.warmUp(rule));
            if (now) {
                warmUp.begin();
            }
        }
    }

    private static boolean mayUse(Rung rung, List<String> words) {
        int option = words.lastIndexOf("--kernel");
        String named = option < 0 || option == words.size() - 1 ? "auto" : words.get(option + 1);
        return (named.equals("auto") || named.equals(rung.label()))
                && words.stream().noneMatch(word -> word.startsWith("--kernel=") && !word.endsWith("=" + rung.label()));
    }

    /** What {@link #stepper} will wait for. */
    WarmUp warmUp() {
        return rung() == Rung.BLOCKED ? warmUp : WarmUp.none();
    }

    GhostRows ghostRows(Comm comm, int depth, Field one, Field other) {
        return new GhostRows(comm, depth, exchange.isOneByOne(), one, other);
    }

    /** What steps a rank's strip by the rung that was chosen. */
    Engine engine(Comm comm, Rule rule) {
        boolean overlap = exchange == Exchange.overlap;
        return rung() instanceof GpuStencils stencils ? stencils.engine(comm, rule, overlap)
                : new HostEngine(rung(), rule, overlap, warmUp());
    }

    /** Ghost rows a side: what was asked for, or what suits the kernel as far as the strips are thick enough. */
    private int depth(int ranks, long rows, long columns) {
        if (ghosts != null) {
            return ghosts;
        }
        if (rung() instanceof GpuStencils) {
            return (int) Math.min(GpuStencils.DEPTH, Strip.thinnest(rows, ranks));
        }
        return GhostDepth.ofKernel(rung().worker(new Rule.Jacobi()), exchange, Strip.thinnest(rows, ranks), threads,
                columns);
    }

    /** The same, or more where ranks are on several machines and what lies between them is slow. Collective. */
    GhostChoice choose(Job job, Comm comm, long rows, long columns) {
        int depth = depth(comm.size(), rows, columns);
        if (comm.size() == 1) {
            return new GhostChoice(depth, Optional.empty());
        }
        Optional<Link> link = Link.measure(comm);
        if (ghosts != null || link.isEmpty()) {
            return new GhostChoice(depth, link);
        }
        boolean vectors = rung() instanceof Rung known && known.vectors();
        int deeper = GhostDepth.of(link.get().latency(), depth, Strip.thinnest(rows, comm.size()), comm.size(),
                GhostDepth.secondsOfARow(columns, vectors, threads));
        // More than what was checked before, on every machine: they may differ.
        boolean fits = needed(job, rows, columns, deeper) <= AvailableMemory.bytes();
        return new GhostChoice(comm.allreduce(Comm.Op.MIN, fits ? 1L : 0L) == 1 ? deeper : depth, link);
    }

    /** Refuses what cannot work, before anything is started. */
    void check(Job job, long rows, long columns) {
        rung().prepare();
        if (threads < 1 || threads > MOST_THREADS) {
            throw new InputException("--threads " + threads + ": between 1 and " + MOST_THREADS + " are possible");
        }
        if (job.ranks() > rows) {
            throw new InputException(job.ranks() + " ranks for " + rows + " rows: each rank needs a row of its own; "
                    + "use at most " + rows + " ranks");
        }
        int depth = depth(job.ranks(), rows, columns);
        if (depth < 1 || depth > GhostDepth.MOST) {
            throw new InputException("--ghosts " + depth + ": between 1 and " + GhostDepth.MOST + " are possible");
        }
        long thinnest = Strip.thinnest(rows, job.ranks());
        if (job.ranks() > 1 && depth > thinnest) {
            throw new InputException("--ghosts " + depth + ", but the thinnest strip has " + thinnest
                    + " rows; use at most as many ghost rows, or fewer ranks");
        }
        checkHeap(job, rows, columns);
        long needed = needed(job, rows, columns, depth);
        if (needed < LITTLE) {
            return;
        }
        long available = AvailableMemory.bytes();
        if (needed > available) {
            throw new InputException(String.format(Locale.ROOT, "the grid of %d x %d needs %d bytes (%.1f GiB) for "
                    + "two fields on this machine, and %d (%.1f GiB) are available; use a coarser grid or more "
                    + "machines", rows, columns, needed, gib(needed), available, gib(available)));
        }
    }

    /** Rungs that make objects or arrays of what they step take them from Java's heap. */
    private void checkHeap(Job job, long rows, long columns) {
        long needed = rung().heapBytes(Math.ceilDiv(rows, job.ranks()) * columns) * job.ranksInThisProcess();
        long most = Runtime.getRuntime().maxMemory();
        if (needed > most) {
            throw new InputException(String.format(Locale.ROOT, "--kernel %s needs about %.1f GiB of Java's heap for "
                    + "this grid, and there are %.1f; use another kernel, more ranks, or more heap "
                    + "(GHOSTROW_JAVA_OPTS=-Xmx%dg)", rung().label(), gib(needed), gib(most), (long) gib(needed) + 1));
        }
    }

    /** Bytes of the fields of all ranks on this machine. */
    private static long needed(Job job, long rows, long columns, int depth) {
        try {
            return Math.multiplyExact(2L * job.ranksHere(),
                    Field.bytes(Math.ceilDiv(rows, job.ranks()), columns, depth));
        } catch (ArithmeticException tooLarge) {
            return Long.MAX_VALUE;
        }
    }

    /** About how long so many steps of a square take on one core. */
    static double expectedSeconds(long size, long steps) {
        return (double) size * size * steps / POINTS_A_SECOND;
    }

    private static double gib(long bytes) {
        return bytes / (double) (1 << 30);
    }
}
