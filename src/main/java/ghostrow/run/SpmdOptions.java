package ghostrow.run;

import ghostrow.comm.World;

/** The options of every command that runs as ranks. */
public final class SpmdOptions {
    public Integer ranks;
    String transport = "auto";

    public void declare(Options options) {
        options.option("--ranks", "N", Integer.class, value -> ranks = value,
                "Start N ranks here (default 1). Under mpirun or srun their ranks are the ranks.");
        options.option("--transport", "NAME", String.class, value -> transport = value,
                "How messages travel: auto, native (any Open MPI or MPICH), openmpi (its Java bindings), "
                + "mpj (MPJ Express, inside this JVM), mpj-cluster (MPJ Express, a JVM a rank), self (one "
                + "rank). Default: auto.");
    }

    /** Whether a launcher has made the ranks already. */
    public boolean joins() {
        return World.around(System.getenv()).isPresent();
    }
}
