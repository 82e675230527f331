package ghostrow.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whom a rank that gives up on a lost host may end. */
class StarterTest {
    private static Optional<Starter> starter(String file, String calledAs) {
        return Starter.of(7, file, calledAs);
    }

    @Test
    void mpirunIsKnownByWhateverNameItHas() {
        Optional<Starter> mpirun = Optional.of(new Starter(7, true));
        assertEquals(mpirun, starter("/usr/bin/orterun", "mpiexec.openmpi"));
        assertEquals(mpirun, starter("/opt/mpi/bin/orterun", "/opt/mpi/bin/mpirun"));
        assertEquals(mpirun, starter("/usr/bin/prte", "/usr/bin/prterun"));
        assertEquals(mpirun, starter("/usr/bin/prterun", ""));
    }

    @Test
    void aDaemonIsNoMpirunAndOneThatServesOtherJobsIsLeftAlone() {
        assertEquals(Optional.of(new Starter(7, false)), starter("/usr/bin/orted", "orted"));
        assertEquals(Optional.empty(), starter("/usr/bin/prte", "prte"));
        assertEquals(Optional.empty(), starter("/usr/bin/prted", "/usr/bin/prted"));
        assertEquals(Optional.empty(), starter("/usr/bin/dash", "/bin/sh"));
        assertEquals(Optional.empty(), starter("", ""));
    }
}
