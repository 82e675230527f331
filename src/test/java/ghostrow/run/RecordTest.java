package ghostrow.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.spmd.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What records of real runs say of time is consistent: phases add up, and a process's parts make its whole. */
class RecordTest {
    /** In which a process's age is known, and what lies between the last looks at the clock. */
    private static final double UNKNOWN = 0.05;

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> timesAddUp() {
        String out = folder.resolve("out").toString();
        return Stream.of(
                List.of("diffusion", "--set", "dx=0.4", "--set", "runtime=1", "--set", "graphics=True", "--exchange",
                        "overlap", "--out", out, "--force", "--digest"),
                List.of("jacobi", "--size", "61", "--tolerance", "1e-4", "--check", "7"),
                List.of("jacobi", "--size", "61", "--steps", "0"),
                List.of("mandelbrot", "60", "60", "--out", out, "--force"),
                List.of("auc", "1000000", "--digest"),
                List.of("eval", "sum(sin(1.0))"))
                .flatMap(words -> Stream.of(Setting.SELF, Setting.NATIVE_OPEN_MPI)
                        .map(setting -> DynamicTest.dynamicTest(setting + " " + String.join(" ", words), () ->
                                check(setting, words))));
    }

    private void check(Setting setting, List<String> words) throws Exception {
        Map<?, ?> record = AppRun.record(setting, setting == Setting.SELF ? 1 : 2, folder, words.toArray(String[]::new));
        Map<?, ?> phases = (Map<?, ?>) record.get("phases");
        double seconds = number(record, "seconds");
        assertEquals(seconds, phases.keySet().stream().mapToDouble(name -> number(phases, name)).sum(), 1e-6,
                record.toString());
        ((Map<?, ?>) record.get("phasesOverRanks")).forEach((name, spread) -> {
            double mean = number((Map<?, ?>) spread, "mean");
            assertTrue(number((Map<?, ?>) spread, "min") <= mean * (1 + 1e-9) && mean <= number((Map<?, ?>) spread, "max")
                    * (1 + 1e-9), name + ": " + spread);
        });
        Map<?, ?> closing = (Map<?, ?>) record.get("closing");
        double closingSeconds = number(record, "closingSeconds");
        assertTrue(closing.keySet().stream().mapToDouble(name -> number(closing, name)).sum() <= closingSeconds,
                record.toString());
        assertTrue(seconds >= 0 && number(record, "startSeconds") > 0, record.toString());
        if (setting == Setting.SELF) {
            assertEquals(number(record, "wholeSeconds"), number(record, "startSeconds") + seconds + closingSeconds,
                    UNKNOWN, record.toString());
        }
    }

    private static double number(Map<?, ?> record, Object name) {
        return ((Number) record.get(name)).doubleValue();
    }
}
