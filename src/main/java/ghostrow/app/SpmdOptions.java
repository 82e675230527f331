package ghostrow.app;

import ghostrow.comm.World;
import picocli.CommandLine.Option;

/** The options of every command that runs as ranks. */
final class SpmdOptions {

    @Option(names = "--ranks", paramLabel = "N",
            description = "Start N ranks here (default 1). Under mpirun or srun their ranks are the ranks.")
    Integer ranks;

    @Option(names = "--transport", paramLabel = "NAME", defaultValue = "auto",
            description = "How messages travel: auto, native (any Open MPI or MPICH), openmpi (its Java bindings), "
                    + "mpj (MPJ Express, inside this JVM), "
                    + "mpj-cluster (MPJ Express, a JVM a rank), self (one rank). Default: auto.")
    String transport;

    /** Whether a launcher has made the ranks already. */
    boolean joins() {
        return World.around(System.getenv()).isPresent();
    }
}
