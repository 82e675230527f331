package ghostrow.app.small;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ghostrow.comm.Mpirun;
import ghostrow.spmd.Children;
import ghostrow.spmd.Setting;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every element is negated once, however many workers there are, and it is told how they share the array. */
class NegateTest {
    private static final Map<Setting, String> ARRAYS = Map.of(
            Setting.NATIVE_OPEN_MPI, "in an MPI shared window", Setting.NATIVE_MPICH, "in an MPI shared window",
            Setting.MPJ, "in memory of one JVM", Setting.SELF, "in memory of one JVM",
            Setting.OPENMPI, "in shared memory of the machine",
            Setting.MPJ_CLUSTER, "in shared memory of the machine");

    /** One rank has fewer threads than there are elements, and four have more. */
    @TestFactory
    Stream<DynamicTest> everyTransportNegatesAllElements() {
        return SmallRun.on(Setting.all(), (setting, ranks, said) -> {
            assertNegated(said);
            assertEquals(ARRAYS.get(setting), said.get("array"));
            assertEquals("0.0 0.1 0.2 0.3 0.4 0.5 0.6 " + (ranks == 1 ? "0.0 0.1 0.2" : "1.0 1.1 1.2")
                    + " (rank.thread)", said.get("by").replaceAll("\\s+", " "));
        }, "negate", "--threads", "7");
    }

    @Test
    void tenThreadsAreTheDefault() throws Exception {
        Map<String, String> said = SmallRun.alone("negate");
        assertNegated(said);
        assertEquals("1 rank of 10 threads", said.get("workers"));
    }

    @ParameterizedTest
    @EnumSource(Mpirun.Library.class)
    void ranksOfSeveralMachinesSendMessages(Mpirun.Library library) throws Exception {
        Map<String, String> said = SmallRun.read(Children.output(SmallRun.onTwoMachines(library, "negate")));
        assertNegated(said);
        assertEquals("sent by messages: these ranks share no memory", said.get("array"));
    }

    private static void assertNegated(Map<String, String> said) {
        assertEquals("1 2 3 4 5 6 7 8 9 10", said.get("before").replaceAll("\\s+", " "));
        assertEquals("-1 -2 -3 -4 -5 -6 -7 -8 -9 -10", said.get("after").replaceAll("\\s+", " "));
    }

    @Test
    void whatCannotWorkIsRefused() {
        SmallRun.refused("--threads 0: between 1 and", Negate::new, "--threads", "0");
        SmallRun.refused("--threads 5000: between 1 and", Negate::new, "--threads", "5000");
        SmallRun.refused("'6'", Negate::new, "6");
    }
}
