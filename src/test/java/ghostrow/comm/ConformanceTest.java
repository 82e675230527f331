package ghostrow.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
    private static final long MEMORY_OF_HUGE_GIB = 6;

    /** Counts beyond 2^31 are sent in pieces; small pieces show that they are cut and joined rightly. */
    private static final String SMALL_PIECES = "-D" + Pieces.PROPERTY + "=1000";
    private static final String NO_SHARED_MEMORY = "-D" + MachineCounter.PROPERTY + "=false";

    /** One start of ranks, which make all checks of the selection. */
    private record Combination(Setting setting, int ranks, Selection selection, List<String> jvmFlags) {
        Stream<String> rows(Stream<String> checks) {
            return checks.map(check -> String.join(",", setting.toString(), Integer.toString(ranks), selection.name(),
                    '"' + check + '"'));
        }

        @Override
        public String toString() {
            return setting + ", " + ranks + " ranks, " + selection;
        }
    }

    private final List<String> rows = new ArrayList<>();
    private final Set<Combination> ran = new HashSet<>();

    /**
     * Alone, with one other, and odd numbers and powers of two beyond. Many ranks of MPICH, which spin while they wait,
     * and many JVMs that are started one after the other, would tell no more than they tell elsewhere.
     */
    private static Stream<Combination> usual() {
        return Stream.of(usual(Setting.SELF, 1),
                usual(Setting.NATIVE_OPEN_MPI, 1, 2, 3, 4, 7), usual(Setting.MPJ, 1, 2, 3, 4, 7),
                usual(Setting.NATIVE_MPICH, 1, 2, 3, 4), usual(Setting.OPENMPI, 1, 2, 3),
                usual(Setting.MPJ_CLUSTER, 1, 2, 4),
                IntStream.of(1, 2, 3, 4, 7).mapToObj(n -> new Combination(Setting.CHECK, n, Selection.CORRECT, List.of())))
                .flatMap(combinations -> combinations);
    }

    private static Stream<Combination> usual(Setting setting, int... ranks) {
        return IntStream.of(ranks).mapToObj(n -> new Combination(setting, n, Selection.USUAL, List.of()));
    }

    private static Stream<Combination> pieces() {
        return Setting.all().filter(setting -> !setting.equals(Setting.SELF))
                .map(setting -> new Combination(setting, 3, Selection.CHUNKS, List.of(SMALL_PIECES)));
    }

    private static Stream<Combination> counters() {
        return Setting.underMpirun()
                .map(setting -> new Combination(setting, 3, Selection.COUNTERS, List.of(NO_SHARED_MEMORY)));
    }

    private static Stream<Combination> huge() {
        return Stream.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH)
                .map(setting -> new Combination(setting, 2, Selection.HUGE, List.of()));
    }

    @TestFactory
    Stream<DynamicTest> everyTransportKeepsItsPromises() {
        return tests(usual());
    }

    @TestFactory
    Stream<DynamicTest> messagesCutIntoPiecesKeepTheSamePromises() {
        return tests(pieces());
    }

    @TestFactory
    Stream<DynamicTest> countersBetweenMachinesKeepTheSamePromises() {
        return tests(counters());
    }

    @TestFactory
    Stream<DynamicTest> messagesBeyondTwoGiBArriveWhole() {
        return tests(huge());
    }

    private Stream<DynamicTest> tests(Stream<Combination> combinations) {
        return combinations.map(combination -> dynamicTest(combination.toString(), () -> check(combination)));
    }

    private void check(Combination combination) throws IOException {
        combination.setting.require();
        if (combination.selection == Selection.HUGE) {
            requireMemory();
        }
        ran.add(combination);
        // Not what is printed: mpirun's tags may fall into the middle of a line where there are many.
        Path report = Files.createTempFile("conformance", ".passed");
        try (SpmdRun run = new SpmdRun(combination.setting, combination.ranks, combination.jvmFlags,
                Conformance.class, "--checks", combination.selection.name(), "--passed", report.toString())) {
            int code = run.awaitEnd(LIMIT);
            if (code != 0) {
                throw run.failure("ended with exit code " + code);
            }
            List<String> passed = Files.readAllLines(report);
            for (Check check : combination.selection.checks()) {
                if (!passed.contains(check.name())) {
                    throw run.failure("said nothing about '" + check.name() + "'");
                }
            }
            combination.rows(passed.stream()).forEach(rows::add);
        } finally {
            Files.delete(report);
        }
    }

    private static void requireMemory() throws IOException {
        String available = Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemAvailable:")).findFirst().orElseThrow();
        Needs.machine(Long.parseLong(available.replaceAll("\\D", "")) >= MEMORY_OF_HUGE_GIB << 20,
                "less than " + MEMORY_OF_HUGE_GIB + " GiB of memory: " + available);
    }

    /** What was said must be what had to be said, each thing once; on CI that is everything. */
    @AfterAll
    void everyRowIsThere() throws IOException {
        System.out.println("Conformance: " + rows.size() + " rows on " + ran.size() + " combinations");
        List<String> report = new ArrayList<>(rows);
        report.addFirst("setting,ranks,selection,check");
        Files.write(REPORT, report);
        boolean all = "true".equals(System.getenv("CI"));
        List<String> missing = Stream.of(usual(), pieces(), counters(), huge()).flatMap(combinations -> combinations)
                .filter(combination -> all || ran.contains(combination))
                .flatMap(combination -> combination.rows(combination.selection.checks().stream().map(Check::name)))
                .collect(Collectors.toCollection(ArrayList::new));
        List<String> unexpected = rows.stream().filter(row -> !missing.remove(row)).toList();
        assertEquals("missing [], unexpected []", "missing " + missing + ", unexpected " + unexpected,
                "the rows of " + REPORT);
    }
}
