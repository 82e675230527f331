package ghostrow.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ghostrow.spmd.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** One run of each app as two ranks of each MPI library, and what one rank without any says to it. */
class EveryAppTest {
    private record Run(List<String> words, String result) {
        String app() {
            return words.getFirst();
        }
    }

    private static final List<Run> RUNS = List.of(
            new Run(List.of("diffusion", "params/diff2d-small.params", "--digest"), "digest"),
            new Run(List.of("jacobi", "--size", "200", "--steps", "300", "--digest"), "digest"),
            new Run(List.of("mandelbrot", "200", "300"), "validationSum"),
            new Run(List.of("auc", "1000000"), "area"));

    @TestFactory
    Stream<DynamicTest> everyAppGivesTheSameOnEveryLibrary(@TempDir Path parent) {
        return Stream.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH).flatMap(setting -> RUNS.stream()
                .map(run -> DynamicTest.dynamicTest(run.app() + ", " + setting, () -> {
                    setting.require();
                    Map<String, Object> two = record(parent, setting, 2, run);
                    assertEquals(2L, ((Number) two.get("ranks")).longValue());
                    assertEquals(record(parent, Setting.SELF, 1, run).get(run.result), two.get(run.result));
                })));
    }

    @TestFactory
    Stream<DynamicTest> smallProgramsRunOnEveryLibrary() {
        // Those that have tests of their own on both take turns.
        return Stream.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH).flatMap(setting -> Stream.concat(
                Stream.of("ring", "pingpong"), setting.equals(Setting.NATIVE_MPICH) ? Stream.of("fibonacci 25", "counter")
                        : Stream.of("sum 1000", "negate"))
                .map(line -> DynamicTest.dynamicTest(line + ", " + setting, () -> {
                    setting.require();
                    Program.Outcome outcome = Program.run(setting, 2, line.split(" "));
                    // Nothing that a launcher has to say about its settings.
                    assertEquals("0 ", outcome.code() + " " + outcome.err(), outcome.toString());
                })));
    }

    private static Map<String, Object> record(Path parent, Setting setting, int ranks, Run run) throws Exception {
        Stream<String> out = run.app().equals("diffusion") || run.app().equals("mandelbrot")
                ? Stream.of("--out", Files.createTempDirectory(parent, "run").toString()) : Stream.empty();
        String[] words = Stream.of(run.words.stream(), out, Stream.of("--json", "-")).flatMap(part -> part)
                .toArray(String[]::new);
        Program.Outcome outcome = setting.equals(Setting.SELF) ? Program.run(words) : Program.run(setting, ranks, words);
        assertEquals(0, outcome.code(), outcome.toString());
        return outcome.record();
    }
}
