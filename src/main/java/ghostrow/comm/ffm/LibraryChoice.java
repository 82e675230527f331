package ghostrow.comm.ffm;

import ghostrow.comm.Mpirun.Library;
import java.util.List;
import java.util.Map;

/** Which library the surroundings ask for: each launcher starts ranks of its own family only. */
final class LibraryChoice {
    /** A path, the name of a library, {@code openmpi} or {@code mpich}; stronger than the surroundings. */
    static final String OVERRIDE = "GHOSTROW_MPI_LIBRARY";

    /** MPICH installed from source, and the libraries that share its ABI, call themselves this. */
    private static final String MPICH_UPSTREAM = "libmpi.so.12";

    private LibraryChoice() {
    }

    /** What to load, the first that is there. */
    static List<String> names(Map<String, String> env) {
        String override = env.getOrDefault(OVERRIDE, "");
        return switch (override) {
            case "" -> names(family(env));
            case "openmpi" -> names(Library.OPEN_MPI);
            case "mpich" -> names(Library.MPICH);
            default -> List.of(override);
        };
    }

    static List<String> names(Library family) {
        return family == Library.MPICH ? List.of(family.soname(), MPICH_UPSTREAM) : List.of(family.soname());
    }

    /** PMIX before PMI: Slurm's PMIx plugin may leave both, and MPICH's launcher sets PMI alone. */
    private static Library family(Map<String, String> env) {
        if (env.containsKey("OMPI_COMM_WORLD_SIZE") || env.containsKey("PMIX_RANK")) {
            return Library.OPEN_MPI;
        }
        if (env.containsKey("PMI_RANK") || env.containsKey("PMI_SIZE") || env.containsKey("PMI_FD")) {
            return Library.MPICH;
        }
        // Nobody launched this process: a world of one, for which either would do.
        return Library.OPEN_MPI;
    }
}
