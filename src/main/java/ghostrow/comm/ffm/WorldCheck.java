package ghostrow.comm.ffm;

import ghostrow.comm.Comm;
import ghostrow.comm.Failure;
import ghostrow.comm.LibraryWish;
import ghostrow.comm.RankExit;
import ghostrow.comm.World;
import java.util.Optional;

/** Compares the world that the library made with the one that the launcher and the user asked for. */
final class WorldCheck {
    private static final int USAGE = 2;

    private WorldCheck() {
    }

    static void check(Optional<World> launched, int ranks, Comm comm) {
        if (launched.isPresent() && launched.get().size() != comm.size()) {
            throw brokenWorld(launched.get(), comm);
        }
        if (ranks > 0 && ranks != comm.size()) {
            throw new RankExit(USAGE, "ghostrow: " + ranks + " ranks were asked for, but "
                    + (launched.isPresent() ? launched.get().launcher() + " started " + comm.size()
                            : "nobody launched this process, so it is 1")
                    + "; leave --ranks out or make the two agree");
        }
    }

    /**
     * Every process believes that it is rank 0 here; the launcher knows better which of them should speak.
     */
    private static RankExit brokenWorld(World world, Comm comm) {
        String message = "ghostrow: " + world.launcher() + " promised " + world.size() + " ranks, but "
                + comm.library() + " finds " + comm.size() + ". "
                + (world.launcher().equals("srun")
                        ? "Open MPI needs srun --mpi=pmix, MPICH needs srun --mpi=pmi2"
                        : "Start the ranks with the mpirun of the same library, or name the launcher's in "
                                + LibraryWish.VARIABLE);
        return new RankExit(Failure.CODE, world.rank() == 0 ? message : null);
    }
}
