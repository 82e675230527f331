package ghostrow.comm.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which libraries are tried, in which order. */
class LibraryChoiceTest {
    private static final List<String> OPEN_MPI = List.of("libmpi.so.40");
    private static final List<String> MPICH = List.of("libmpich.so.12", "libmpi.so.12");
    private static final List<String> OPEN_MPI_FIRST = List.of("libmpi.so.40", "libmpich.so.12", "libmpi.so.12");
    private static final List<String> MPICH_FIRST = List.of("libmpich.so.12", "libmpi.so.12", "libmpi.so.40");

    @Test
    void anMpirunLeavesNoChoice() {
        assertEquals(OPEN_MPI, LibraryChoice.names(Map.of("OMPI_COMM_WORLD_SIZE", "2", "PMIX_RANK", "0")));
        assertEquals(MPICH, LibraryChoice.names(Map.of("PMI_RANK", "0", "PMI_SIZE", "2", "MPI_LOCALNRANKS", "2")));
    }

    @Test
    void whereNobodyLaunchedWhateverIsInstalledWillDo() {
        assertEquals(OPEN_MPI_FIRST, LibraryChoice.names(Map.of()));
    }

    @Test
    void srunsLanguageSaysWhichIsLikely() {
        assertEquals(OPEN_MPI_FIRST, LibraryChoice.names(Map.of("PMIX_RANK", "0")));
        assertEquals(OPEN_MPI_FIRST, LibraryChoice.names(Map.of("PMIX_RANK", "0", "PMI_RANK", "0")));
        assertEquals(MPICH_FIRST, LibraryChoice.names(Map.of("PMI_FD", "6", "PMI_RANK", "0", "PMI_SIZE", "2")));
    }

    @Test
    void theUsersWordIsStrongest() {
        assertEquals(MPICH, wish("mpich"));
        assertEquals(MPICH, wish("MPICH"));
        assertEquals(OPEN_MPI, wish("OpenMPI"));
        assertEquals(List.of("/opt/mpich/lib/libmpi.so"), wish("/opt/mpich/lib/libmpi.so"));
    }

    private static List<String> wish(String word) {
        return LibraryChoice.names(Map.of("OMPI_COMM_WORLD_SIZE", "2", "GHOSTROW_MPI_LIBRARY", word));
    }
}
