package ghostrow.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import ghostrow.study.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Every app on the MPI libraries of newer systems, where {@code make test-matrix} has made such systems here. */
class MatrixTest {
    @Test
    void everyAppRunsOnEveryLibraryThatIsHere() throws Exception {
        Needs.machine(Files.exists(Path.of(".setup/matrix/trixie.done")),
                "no other MPI libraries than this machine's: make test-matrix makes systems with them");
        Ended ended = Children.end(Children.launch("src/setup/matrix", "run", "--quick"));
        System.out.println(ended.out());
        assertEquals(0, ended.code(), ended.out());
        assertTrue(ended.out().contains("Open MPI v5") && ended.out().contains("MPICH 4.2"), ended.out());
    }
}
