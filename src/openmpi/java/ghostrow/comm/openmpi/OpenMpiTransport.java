package ghostrow.comm.openmpi;

import ghostrow.comm.CommException;
import ghostrow.comm.LibraryEnvironment;
import ghostrow.comm.Failure;
import ghostrow.comm.Mpirun;
import ghostrow.comm.RankExit;
import ghostrow.comm.Transport;
import ghostrow.comm.Waits.Call;
import ghostrow.comm.World;
import mpi.MPI;
import mpi.MPIException;

/** Open MPI through the Java bindings that it ships itself; one rank a process, started by mpirun or srun. */
public final class OpenMpiTransport implements Transport {

    @Override
    public String name() {
        return "openmpi";
    }

    @Override
    public Readiness readiness() {
        try {
            // Found but not initialized: that would load the library.
            String version = Class.forName("mpi.MPI", false, getClass().getClassLoader()).getPackage()
                    .getImplementationVersion();
            return new Readiness.Ready("Open MPI" + (version == null ? "" : " " + version) + ", Java bindings",
                    Mpirun.find(Mpirun.Library.OPEN_MPI).isPresent());
        } catch (ClassNotFoundException e) {
            return new Readiness.Missing("the mpi.jar of Open MPI", "make setup");
        }
    }

    @Override
    public void run(int ranks, SpmdProgram program) {
        int promised = World.around(System.getenv()).map(World::size).orElse(1);
        if (promised != ranks) {
            throw new CommException("asked for " + ranks + " ranks in a world of " + promised);
        }
        LibraryEnvironment.prepare();
        OpenMpiComm world = join();
        Failure.run(world, comm -> {
            if (comm.size() != ranks) {
                throw new RankExit(Failure.CODE, "ghostrow: the launcher promised " + ranks
                        + " ranks, but Open MPI sees " + comm.size()
                        + "; start it with Open MPI's own mpirun, or srun with --mpi=pmix");
            }
            program.run(comm);
        }, OpenMpiComm::endAll, () -> leave(world));
    }

    private static OpenMpiComm join() {
        try {
            int provided = MPI.InitThread(new String[0], MPI.THREAD_SERIALIZED);
            if (provided < MPI.THREAD_SERIALIZED) {
                throw new CommException("this Open MPI allows calls from one thread alone (level " + provided
                        + "); it must be built with thread support");
            }
            // As exceptions, failures name the rank and the call; communicators made by split inherit this.
            MPI.COMM_WORLD.setErrhandler(MPI.ERRORS_RETURN);
            return OpenMpiComm.world();
        } catch (MPIException e) {
            throw OpenMpiComm.failed("start", e);
        }
    }

    private static void leave(OpenMpiComm world) {
        world.giveBack();
        try {
            world.waits().begin(Call.FINALIZE);
            MPI.Finalize();
            world.waits().end();
        } catch (MPIException e) {
            throw OpenMpiComm.failed("end", e);
        }
    }
}
