package ghostrow.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Processes side by side that nobody has made ranks are refused: each would be the only rank of a run of its own. */
class StrayTest {
    private static final Map<String, String> LSF = Map.of("LSB_JOBID", "7", "LSB_MCPU_HOSTS", "hosta 4 hostb 2");

    @Test
    void aPlainProcessAndARankAreNone() {
        assertEquals(Optional.empty(), Stray.in(Map.of("PATH", "/usr/bin"), false));
        assertEquals(Optional.empty(), Stray.in(Map.of("PMIX_RANK", "1", "OMPI_COMM_WORLD_RANK", "1",
                "OMPI_COMM_WORLD_SIZE", "2"), false));
    }

    @Test
    void aNumberWithoutASizeIsRefusedByThatNumber() {
        for (String name : new String[] {"PMIX_RANK", "PMI_RANK", "PALS_RANKID", "FLUX_TASK_RANK",
            "JSM_NAMESPACE_RANK", "ALPS_APP_PE"}) {
            Stray stray = Stray.in(Map.of(name, "3"), true).orElseThrow();
            assertEquals(3, stray.rank());
            assertTrue(stray.why().contains("process 3 (" + name + ")"), stray.why());
        }
    }

    @Test
    void blaunchCountsFromOne() {
        Stray stray = Stray.in(Map.of("LSB_JOBID", "7", "LSF_PM_TASKID", "2", "LSB_MCPU_HOSTS", "hosta 4"), true)
                .orElseThrow();
        assertEquals(1, stray.rank());
        assertTrue(stray.why().contains("use mpirun or jsrun"), stray.why());
    }

    @Test
    void aJobOfLsfWithSeveralSlotsHasToSayWhatItWants() {
        assertTrue(Stray.in(LSF, false).orElseThrow().why().contains("LSF job 7 has 6 slots"));
        assertEquals(Optional.empty(), Stray.in(LSF, true));
        assertEquals(Optional.empty(), Stray.in(Map.of("LSB_JOBID", "7", "LSB_MCPU_HOSTS", "hosta 1"), false));
        assertTrue(Stray.in(Map.of("LSB_JOBID", "7", "LSB_DJOB_NUMPROC", "8"), false).orElseThrow().why()
                .contains("8 slots"));
    }
}
