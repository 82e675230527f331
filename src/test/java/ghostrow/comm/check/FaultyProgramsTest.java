package ghostrow.comm.check;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ghostrow.comm.check.CheckRun.Outcome;
import ghostrow.comm.check.Programs.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes that people make, each in a small program of its own, beside the same program as it should be. */
class FaultyProgramsTest {
    private static final int EACH = 5;
    private static final int ALL = 40;
    private static final long ORDERS = 5;
    private static final int WIDTH = 80;

    @TempDir
    private static Path classes;
    private static Programs programs;

    @BeforeAll
    static void compile() throws IOException {
        programs = new Programs(classes);
    }

    @TestFactory
    Stream<DynamicTest> everyMistakeIsFoundAtItsLine() {
        return programs.all().filter(program -> !program.isFixed())
                .map(program -> dynamicTest(program.toString(), () -> isFound(program)));
    }

    private static void isFound(Program program) {
        Outcome outcome = programs.run(program, 0);
        outcome.failed().ifPresent(failed -> {
            throw new AssertionError("rank " + failed.rank() + " has failed", failed.thrown());
        });
        String told = told(outcome.findings());
        assertAll(told,
                () -> assertEquals(1, outcome.findings().size()),
                () -> assertEquals(Kind.valueOf(program.kind().toUpperCase(Locale.ROOT)),
                        outcome.findings().getFirst().kind()),
                () -> assertEquals(program.lines(), outcome.findings().getFirst().places().stream().map(Place::line)
                        .collect(Collectors.toCollection(TreeSet::new))),
                () -> assertEquals(List.of(program.name() + ".java"), outcome.findings().getFirst().places().stream()
                        .map(Place::file).distinct().toList()),
                () -> assertTrue(told.lines().allMatch(line -> line.length() <= WIDTH)));
    }

    @TestFactory
    Stream<DynamicTest> nothingIsSaidOfTheSameAsItShouldBe() {
        return programs.all().filter(Program::isFixed)
                .map(program -> dynamicTest(program.toString(), () -> isClean(program)));
    }

    private static void isClean(Program program) {
        for (long seed = 0; seed < ORDERS; seed++) {
            Outcome outcome = programs.run(program, seed);
            outcome.failed().ifPresent(failed -> {
                throw new AssertionError("rank " + failed.rank() + " has failed", failed.thrown());
            });
            assertEquals("", told(outcome.findings()), "with seed " + seed);
        }
    }

    private static String told(List<Finding> findings) {
        return findings.stream().map(Finding::told).collect(Collectors.joining("\n"));
    }

    @Test
    void thereAreEnoughOfEachKind() {
        Map<String, Long> pairs = programs.all().filter(program -> program.isFixed() && programs.holds(program.twin()))
                .collect(Collectors.groupingBy(Program::kind, Collectors.counting()));
        assertEquals(Arrays.stream(Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new)), new TreeSet<>(pairs.keySet()));
        assertTrue(pairs.values().stream().allMatch(count -> count >= EACH), pairs.toString());
        assertTrue(pairs.values().stream().mapToLong(Long::longValue).sum() >= ALL, pairs.toString());
        assertEquals(2 * pairs.values().stream().mapToLong(Long::longValue).sum(), programs.all().count());
    }

    /** What docs/checking.md shows is what is told of these. */
    @Test
    void thePageShowsWhatIsTold() throws IOException {
        String page = Files.readString(Path.of("docs/checking.md"));
        for (String name : List.of("BothReceiveFirst", "OtherOrder", "TooLong", "EdgeTouchedInStep", "FirstComeFirst")) {
            Program program = programs.all().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
            String told = told(programs.run(program, 0).findings());
            assertTrue(page.contains("\n" + told.indent(4)), told);
        }
        assertTrue(page.contains(programs.all().filter(Program::isFixed).count() + " in all"), page);
    }
}
