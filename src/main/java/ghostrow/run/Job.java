package ghostrow.run;

import ghostrow.comm.Comm;
import ghostrow.comm.CountedComm;
import ghostrow.comm.LauncherShell;
import ghostrow.comm.Mpirun;
import ghostrow.comm.Mpirun.Library;
import ghostrow.comm.Orders;
import ghostrow.comm.Placement;
import ghostrow.comm.RankExit;
import ghostrow.comm.StagedComm;
import ghostrow.comm.Stray;
import ghostrow.comm.Transport;
import ghostrow.comm.Transport.SpmdProgram;
import ghostrow.comm.Transports;
import ghostrow.comm.World;
import ghostrow.data.InputException;
import ghostrow.formula.FormulaException;
import ghostrow.profile.Report;
import ghostrow.profile.Work;
import ghostrow.run.Agreement.Deed;
import ghostrow.run.Agreement.Failed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How one command line becomes ranks: this process joins the world that a launcher has made, or becomes mpirun
 * where many ranks are wanted and nobody has launched any, or makes the ranks itself. The number of ranks is known
 * before any of that, so that what cannot work is said before anything has been started.
 */
public final class Job {
    /** The folder Ghostrow lies in; the launcher names it. */
    public static final Path HOME = Path.of(System.getProperty("ghostrow.home", "."));

    private static final String CHECK = "check";
    private static final int STOPPED = 75;
    private static final double STALL_LIMIT = 60;
    private static final String PLACING = "--host, --hostfile, --bind-to and --mpirun-options";

    private final boolean joins;
    private final int ranks;
    private final int ranksHere;
    private final String transport;
    private final Optional<Mpirun> mpirun;
    private final Placement placement;
    private final List<String> words;
    private final Optional<Double> stallLimit;
    private final Optional<Inside> inside;
    private final Instant started = Instant.now();
    private List<String> handedOn = List.of();
    private volatile List<Path> sources = List.of();
    private Deed everywhere = () -> { };
    private Deed once = () -> { };
    private boolean saves;
    private boolean counted = true;
    private boolean patient;
    private ProfileOptions profile = new ProfileOptions();
    private volatile Report.Stepped stepped;
    private WarmUp warmUp = WarmUp.none();
    private Orders orders = Orders.ONE;

    private Job(boolean joins, int ranks, int ranksHere, String transport, Optional<Mpirun> mpirun,
            Placement placement, List<String> words, Optional<Double> stallLimit, Optional<Inside> inside) {
        this.joins = joins;
        this.ranks = ranks;
        this.ranksHere = ranksHere;
        this.transport = transport;
        this.mpirun = mpirun;
        this.placement = placement;
        this.words = words;
        this.stallLimit = stallLimit;
        this.inside = inside;
    }

    /** One rank without any MPI, whatever is around it. */
    public static Job alone(List<String> words) {
        return new Job(false, 1, 1, "self", Optional.empty(), Placement.HERE, words, Optional.empty(), Optional.empty());
    }

    /** @param words those behind {@code ghostrow}, for starting it again as ranks */
    public static Job of(SpmdOptions options, List<String> words) {
        if (!options.transport.equals("auto") && !Transports.names().contains(options.transport)) {
            throw new InputException("--transport " + options.transport + ": there are auto, "
                    + String.join(", ", Transports.names()));
        }
        if (options.stallLimit != null && !(options.stallLimit >= 0)) {
            throw new InputException("--stall-limit " + options.stallLimit + ": expected seconds, or 0 for no limit");
        }
        if (options.transport.equals(CHECK) && options.profile.what().isPresent()) {
            throw new InputException("--profile measures, and in --transport check all ranks but one wait; use another");
        }
        if (options.inside.isPresent()) {
            return inside(options, options.inside.get(), words);
        }
        Stray.in(System.getenv(), options.ranks != null).ifPresent(stray -> {
            throw new InputException(stray.why());
        });
        options.profile.check(words);
        Job job = World.around(System.getenv())
                .map(world -> joining(world, options, words))
                .orElseGet(() -> starting(options, words));
        job.profile = options.profile;
        job.orders = options.orders();
        return job;
    }

    /** One of many runs: its ranks are there already. */
    private static Job inside(SpmdOptions options, Inside inside, List<String> words) {
        int ranks = inside.comm().size();
        if (options.ranks != null && options.ranks != ranks) {
            throw new InputException("--ranks " + options.ranks + ": inside of another job this run has "
                    + ranks + (ranks == 1 ? " rank" : " ranks"));
        }
        if (!options.transport.equals("auto") || !options.placement().isEmpty() || options.profile.what().isPresent()) {
            throw new InputException("--transport, --profile, " + PLACING + " are for a job of its own, and this run is "
                    + "inside of another");
        }
        return new Job(false, ranks, inside.job().ranksHere, ranks == 1 ? "self" : inside.job().transport,
                Optional.empty(), Placement.HERE, words, Optional.empty(), Optional.of(inside));
    }

    private static Job joining(World world, SpmdOptions options, List<String> words) {
        if (!options.placement().isEmpty()) {
            throw new InputException(PLACING + " are for an mpirun that ghostrow starts, but " + world.launcher()
                    + " has started the ranks already; give them to it");
        }
        if (options.ranks != null && options.ranks != world.size()) {
            throw new InputException("--ranks " + options.ranks + ", but " + world.launcher() + " started "
                    + world.size() + "; leave --ranks away, or make them agree");
        }
        String transport = options.transport.equals("auto") ? "native" : options.transport;
        boolean fits = world.launcher().equals(World.GHOSTROW) ? transport.equals("mpj-cluster") : isMpi(transport);
        if (world.size() > 1 && !fits) {
            throw new InputException("--transport " + transport + " cannot join the " + world.size()
                    + " ranks of " + world.launcher() + "; use native or openmpi");
        }
        return new Job(true, world.size(), world.localRanks().orElse(1), transport, Optional.empty(), Placement.HERE,
                words, Optional.ofNullable(options.stallLimit), Optional.empty());
    }

    private static Job starting(SpmdOptions options, List<String> words) {
        int ranks = options.ranks == null ? 1 : options.ranks;
        if (ranks < 1) {
            throw new InputException("--ranks " + ranks + ": at least 1 is needed");
        }
        Optional<Mpirun> mpirun = options.transport.equals("openmpi")
                ? Mpirun.find(Library.OPEN_MPI) : Mpirun.preferred(System.getenv());
        String transport = options.transport;
        if (transport.equals("auto")) {
            transport = ranks == 1 ? "self" : mpirun.isPresent() ? "native" : "mpj";
        }
        if (transport.equals("self") && ranks > 1) {
            throw new InputException("--transport self is for one rank, not " + ranks);
        }
        if (ranks == 1 || !isMpi(transport)) {
            mpirun = Optional.empty();
        } else if (mpirun.isEmpty()) {
            throw new InputException("--transport " + transport + " needs mpirun to start " + ranks
                    + " ranks, and there is none: run 'make setup', or use --transport mpj");
        }
        Placement placement = options.placement();
        if (mpirun.isEmpty() && !placement.isEmpty()) {
            throw new InputException(PLACING + " are for the mpirun that --ranks N starts for transport native or "
                    + "openmpi, and transport " + transport + " with --ranks " + ranks + " starts none");
        }
        // How many of them another host gets, its mpirun decides: they look for themselves.
        return new Job(false, ranks, placement.isHere() ? ranks : 1, transport, mpirun, placement, words,
                Optional.ofNullable(options.stallLimit), Optional.empty());
    }

    private static boolean isMpi(String transport) {
        return transport.equals("native") || transport.equals("openmpi");
    }

    /** Whether ranks run in this process; one that only starts them as processes of their own has none. */
    public boolean hasRanksHere() {
        return joins || mpirun.isEmpty() && !transport.equals("mpj-cluster");
    }

    /** Whether this process is a rank that a launcher has started, one of several that must decide alike. */
    public boolean joins() {
        return joins;
    }

    /** How many ranks the program will have. */
    public int ranks() {
        return ranks;
    }

    /** How many of them share this machine, as far as is known before they have met. */
    public int ranksHere() {
        return ranksHere;
    }

    /** How many of them are threads of this process. */
    public int ranksInThisProcess() {
        return inside.isPresent() ? inside.get().job().ranksInThisProcess() : transport.equals("mpj") || transport.equals(CHECK) ? ranks
                : 1;
    }

    /** From now on the first signal that asks this process to stop does not end it, but is found here. */
    public StopSignals stopSignals() {
        return inside.isPresent() ? inside.get().signals().lent() : StopSignals.listen();
    }

    /** Whether a job around this one sees to it that nobody else writes where this one does. */
    boolean holdsFolders() {
        return inside.isPresent() && inside.get().folders();
    }

    public String transport() {
        return transport;
    }

    /** The command line that made this job, without what is handed on. */
    List<String> words() {
        return words;
    }

    /** Words at the end of the command line that are another program's, and mean nothing to this one. */
    public Job handingOn(List<String> rest) {
        handedOn = rest;
        return this;
    }

    /** Where sources lie that are not this program's own: a profile shows their lines. */
    public void sourcesIn(Path folder) {
        sources = List.of(folder);
    }

    List<Path> sources() {
        return sources;
    }

    /** The command line as a user types it. */
    String commandLine() {
        return Stream.of(List.of("ghostrow"), words, handedOn).flatMap(List::stream).collect(Collectors.joining(" "));
    }

    Instant started() {
        return started;
    }

    /** Refuses what a machine that takes part cannot do, such as to hold its ranks' memory. */
    public Job checkEverywhere(Deed check) {
        everywhere = check;
        return this;
    }

    /** Refuses what would go wrong for all, such as a folder for results that cannot be written. */
    public Job checkOnce(Deed check) {
        once = check;
        return this;
    }

    /** The ranks save their work when they are asked to end. */
    public Job savesWhenStopped() {
        saves = true;
        return this;
    }

    /** Ranks may wait for each other as long as a whole run takes; unless told otherwise nobody takes them for lost. */
    public Job patient() {
        patient = true;
        return this;
    }

    /** The ranks' calls are what is measured: nobody counts them, which would be part of what they take. */
    public Job uncounted() {
        counted = false;
        return this;
    }

    /** What the steps have done, by rank 0: a profile compares it with what the machine can do. */
    public void stepped(Work work, Work.Loops loops) {
        stepped = new Report.Stepped(work, loops);
    }

    Optional<Report.Stepped> stepped() {
        return Optional.ofNullable(stepped);
    }

    /** What is to be compiled while the ranks meet, unless it has begun before. */
    public Job meanwhile(WarmUp compiling) {
        warmUp = compiling;
        return this;
    }

    /**
     * Runs the program on every rank that lives in this process; does not return where it becomes mpirun.
     *
     * <p>Checks come first: before anything is started where this process starts the ranks. Ranks that a launcher
     * has made check when they have met: their machines may differ, and one that left before would leave the others
     * waiting for it.
     */
    public void run(SpmdProgram program) throws IOException {
        if (inside.isPresent()) {
            runInside(inside.get().comm(), program);
            return;
        }
        if (!joins) {
            everywhere.perform();
            once.perform();
        }
        if (mpirun.isPresent()) {
            List<String> command = new ArrayList<>();
            command.add(HOME.resolve("ghostrow").toString());
            command.addAll(SpmdOptions.withoutPlacement(words));
            command.addAll(handedOn);
            mpirun.get().become(ranks, SpmdOptions.threads(words), placement, command, saves);
        }
        Profiling profiling = Profiling.of(profile, this);
        Transport carrier = Transports.named(transport, HOME).in(orders);
        carrier.load();
        if (hasRanksHere()) {
            warmUp.begin();
            LauncherShell.begun();
        }
        carrier.run(ranks, bare -> {
            Comm staged = carrier.takesArrays() ? bare : new StagedComm(bare);
            // A rank alone calls nobody, and its run may be short.
            Comm comm = profiling.isWanted() || counted && bare.size() > 1 ? CountedComm.of(staged, profiling.log())
                    : staged;
            try {
                limitWaits(comm);
                if (joins) {
                    Agreement.all(comm, everywhere);
                    Agreement.check(comm, once);
                }
                profiling.run(bare, comm, program);
            } catch (FormulaException e) {
                // What only the values can tell, such as a negative power of an integer.
                throw new RankExit(2, "ghostrow: " + e.rendering());
            } catch (InputException e) {
                throw new RankExit(2, "ghostrow: " + e.getMessage());
            } catch (IOException e) {
                throw new RankExit(1, "ghostrow: rank " + comm.rank() + ": " + reason(e));
            } catch (UncheckedIOException e) {
                throw new RankExit(1, "ghostrow: rank " + comm.rank() + ": " + reason(e.getCause()));
            }
        });
        profiling.tell();
    }

    /** What the ranks find wrong before they begin, all of them know; after that one that fails leaves the others waiting. */
    private void runInside(Comm comm, SpmdProgram program) throws IOException {
        Optional<Failed> failed = Agreement.attempt(comm, () -> {
            everywhere.perform();
            once.perform();
        });
        if (failed.isPresent()) {
            failed.get().endOne();
        }
        warmUp.begin();
        try {
            program.run(comm);
        } catch (Exception | Error e) {
            if (comm.size() > 1) {
                throw new GroupBroken(e);
            }
            switch (e) {
                case IOException io -> throw io;
                case RuntimeException runtime -> throw runtime;
                case Error error -> throw error;
                default -> throw new IllegalStateException(e);
            }
        }
    }

    private void limitWaits(Comm comm) {
        if (joins && ranks > 1 && isMpi(transport)) {
            double seconds = stallLimit.orElseGet(() -> !patient && onSeveralHosts(comm) ? STALL_LIMIT : 0);
            if (seconds > 0) {
                comm.waits().limit(comm, seconds);
            }
        }
    }

    /** Collective where the launcher does not tell. */
    private static boolean onSeveralHosts(Comm comm) {
        return World.around(System.getenv()).flatMap(World::onSeveralHosts).orElseGet(() -> !comm.onOneMachine());
    }

    /** Some of the JDK's say no more than the file's name. */
    private static String reason(IOException failure) {
        return failure instanceof FileSystemException file && file.getReason() == null
                ? file.getFile() + ": " + file.getClass().getSimpleName() : failure.getMessage();
    }
}
