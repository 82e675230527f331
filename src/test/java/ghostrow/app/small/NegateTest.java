package ghostrow.app.small;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ghostrow.comm.Mpirun;
import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import ghostrow.spmd.Setting;
import ghostrow.study.Launch;
import java.util.List;
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
            Setting.OPENMPI, "sent by messages: these ranks share no memory",
            Setting.MPJ_CLUSTER, "sent by messages: these ranks share no memory");

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
        Mpirun mpirun = Mpirun.find(library).orElse(null);
        Needs.software(mpirun != null, library.title() + " is not here");
        Needs.machine(Children.works("unshare", "--uts", "true"), "to name hosts takes rights that are not here");
        // To the library they are machines if they have names of their own.
        List<String> command = mpirun.command(2, List.of("unshare", "--uts", "sh", "-c",
                "hostname host${OMPI_COMM_WORLD_RANK:-$PMI_RANK} && exec ./ghostrow negate"));
        Launch launch = Children.launch(command);
        mpirun.prepare(launch.environment());
        Map<String, String> said = SmallRun.read(Children.output(launch));
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
