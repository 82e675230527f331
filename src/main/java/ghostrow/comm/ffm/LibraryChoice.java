package ghostrow.comm.ffm;

import ghostrow.comm.LibraryWish;
import ghostrow.comm.Mpirun.Library;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which library the surroundings ask for: each launcher starts ranks of its own family only. */
final class LibraryChoice {
    private LibraryChoice() {
    }

    /** What to load, the first that is there. The user's word is stronger than the surroundings. */
    static List<String> names(Map<String, String> env) {
        LibraryWish wish = LibraryWish.of(env);
        return wish.file().map(List::of)
                .orElseGet(() -> wish.family().map(LibraryChoice::names).orElseGet(() -> namesAround(env)));
    }

    static List<String> names(Library family) {
        return family == Library.MPICH ? List.of(family.soname(), Library.MPICH_UPSTREAM) : List.of(family.soname());
    }

    /**
     * An mpirun leaves no choice. The language that others speak says which family it usually is, and the other one
     * may have been built for it too: whether it was, the size of the world tells. PMIx before PMI: Slurm's PMIx plugin
     * may leave both. Nobody around means a world of one, for which either will do.
     */
    private static List<String> namesAround(Map<String, String> env) {
        if (env.containsKey("OMPI_COMM_WORLD_SIZE")) {
            return names(Library.OPEN_MPI);
        }
        if (env.containsKey("MPI_LOCALNRANKS")) {
            return names(Library.MPICH);
        }
        boolean pmi = env.containsKey("PMI_RANK") || env.containsKey("PMI_SIZE") || env.containsKey("PMI_FD");
        return pmi && !env.containsKey("PMIX_RANK") ? both(Library.MPICH, Library.OPEN_MPI)
                : both(Library.OPEN_MPI, Library.MPICH);
    }

    private static List<String> both(Library first, Library second) {
        return Stream.of(first, second).flatMap(family -> names(family).stream()).toList();
    }
}
