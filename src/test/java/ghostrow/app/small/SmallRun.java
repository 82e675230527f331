package ghostrow.app.small;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.Mpirun;
import ghostrow.data.InputException;
import ghostrow.run.AppRun;
import ghostrow.run.Program;
import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import ghostrow.spmd.Setting;
import ghostrow.study.Launch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import picocli.CommandLine.ParameterException;

/** Runs of small apps as users make them, and what they say: a word at the beginning of each line, and the rest. */
final class SmallRun {
    /** Ranks that know others, each number on another transport and library. */
    private static final Map<Setting, Integer> RANKS = Map.of(Setting.SELF, 1, Setting.MPJ, 2, Setting.NATIVE_MPICH, 3,
            Setting.NATIVE_OPEN_MPI, 4, Setting.OPENMPI, 2, Setting.MPJ_CLUSTER, 2);

    /** What is to be true of a run. */
    @FunctionalInterface
    interface Expectation {
        void of(Setting setting, int ranks, Map<String, String> said);
    }

    private SmallRun() {
    }

    static Stream<DynamicTest> on(Stream<Setting> settings, Expectation expectation, String... words) {
        return settings.map(setting -> DynamicTest.dynamicTest(setting + ", " + RANKS.get(setting) + " ranks", () -> {
            setting.require();
            int ranks = RANKS.get(setting);
            expectation.of(setting, ranks, read(Children.output(setting.ghostrow(ranks, words))));
        }));
    }

    /** Two ranks, each on a machine of its own as far as anybody can tell: a name makes one. */
    static Launch onTwoMachines(Mpirun.Library library, String app) throws Exception {
        Mpirun mpirun = Mpirun.find(library).orElse(null);
        Needs.software(mpirun != null, library.title() + " is not here");
        Needs.machine(Children.works("unshare", "--uts", "true"), "to name hosts takes rights that are not here");
        Launch launch = Children.launch(mpirun.command(2, List.of("unshare", "--uts", "sh", "-c",
                "hostname host${OMPI_COMM_WORLD_RANK:-$PMI_RANK} && exec ./ghostrow " + app)));
        mpirun.prepare(launch.environment());
        return launch;
    }

    static Map<String, String> alone(String... words) throws Exception {
        Program.Outcome outcome = Program.run(words);
        assertEquals(0, outcome.code(), outcome.toString());
        return read(outcome.out());
    }

    static Map<String, String> read(String out) {
        Map<String, String> said = new TreeMap<>();
        for (String line : out.strip().split("\n")) {
            assertTrue(line.length() <= 80, "longer than a terminal is wide: " + line);
            String[] parts = line.split("\\s+", 2);
            assertEquals(null, said.put(parts[0], parts[1].strip()), "said twice: " + out);
        }
        return said;
    }

    /** Before anything is started. */
    static void refused(String why, Function<List<String>, Callable<Integer>> app, String... words) {
        RuntimeException refusal = assertThrows(RuntimeException.class, () -> AppRun.execute(app, List.of(words)));
        assertTrue(refusal instanceof InputException || refusal instanceof ParameterException, refusal.toString());
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }
}
