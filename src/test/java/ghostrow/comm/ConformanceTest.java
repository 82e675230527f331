package ghostrow.comm;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ghostrow.comm.Conformance.Selection;
import ghostrow.spmd.Needs;
import ghostrow.spmd.Setting;
import ghostrow.spmd.SpmdRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every transport on every library keeps the promises of {@link Comm}, at several numbers of ranks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceTest {
    private static final Path REPORT = Path.of("target", "conformance.csv");
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final List<String> rows = new ArrayList<>();
    private int combinations;

    @TestFactory
    Stream<DynamicTest> everyTransportKeepsItsPromises() {
        return Setting.all().flatMap(setting -> IntStream.of(1, 2, 3, 4, 7)
                .filter(ranks -> ranks == 1 || !setting.equals(Setting.SELF))
                .mapToObj(ranks -> dynamicTest(setting + ", " + ranks + " ranks",
                        () -> check(setting, ranks, Selection.USUAL))));
    }

    /** Counts beyond 2^31 are sent in pieces; small pieces show that they are cut and joined rightly. */
    @TestFactory
    Stream<DynamicTest> messagesCutIntoPiecesKeepTheSamePromises() {
        return Setting.all().filter(setting -> !setting.equals(Setting.SELF))
                .map(setting -> dynamicTest(setting + ", 3 ranks, pieces of 1000 bytes",
                        () -> check(setting, 3, Selection.CHUNKS, "-Dghostrow.chunkBytes=1000")));
    }

    @TestFactory
    Stream<DynamicTest> messagesBeyondTwoGiBArriveWhole() {
        return Stream.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH)
                .map(setting -> dynamicTest(setting + ", 2 ranks, 2^31+24 bytes", () -> {
                    requireMemory(6);
                    check(setting, 2, Selection.HUGE);
                }));
    }

    private void check(Setting setting, int ranks, Selection selection, String... jvmFlags) {
        setting.require();
        try (SpmdRun run = new SpmdRun(setting, ranks, List.of(jvmFlags), Conformance.class,
                "--checks", selection.name())) {
            int code = run.awaitEnd(LIMIT);
            if (code != 0) {
                throw run.failure("ended with exit code " + code);
            }
            for (Check check : selection.checks()) {
                if (run.lines().stream().noneMatch(line -> line.text().equals("passed: " + check.name()))) {
                    throw run.failure("said nothing about '" + check.name() + "'");
                }
                rows.add(String.join(",", setting.toString(), "" + ranks, selection.name(),
                        '"' + check.name() + '"'));
            }
            combinations++;
        }
    }

    private static void requireMemory(long gib) throws IOException {
        String available = Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemAvailable:")).findFirst().orElseThrow();
        Needs.machine(Long.parseLong(available.replaceAll("\\D", "")) >= gib << 20,
                "less than " + gib + " GiB of memory: " + available);
    }

    @AfterAll
    void report() throws IOException {
        System.out.println("Conformance: " + rows.size() + " rows on " + combinations + " combinations");
        rows.addFirst("setting,ranks,selection,check");
        Files.write(REPORT, rows);
    }
}
