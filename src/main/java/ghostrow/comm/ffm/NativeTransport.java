package ghostrow.comm.ffm;

import ghostrow.comm.CommException;
import ghostrow.comm.Failure;
import ghostrow.comm.Mpirun.Library;
import ghostrow.comm.RankExit;
import ghostrow.comm.Transport;
import ghostrow.comm.Waits.Call;
import ghostrow.comm.World;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/**
 * Any Open MPI or MPICH, called through java.lang.foreign: no C of its own and nothing to install but the
 * MPI.
 */
public final class NativeTransport implements Transport {
    @Override
    public String name() {
        return "native";
    }

    @Override
    public Readiness readiness() {
        return InstalledLibraries.readiness();
    }

    @Override
    public void run(int ranks, SpmdProgram program) {
        int threadLevel = initialise();
        NativeComm comm = NativeComm.world();
        Failure.run(comm, new Admitted(ranks, threadLevel, program), NativeComm::endAll, () -> leave(comm));
    }

    private static void leave(NativeComm comm) {
        comm.giveBack();
        if (LoadedLibrary.FAMILY == Library.MPICH) {
            Parting.settle(comm);
        }
        comm.waits().begin(Call.FINALIZE);
        comm.done(Mpi.finish(), Call.FINALIZE);
    }

    /** Returns the level of thread support that the library grants. */
    private int initialise() {
        load();
        requirePmix();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment provided = arena.allocate(ValueLayout.JAVA_INT);
            int code = Mpi.initThread(0, 0, Mpi.THREAD_SERIALIZED, provided.address());
            if (code != Mpi.SUCCESS) {
                throw new CommException(LoadedLibrary.title() + ": MPI_Init_thread failed with code " + code);
            }
            return provided.get(ValueLayout.JAVA_INT, 0);
        }
    }

    /** Open MPI started by srun without PMIx ends in MPI_Init, with a long text that names no remedy. */
    private static void requirePmix() {
        Map<String, String> env = System.getenv();
        boolean bySrun = World.around(env).map(World::launcher).filter("srun"::equals).isPresent();
        if (bySrun && LoadedLibrary.FAMILY == Library.OPEN_MPI && !env.containsKey("PMIX_RANK")) {
            throw new CommException("srun started this rank without PMIx, which Open MPI needs: use srun --mpi=pmix");
        }
    }

    @Override
    public void load() {
        try {
            Mpi.load();
        } catch (ExceptionInInitializerError e) {
            if (e.getCause() instanceof CommException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** The program behind the checks that need a library that is running. */
    private record Admitted(int ranks, int threadLevel, SpmdProgram program) implements SpmdProgram {
        @Override
        public void run(ghostrow.comm.Comm comm) throws Exception {
            WorldCheck.check(World.around(System.getenv()), ranks, comm);
            if (threadLevel < Mpi.THREAD_SERIALIZED) {
                throw new RankExit(Failure.CODE, "ghostrow: " + comm.library()
                        + " grants thread level " + threadLevel + "; MPI_THREAD_SERIALIZED ("
                        + Mpi.THREAD_SERIALIZED + ") is needed");
            }
            program.run(comm);
        }
    }
}
