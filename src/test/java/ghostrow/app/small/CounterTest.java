package ghostrow.app.small;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.Mpirun;
import ghostrow.spmd.Children;
import ghostrow.spmd.Setting;
import ghostrow.study.Ended;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who takes care loses nothing; who does not does, and it is told how much. */
class CounterTest {
    private static final Map<Setting, String> NUMBERS = Map.of(
            Setting.NATIVE_OPEN_MPI, "in an MPI shared window", Setting.NATIVE_MPICH, "in an MPI shared window",
            Setting.MPJ, "in memory of one JVM", Setting.OPENMPI, "in shared memory of the machine",
            Setting.MPJ_CLUSTER, "in shared memory of the machine");

    @TestFactory
    Stream<DynamicTest> ranksThatShareMemoryCountAsThreadsDo() {
        return SmallRun.on(NUMBERS.keySet().stream(), (setting, ranks, said) -> {
            assertCounted(said, ranks * 2 * 50);
            assertEquals(NUMBERS.get(setting), said.get("number"));
        }, "counter", "--threads", "2", "--pause", "0.5");
    }

    @Test
    void tenThreadsAreTheDefault() throws Exception {
        Map<String, String> said = SmallRun.alone("counter");
        assertEquals("1 rank of 10 threads, 50 adds each", said.get("workers"));
        assertCounted(said, 500);
    }

    @Test
    void oneWorkerLosesNothing() throws Exception {
        Map<String, String> said = SmallRun.alone("counter", "--threads", "1", "--adds", "3");
        assertTrue(said.get("unsafe").startsWith("3 of 3, none lost"), said.toString());
    }

    /** Workers that all pause between reading and writing cannot but lose something. */
    private static void assertCounted(Map<String, String> said, int all) {
        assertTrue(said.get("lock").startsWith(all + " of " + all + ", none lost"), said.toString());
        assertTrue(said.get("atomic").startsWith(all + " of " + all + ", none lost"), said.toString());
        String[] unsafe = said.get("unsafe").split("[^0-9]+");
        int counted = Integer.parseInt(unsafe[0]);
        assertTrue(counted >= 50 && counted < all, said.toString());
        assertEquals(all - counted, Integer.parseInt(unsafe[2]), said.toString());
    }

    @Test
    void ranksWithoutMemoryInCommonAreRefused() throws Exception {
        Ended ended = Children.end(SmallRun.onTwoMachines(Mpirun.Library.OPEN_MPI, "counter"));
        assertEquals(2, ended.code(), ended.toString());
        assertEquals(1, ended.out().lines().filter(line -> line.endsWith("ghostrow: counter takes ranks that share "
                + "memory, and these share none: start them all on one machine")).count(), ended.toString());
    }

    @Test
    void whatCannotWorkIsRefused() {
        SmallRun.refused("--adds 0: between 1 and", Counter::new, "--adds", "0");
        SmallRun.refused("--pause -1.0: between 0", Counter::new, "--pause", "-1");
        SmallRun.refused("--pause NaN: between 0", Counter::new, "--pause", "NaN");
        SmallRun.refused("--threads 0: between 1 and", Counter::new, "--threads", "0");
        SmallRun.refused("'6'", Counter::new, "6");
    }
}
