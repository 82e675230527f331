package ghostrow.comm.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which libraries are tried, in which order. */
class LibraryChoiceTest {
    private static final LibraryFolders NOWHERE = new LibraryFolders(List.of());
    private static final List<String> OPEN_MPI = List.of("libmpi.so.40");
    private static final List<String> MPICH = List.of("libmpich.so.12", "libmpi.so.12");
    private static final List<String> OPEN_MPI_FIRST = List.of("libmpi.so.40", "libmpich.so.12", "libmpi.so.12");
    private static final List<String> MPICH_FIRST = List.of("libmpich.so.12", "libmpi.so.12", "libmpi.so.40");

    @Test
    void anMpirunLeavesNoChoice() {
        assertEquals(OPEN_MPI, names(Map.of("OMPI_COMM_WORLD_SIZE", "2", "PMIX_RANK", "0")));
        assertEquals(MPICH, names(Map.of("PMI_RANK", "0", "PMI_SIZE", "2", "MPI_LOCALNRANKS", "2")));
    }

    @Test
    void whereNobodyLaunchedWhateverIsInstalledWillDo() {
        assertEquals(OPEN_MPI_FIRST, names(Map.of()));
    }

    @Test
    void srunsLanguageSaysWhichIsLikely() {
        assertEquals(OPEN_MPI_FIRST, names(Map.of("PMIX_RANK", "0")));
        assertEquals(OPEN_MPI_FIRST, names(Map.of("PMIX_RANK", "0", "PMI_RANK", "0")));
        assertEquals(MPICH_FIRST, names(Map.of("PMI_FD", "6", "PMI_RANK", "0", "PMI_SIZE", "2")));
    }

    @Test
    void theUsersWordIsStrongest() {
        assertEquals(MPICH, wish("mpich"));
        assertEquals(MPICH, wish("MPICH"));
        assertEquals(OPEN_MPI, wish("OpenMPI"));
        assertEquals(List.of("/opt/mpich/lib/libmpi.so"), wish("/opt/mpich/lib/libmpi.so"));
    }

    @Test
    void theReasonIsTheSurroundingsOrTheUser() {
        assertEquals("MPICH's mpirun started this rank", reason(Map.of("MPI_LOCALNRANKS", "2", "PMI_RANK", "0")));
        assertEquals("GHOSTROW_MPI_LIBRARY asks for MPICH",
                reason(Map.of("OMPI_COMM_WORLD_SIZE", "2", "GHOSTROW_MPI_LIBRARY", "mpich")));
        assertEquals("PALS started this rank, the launcher of Cray MPICH", reason(Map.of("PALS_RANKID", "0")));
    }

    private static String reason(Map<String, String> env) {
        return LibraryChoice.of(env, NOWHERE).getFirst().reason();
    }

    private static List<String> wish(String word) {
        return names(Map.of("OMPI_COMM_WORLD_SIZE", "2", "GHOSTROW_MPI_LIBRARY", word));
    }

    private static List<String> names(Map<String, String> env) {
        return LibraryChoice.of(env, NOWHERE).stream().map(LibraryChoice::file).toList();
    }
}
