package ghostrow.hits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.spmd.Children;
import ghostrow.spmd.Setting;
import ghostrow.spmd.SpmdRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole runs with counters in them. */
class CountedRunTest {
    /** What the program itself says of {@code mandelbrot 300 100}. */
    private static final long EVALUATIONS = 555686;

    private static final List<String> VECTORS = List.of("--add-modules=jdk.incubator.vector");

    @TempDir
    Path folder;

    @Test
    void noKernelComputesAnythingElse() throws Exception {
        String said = Children.output(Children.launch(Children.java(VECTORS, CountedKernels.class, folder.toString())));
        List<String> digests = said.lines().filter(line -> line.startsWith("digest ")).toList();
        assertTrue(digests.size() > 20, said);
        assertEquals(List.of(), digests.stream().filter(line -> !line.startsWith("digest same")).toList());
        assertTrue(said.lines().anyMatch(line -> line.matches("total [1-9]\\d{7,}, untouched 0")), said);
    }

    /** A count, as {@link CountedGhostrow} prints it. */
    private record Printed(String group, String owner, String method, int line, long count, String text) {
        static Stream<Printed> in(Stream<String> lines) {
            return lines.filter(line -> line.contains("hits|"))
                    .map(line -> line.substring(line.indexOf("hits|")).split("\\|", 7))
                    .map(parts -> new Printed(parts[1], parts[2], parts[3], Integer.parseInt(parts[4]),
                            Long.parseLong(parts[5]), parts[6]));
        }
    }

    @Test
    void classesMadeAtRunTimeCount() throws Exception {
        String said = Children.output(Children.launch(Children.java(VECTORS, CountedGhostrow.class, "Generated", "auc",
                "1000")));
        List<Printed> printed = Printed.in(said.lines()).toList();
        assertTrue(printed.stream().anyMatch(each -> each.method().startsWith("vectors") && each.count() > 10), said);
    }

    static Stream<Setting> settings() {
        return Stream.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH, Setting.OPENMPI, Setting.MPJ);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void ranksTogetherReachTheLineAsOftenAsTheyEvaluate(Setting setting) throws Exception {
        setting.require();
        int ranks = 2;
        try (SpmdRun run = new SpmdRun(setting, ranks, List.of(), CountedGhostrow.class, "PlainEscape.escape",
                "mandelbrot", "300", "100", "--kernel", "plain", "--schedule", "cyclic", "--no-output")) {
            assertEquals(0, run.awaitEnd(Duration.ofSeconds(60)), () -> run.failure("failed").getMessage());
            List<Printed> evaluations = Printed.in(run.lines().stream().map(line -> line.text()))
                    .filter(each -> each.text().startsWith("double next = re * re")).toList();
            assertEquals(EVALUATIONS, evaluations.stream().mapToLong(Printed::count).sum(), evaluations.toString());
            assertEquals(ranks, evaluations.size());
            if (setting.equals(Setting.MPJ)) {
                assertEquals(Set.of("rank 0", "rank 1"),
                        evaluations.stream().map(Printed::group).collect(Collectors.toSet()));
            }
        }
    }
}
