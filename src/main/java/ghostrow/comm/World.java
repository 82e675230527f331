package ghostrow.comm;

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

    public static Optional<World> around(Map<String, String> env) {
        return Stream.of(
                        read(env, GHOSTROW, GHOSTROW_RANK, GHOSTROW_SIZE, GHOSTROW_SIZE),
                        read(env, "mpirun (Open MPI)", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE",
                                "OMPI_COMM_WORLD_LOCAL_SIZE"),
                        // Slurm before PMI: under srun --mpi=pmi2 both are set, and Slurm's is the promise.
                        slurm(env),
                        read(env, "mpirun (MPICH)", "PMI_RANK", "PMI_SIZE", "MPI_LOCALNRANKS"))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * A batch script itself also has SLURM_NTASKS; only inside a step of srun is the process a rank. MPICH's mpirun
     * starts its proxies by such a step, one a node, and its ranks inherit the step's variables.
     */
    private static Optional<World> slurm(Map<String, String> env) {
        boolean inStep = env.containsKey("SLURM_STEP_ID") && env.containsKey("SLURM_SRUN_COMM_PORT");
        boolean underMpirun = env.containsKey("PMI_RANK") && env.containsKey("MPI_LOCALNRANKS");
        return inStep && !underMpirun
                ? read(env, "srun", "SLURM_PROCID", "SLURM_STEP_NUM_TASKS", "none") : Optional.empty();
    }

    private static Optional<World> read(Map<String, String> env, String launcher, String rank, String size,
            String localRanks) {
        if (!env.containsKey(rank) || !env.containsKey(size)) {
            return Optional.empty();
        }
        OptionalInt local = env.containsKey(localRanks)
                ? OptionalInt.of(Integer.parseInt(env.get(localRanks))) : OptionalInt.empty();
        return Optional.of(new World(launcher, Integer.parseInt(env.get(rank)), Integer.parseInt(env.get(size)),
                local));
    }
}
