package ghostrow.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.Mpirun.Library;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MpirunTest {
    private final Mpirun openMpi = new Mpirun(Library.OPEN_MPI, Path.of("/opt/bin/mpirun"));
    private final Mpirun mpich = new Mpirun(Library.MPICH, Path.of("/opt/bin/mpiexec.hydra"));

    @Test
    void openMpiMayStartMoreRanksThanCoresAndBindsNone() {
        assertEquals(List.of("/opt/bin/mpirun", "--oversubscribe", "--bind-to", "none", "-np", "7",
                "prog", "-x"),
                openMpi.command(7, List.of("prog", "-x")));
    }

    @Test
    void mpichNeedsNoOptions() {
        assertEquals(List.of("/opt/bin/mpiexec.hydra", "-np", "2", "prog"),
                mpich.command(2, List.of("prog")));
    }

    @Test
    void openMpiRunsAsRootAndStaysOnThisMachine() {
        Map<String, String> environment = new HashMap<>();
        openMpi.prepare(environment);
        assertEquals("1", environment.get("OMPI_ALLOW_RUN_AS_ROOT"));
        assertEquals("1", environment.get("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"));
        assertEquals("lo", environment.get("OMPI_MCA_btl_tcp_if_include"));
    }

    @Test
    void whatTheUserHasSetStays() {
        Map<String, String> environment = new HashMap<>(Map.of("OMPI_MCA_btl_tcp_if_include", "eth1"));
        openMpi.prepare(environment);
        assertEquals("eth1", environment.get("OMPI_MCA_btl_tcp_if_include"));
    }

    @Test
    void mpichNeedsNothingSet() {
        Map<String, String> environment = new HashMap<>();
        mpich.prepare(environment);
        assertEquals(Map.of(), environment);
    }

    @Test
    void programsAreFoundOnThePath() {
        assertTrue(Mpirun.onPath("sh").filter(Files::isExecutable).isPresent());
        assertTrue(Mpirun.onPath("no-such-program").isEmpty());
    }

    @Test
    void whatIsInstalledIsFoundForEachLibraryOnce() {
        for (Mpirun found : Mpirun.installed()) {
            assertTrue(Files.isExecutable(found.program()), found + " can be executed");
            assertEquals(found, Mpirun.find(found.library()).orElseThrow());
        }
    }
}
