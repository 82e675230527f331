package ghostrow.many;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.Json;
import ghostrow.run.Program;
import ghostrow.spmd.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Farms as users start them. */
class FarmTest {
    private static final int STOPPED = 75;

    @TempDir
    private Path folder;

    private Path tasks(String... lines) throws Exception {
        return Files.write(folder.resolve("tasks.txt"), Arrays.asList(lines));
    }

    private Path out() {
        return folder.resolve("farm");
    }

    private String[] words(String... more) {
        List<String> words = new ArrayList<>(List.of("farm", folder.resolve("tasks.txt").toString(), "--out", out().toString()));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private List<Map<String, String>> rows() throws Exception {
        return SweepTest.rows(out().resolve("farm.csv"));
    }

    private String output(String name) throws Exception {
        return Files.readString(out().resolve("tasks").resolve(name));
    }

    @TestFactory
    Stream<DynamicTest> eachTaskHasItsCodeAndItsOutput(@TempDir Path parent) {
        return Stream.of(Setting.SELF, Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH, Setting.MPJ).map(setting ->
                DynamicTest.dynamicTest(setting.toString(), () -> {
                    setting.require();
                    Path json = Files.createTempDirectory(parent, "set").resolve("farm.json");
                    tasks("# tasks", "echo one; echo two >&2", "", "ghostrow auc 1000", "exit 3", "ghostrow mandelbrot 40 --bad",
                            "echo $((6*7)) | cat", "true", "ghostrow sum --threads 1", "ghostrow --version", "false");
                    Program.Outcome outcome = Program.run(setting, setting.equals(Setting.SELF) ? 1 : 2,
                            words("--force", "--json", json.toString()));
                    assertEquals(1, outcome.code(), outcome.toString());
                    assertEquals(List.of("2", "4", "5", "6", "7", "8", "9", "10", "11"), column("line"));
                    assertEquals(List.of("0", "0", "3", "2", "0", "0", "0", "0", "1"), column("code"));
                    assertEquals("one\n", output("000002.out"));
                    assertEquals("two\n", output("000002.err"));
                    assertTrue(output("000004.out").contains("The area is 8.1736"), output("000004.out"));
                    assertTrue(output("000006.err").contains("Unknown option: '--bad'"), output("000006.err"));
                    assertEquals("42\n", output("000007.out"));
                    assertTrue(output("000009.out").contains("12499997500000"), output("000009.out"));
                    assertTrue(output("000010.out").startsWith("ghostrow "), output("000010.out"));
                    assertFalse(Files.exists(out().resolve("tasks/000005.out")));
                    assertTrue(outcome.out().contains("tasks      9: 6 computed, 0 reused, 3 failed"), outcome.out());
                    assertTrue(outcome.out().contains("failed     line 5 (exit 3): exit code 3\n"), outcome.out());
                    Map<?, ?> record = (Map<?, ?>) Json.read(Files.readString(json));
                    assertEquals(6L, record.get("computed"));
                }));
    }

    private List<String> column(String name) throws Exception {
        return rows().stream().map(row -> row.get(name)).toList();
    }

    @Test
    void aTaskThatFailsIsTriedAgainAsOftenAsAsked() throws Exception {
        Path mark = folder.resolve("mark");
        tasks("test -e " + mark + "2 || { test -e " + mark + " && touch " + mark + "2; touch " + mark + "; exit 1; }", "exit 4");
        Program.Outcome outcome = Program.run(words("--retries", "2"));
        assertEquals(1, outcome.code(), outcome.toString());
        assertEquals(List.of("done", "failed"), column("state"));
        assertEquals(List.of("3", "3"), column("attempt"));
    }

    @Test
    void aTaskBeyondItsTimeLimitIsEndedWithAllItHasStarted() throws Exception {
        Path late = folder.resolve("late");
        tasks("(sleep 3; touch " + late + ") & wait", "ghostrow jacobi --steps 100000000", "echo soon");
        Program.Outcome outcome = Program.run(words("--time-limit", "1"));
        assertEquals(1, outcome.code(), outcome.toString());
        assertEquals(List.of("124", "124", "0"), column("code"));
        assertTrue(outcome.out().contains("was ended after its time limit of 1.0 s"), outcome.out());
        Thread.sleep(2500);
        assertFalse(Files.exists(late));
    }

    @Test
    void manySmallTasksAreEachDoneOnce() throws Exception {
        Setting.NATIVE_OPEN_MPI.require();
        Path lines = folder.resolve("lines");
        tasks(IntStream.range(0, 200).mapToObj(i -> i % 10 == 0 ? "echo " + i + " >> " + lines : ":").toArray(String[]::new));
        Program.Outcome outcome = Program.run(Setting.NATIVE_OPEN_MPI, 3, words());
        assertEquals(0, outcome.code(), outcome.toString());
        assertEquals(IntStream.range(0, 20).map(i -> i * 10).boxed().collect(Collectors.toSet()),
                Files.readAllLines(lines).stream().map(Integer::valueOf).collect(Collectors.toSet()));
        assertEquals(20, Files.readAllLines(lines).size());
    }

    /** A rank that is killed leaves no task behind that would go on beside its next attempt. */
    @Test
    void aTaskEndsWithItsRankAndIsDoneByTheNextStart() throws Exception {
        Setting.NATIVE_OPEN_MPI.require();
        Path mark = folder.resolve("mark");
        tasks("echo a >> " + mark, "sleep 2; echo b >> " + mark, "echo c >> " + mark);
        try (Program program = Program.start(Setting.NATIVE_OPEN_MPI, 2, words())) {
            Path journal = out().resolve("journal");
            while (!(Files.exists(mark) && Files.readAllLines(mark).size() == 2
                    && new Account(journal, 3).refresh().state(1) == State.running)) {
                Thread.sleep(10);
            }
            program.ranks().forEach(ProcessHandle::destroyForcibly);
            assertTrue(program.end().code() != 0);
        }
        Thread.sleep(2500);
        assertEquals(2, Files.readAllLines(mark).size());
        Program.Outcome outcome = Program.run(Setting.NATIVE_OPEN_MPI, 2, words());
        assertEquals(0, outcome.code(), outcome.toString());
        assertEquals(List.of("a", "b", "c"), Files.readAllLines(mark).stream().sorted().toList());
        assertEquals(List.of("1", "2", "1"), column("attempt"));
    }

    @Test
    void aSignalLetsTasksEndAndBeginsNoMore() throws Exception {
        tasks(IntStream.range(0, 40).mapToObj(i -> "sleep 0.3").toArray(String[]::new));
        try (Program program = Program.start(words("--ranks", "2"))) {
            Path journal = out().resolve("journal");
            while (!(Files.exists(journal) && new Account(journal, 40).refresh().over() > 2)) {
                Thread.sleep(10);
            }
            Program.signal("TERM", program.ranks().getFirst());
            Program.Outcome outcome = program.end();
            assertEquals(STOPPED, outcome.code(), outcome.toString());
        }
        assertFalse(column("state").contains("failed"));
        assertTrue(column("state").contains("open"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "farm                                    | no file of tasks: expected ghostrow farm TASKS.txt",
        "farm none.txt                           | none.txt: no such file",
        "farm README.md --retries -1             | --retries -1: must not be negative",
        "farm README.md --time-limit -1          | --time-limit -1.0: must be seconds, above 0",
        "farm README.md --retries x              | Invalid value for option '--retries'",
        "farm --status docs                      | docs: no farm has left its journal there (journal/about.json is missing)"})
    void whatCannotBeIsOneLine(String words, String why) throws Exception {
        Program.Outcome outcome = Program.run(words.split(" "));
        assertEquals(2, outcome.code(), outcome.toString());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().contains(why), outcome.err());
    }
}
