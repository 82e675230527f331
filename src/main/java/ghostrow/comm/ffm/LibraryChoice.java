package ghostrow.comm.ffm;

import ghostrow.comm.LibraryWish;
import ghostrow.comm.Mpirun.Library;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A library to load, and why that one: each launcher starts ranks of its own family only.
 *
 * @param file   a path, or a name that the system's loader is to find
 * @param reason a clause for users
 */
record LibraryChoice(String file, String reason) {

    /** What to load, the first that is there. The user's word is stronger than the surroundings. */
    static List<LibraryChoice> of(Map<String, String> env, LibraryFolders folders) {
        LibraryWish wish = LibraryWish.of(env);
        if (wish.file().isPresent()) {
            return List.of(new LibraryChoice(wish.file().get(), LibraryWish.VARIABLE + " names it"));
        }
        return wish.family()
                .map(family -> all(folders, LibraryWish.VARIABLE + " asks for " + family.title(), family))
                .orElseGet(() -> around(env, folders));
    }

    /**
     * An mpirun leaves no choice. The language that others speak says which family it usually is, and the other one
     * may have been built for it too: whether it was, the size of the world tells. PMIx before PMI: Slurm's PMIx plugin
     * may leave both. Nobody around means a world of one, for which either will do.
     */
    private static List<LibraryChoice> around(Map<String, String> env, LibraryFolders folders) {
        if (env.containsKey("OMPI_COMM_WORLD_SIZE")) {
            return all(folders, "Open MPI's mpirun started this rank", Library.OPEN_MPI);
        }
        if (env.containsKey("MPI_LOCALNRANKS")) {
            return all(folders, "MPICH's mpirun started this rank", Library.MPICH);
        }
        if (env.containsKey("PALS_RANKID")) {
            return all(folders, "PALS started this rank, the launcher of Cray MPICH", Library.MPICH);
        }
        if (env.containsKey("PMIX_RANK")) {
            return all(folders, "the launcher speaks PMIx, as Open MPI does", Library.OPEN_MPI, Library.MPICH);
        }
        if (env.containsKey("PMI_RANK") || env.containsKey("PMI_SIZE") || env.containsKey("PMI_FD")) {
            return all(folders, "the launcher speaks PMI, as MPICH does", Library.MPICH, Library.OPEN_MPI);
        }
        return all(folders, "no launcher is around, and it is the first there is", Library.OPEN_MPI, Library.MPICH);
    }

    private static List<LibraryChoice> all(LibraryFolders folders, String reason, Library... families) {
        return Stream.of(families).flatMap(family -> folders.files(family).stream())
                .map(file -> new LibraryChoice(file, reason)).toList();
    }
}
