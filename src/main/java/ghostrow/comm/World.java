package ghostrow.comm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What the launcher around this process promised: which rank it is, of how many. A process that nobody launched
 * has no world. The library's own answer is compared with it, because {@code srun} with the wrong {@code --mpi}
 * quietly starts N worlds of one rank each.
 *
 * @param launcher   what to call it in messages
 * @param rank       this process's rank
 * @param size       how many ranks there are in all
 * @param localRanks how many of them share this machine, where the launcher says so
 */
public record World(String launcher, int rank, int size, OptionalInt localRanks) {

    /** Ghostrow itself, where a transport starts its ranks as processes. */
    public static final String GHOSTROW = "ghostrow (MPJ Express)";
    public static final String GHOSTROW_RANK = "GHOSTROW_MPJ_RANK";
    public static final String GHOSTROW_SIZE = "GHOSTROW_MPJ_SIZE";

    private static final String UNTOLD = "none";
    /** Where launchers say which rank of its machine a process is: Open MPI's, MPICH's, PALS, Flux, jsrun, srun. */
    private static final List<String> LOCAL_RANKS = List.of("OMPI_COMM_WORLD_LOCAL_RANK", "MPI_LOCALRANKID",
            "PALS_LOCAL_RANKID", "FLUX_TASK_LOCAL_ID", "JSM_NAMESPACE_LOCAL_RANK", "SLURM_LOCALID");
    /** How the names of variables begin that make a process a rank. */
    private static final List<String> OF_RANKS = List.of("OMPI_", "PMIX_", "PMI_", "PRTE_", "ORTE_", "MPI_LOCAL", "HYDI_",
            "HYDRA_", "SLURM_STEP", "SLURM_PROCID", "SLURM_LOCALID", "SLURM_SRUN", "SLURM_TASK_PID", "FLUX_TASK", "JSM_",
            "PALS_", "ALPS_", "LSF_PM_", "GHOSTROW_MPJ_");

    public static Optional<World> around(Map<String, String> env) {
        return Stream.of(
                        read(env, GHOSTROW, GHOSTROW_RANK, GHOSTROW_SIZE, GHOSTROW_SIZE),
                        read(env, "mpirun (Open MPI)", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE",
                                "OMPI_COMM_WORLD_LOCAL_SIZE"),
                        // MPICH's mpirun starts its helpers by what it finds around it, one a node, and its ranks
                        // inherit the helpers' variables: srun's, and Flux's too.
                        env.containsKey("MPI_LOCALNRANKS") ? pmi(env, "mpirun (MPICH)", "MPI_LOCALNRANKS")
                                : Optional.<World>empty(),
                        // Flux before Slurm, which may run it; both before PMI: under srun --mpi=pmi2 both are set,
                        // and Slurm's is the promise.
                        flux(env),
                        slurm(env),
                        read(env, "jsrun", "JSM_NAMESPACE_RANK", "JSM_NAMESPACE_SIZE", "JSM_NAMESPACE_LOCAL_SIZE"),
                        env.containsKey("PALS_RANKID") ? pmi(env, "mpiexec (PALS)", "PMI_LOCAL_SIZE")
                                : Optional.<World>empty(),
                        pmi(env, "mpirun (MPICH)", UNTOLD))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Makes of a rank's environment that of a process which nobody has launched, for commands that a rank runs. */
    public static void forget(Map<String, String> env) {
        env.keySet().removeIf(name -> OF_RANKS.stream().anyMatch(name::startsWith));
    }

    /** A batch script itself also has SLURM_NTASKS; only inside a step of srun is the process a rank. */
    private static Optional<World> slurm(Map<String, String> env) {
        if (!env.containsKey("SLURM_STEP_ID") || !env.containsKey("SLURM_SRUN_COMM_PORT")) {
            return Optional.empty();
        }
        return read(env, "srun", "SLURM_PROCID", "SLURM_STEP_NUM_TASKS", UNTOLD).map(world -> world.sharing(
                tasksHere(env.getOrDefault("SLURM_STEP_TASKS_PER_NODE", ""), env.getOrDefault("SLURM_NODEID", ""))));
    }

    /**
     * How many tasks of a step are on this node, or on the fullest one where the node's number does not tell.
     *
     * @param tasks Slurm's list, one number a node, with equal neighbours folded: {@code 2(x3),1} is 2, 2, 2, 1
     */
    private static OptionalInt tasksHere(String tasks, String node) {
        if (!tasks.matches("\\d+(\\(x\\d+\\))?(,\\d+(\\(x\\d+\\))?)*")) {
            return OptionalInt.empty();
        }
        int wanted = node.matches("\\d+") ? Integer.parseInt(node) : Integer.MAX_VALUE;
        int nodes = 0;
        int most = 0;
        for (String group : tasks.split(",")) {
            String[] parts = group.split("\\(x|\\)");
            int each = Integer.parseInt(parts[0]);
            nodes += parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
            if (wanted < nodes) {
                return OptionalInt.of(each);
            }
            most = Math.max(most, each);
        }
        return OptionalInt.of(most);
    }

    /** Flux spreads its tasks evenly and says over how many nodes. */
    private static Optional<World> flux(Map<String, String> env) {
        return read(env, "flux run", "FLUX_TASK_RANK", "FLUX_JOB_SIZE", UNTOLD)
                .map(world -> world.sharing(number(env, "FLUX_JOB_NNODES")
                        .map(nodes -> OptionalInt.of(Math.ceilDiv(world.size, Math.max(1, nodes))))
                        .orElse(OptionalInt.empty())));
    }

    /** Which of the ranks on its machine this process is, from 0, where the launcher says so. */
    public static OptionalInt localRank(Map<String, String> env) {
        return LOCAL_RANKS.stream().map(name -> number(env, name)).flatMap(Optional::stream).mapToInt(Integer::intValue)
                .findFirst();
    }

    private static Optional<World> pmi(Map<String, String> env, String launcher, String localRanks) {
        return read(env, launcher, "PMI_RANK", "PMI_SIZE", localRanks);
    }

    private static Optional<World> read(Map<String, String> env, String launcher, String rank, String size,
            String localRanks) {
        if (!env.containsKey(rank) || !env.containsKey(size)) {
            return Optional.empty();
        }
        OptionalInt local = number(env, localRanks).map(OptionalInt::of).orElse(OptionalInt.empty());
        return Optional.of(new World(launcher, Integer.parseInt(env.get(rank)), Integer.parseInt(env.get(size)),
                local));
    }

    private static Optional<Integer> number(Map<String, String> env, String name) {
        return Optional.ofNullable(env.get(name)).map(Integer::valueOf);
    }

    /** Whether its ranks are on several machines, where the launcher says so. */
    public Optional<Boolean> onSeveralHosts() {
        return localRanks.isPresent() ? Optional.of(localRanks.getAsInt() < size) : Optional.empty();
    }

    private World sharing(OptionalInt ranksHere) {
        return new World(launcher, rank, size, ranksHere);
    }
}
