package ghostrow.run;

import ghostrow.comm.Orders;
import ghostrow.comm.Placement;
import ghostrow.comm.World;
import ghostrow.data.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The options of every command that runs as ranks. */
public final class SpmdOptions {
    private static final List<String> PLACEMENT = List.of("--host", "--hostfile", "--bind-to", "--mpirun-options");

    public Integer ranks;
    String transport = "auto";
    Double stallLimit;
    private Integer checkOrders;
    private Long checkSeed;
    private String hosts;
    private String hostfile;
    private String binding;
    private List<String> more = List.of();
    final ProfileOptions profile = new ProfileOptions();
    Optional<Inside> inside = Optional.empty();

    public void declare(Options options) {
        inside = options.inside();
        options.option("--ranks", "N", Integer.class, value -> ranks = value,
                "Start N ranks here (default 1). Under mpirun or srun their ranks are the ranks.");
        options.option("--transport", "NAME", String.class, value -> transport = value,
                "How messages travel: auto, native (any Open MPI or MPICH), openmpi (its Java bindings), "
                + "mpj (MPJ Express, inside this JVM), mpj-cluster (MPJ Express, a JVM a rank), self (one "
                + "rank), check (finds mistakes, inside this JVM). Default: auto.");
        options.option("--check-orders", "N", Integer.class, value -> checkOrders = value,
                "With --transport check: run N times, in orders that differ in which rank comes first, up to the first "
                + "that finds a mistake (default 1). Only the first prints what the program prints. Ends with 1 where there "
                + "is a mistake; races, receives from any rank that another message could have met, are only told.");
        options.option("--check-seed", "S", Long.class, value -> checkSeed = value,
                "The first of these orders (default 0). The same seed is the same order.");
        options.option("--stall-limit", "SECONDS", Double.class, value -> stallLimit = value,
                "End the job, and say why, when a rank has waited so long for another (native and openmpi; 0: wait for "
                + "ever). Ten times as long outside of the steps of diffusion and jacobi, and in other apps; 20 times as "
                + "long as it has worked itself between two messages, if that is more. Default: 60 where ranks are on "
                + "several hosts, else 0.");
        options.option("--host", "HOSTS", String.class, value -> hosts = value,
                "Where the mpirun that --ranks starts puts them: HOST:N,HOST:N (default: all on this host).");
        options.option("--hostfile", "FILE", String.class, value -> hostfile = value,
                "The same from a file, as that mpirun wants it: lines HOST slots=N (Open MPI) or HOST:N (MPICH).");
        options.option("--bind-to", "WHAT", String.class, value -> binding = value,
                "What that mpirun binds a rank to: core, socket, none ... Default: its part of this machine's cores, "
                + "if that is enough for its threads; else none.");
        options.option("--mpirun-options", "WORDS", String.class, value -> more = List.of(value.strip().split("\\s+")),
                "Further words for that mpirun. None of these four has a meaning where another launcher has "
                + "started the ranks: give them to it.");
        profile.declare(options);
    }

    /** Refuses what only one transport can choose. */
    Orders orders() {
        if ((checkOrders != null || checkSeed != null) && !transport.equals("check")) {
            throw new InputException("--check-orders and --check-seed are for --transport check");
        }
        if (checkOrders != null && checkOrders < 1) {
            throw new InputException("--check-orders " + checkOrders + ": at least 1 is needed");
        }
        if (checkSeed != null && checkSeed < 0) {
            throw new InputException("--check-seed " + checkSeed + ": expected 0 or more");
        }
        return new Orders(checkOrders == null ? 1 : checkOrders, checkSeed == null ? 0 : checkSeed);
    }

    Placement placement() {
        return new Placement(Optional.ofNullable(hosts), Optional.ofNullable(hostfile), Optional.ofNullable(binding),
                more);
    }

    /** The words of a command line without those that place its ranks, which ranks have no use for. */
    static List<String> withoutPlacement(List<String> words) {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (PLACEMENT.contains(word)) {
                i++; // and its value
            } else if (PLACEMENT.stream().noneMatch(name -> word.startsWith(name + "="))) {
                kept.add(word);
            }
        }
        return kept;
    }

    /** How many threads a rank is to have, by a command line that has been found to be right; 1 if not said. */
    static int threads(List<String> words) {
        int threads = 1;
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).startsWith("--threads=")) {
                threads = Integer.parseInt(words.get(i).substring("--threads=".length()));
            } else if (words.get(i).equals("--threads")) {
                threads = Integer.parseInt(words.get(++i));
            }
        }
        return threads;
    }

    /** Refuses more than one rank, for what one of them does as well. */
    public void requireOneRank(String option) {
        int launched = inside.map(around -> around.comm().size())
                .or(() -> World.around(System.getenv()).map(World::size)).orElse(1);
        if (launched > 1 || ranks != null && ranks > 1) {
            throw new InputException(option + " is done by one rank: leave away "
                    + (launched > 1 ? "the launcher" : "--ranks"));
        }
    }

    /** What is to be counted exactly, if anything is: classes, or methods of them. */
    public Optional<String> lines() {
        return profile.lines();
    }

    /** Whether a launcher has made the ranks already. */
    public boolean joins() {
        return inside.isEmpty() && World.around(System.getenv()).isPresent();
    }
}
