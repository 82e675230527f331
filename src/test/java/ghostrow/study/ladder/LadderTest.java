package ghostrow.study.ladder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.Json;
import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import ghostrow.study.Ended;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiny ladders of real runs. */
class LadderTest {
    private static final Path HOME = Path.of(".");

    @TempDir
    private Path folder;

    private static Ended ladder(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("./ghostrow", "ladder"));
        command.addAll(List.of(words));
        return Children.end(Children.launch(command).errorsApart());
    }

    /** 50 x 50 points: the whole is small enough to be run at once, once a step. */
    @Test
    void everyRungIsRunOnceAndKept() throws Exception {
        Needs.build();
        String out = folder.resolve("out").toString();
        String json = folder.resolve("ladder.json").toString();
        Ended first = ladder("mandelbrot", "100", "100", "--budget", "1", "--no-sweep", "--out", out, "--json", json);
        assertEquals(0, first.code(), first.out() + first.err());
        Path csv = Path.of(out, "ladder.csv");
        for (String file : List.of("ladder.csv", "ladder.svg", "ladder.png", "ladder.html")) {
            assertTrue(Files.size(Path.of(out, file)) > 1000, file);
            assertTrue(first.out().contains("file " + Path.of(out, file)), first.out());
        }
        List<String> rungs = Children.output(Children.launch("./ghostrow", "mandelbrot", "--kernel", "list")).lines()
                .map(line -> line.split(" ")[0]).toList();
        Book book = Book.open(Path.of(out), new Escapes(100, 100, List.of()), false);
        for (String rung : rungs) {
            assertTrue(first.out().lines().anyMatch(line -> line.startsWith(rung + " ")), rung + ": " + first.out());
        }
        assertTrue(first.out().lines().allMatch(line -> line.length() <= 80 || line.startsWith("file ")), first.out());
        assertTrue(first.out().contains(" times as fast as "), first.out());
        List<String> values = book.rows().stream().map(row -> row.text(Book.VALUE)).distinct().toList();
        assertEquals(1, values.size(), values.toString());

        Map<?, ?> account = (Map<?, ?>) Json.read(Files.readString(Path.of(json)));
        assertTrue(((List<?>) account.get("steps")).size() > rungs.size(), account.toString());

        String before = Files.readString(csv);
        long there = book.rows().stream().map(row -> row.text(Book.STEP)).distinct()
                .filter(step -> !step.contains("threads") && !step.contains("ranks")).count();
        Ended second = ladder("mandelbrot", "100", "100", "--budget", "1", "--no-sweep", "--out", out);
        assertTrue(second.err().contains(there + " steps are there already"), second.err());
        assertEquals(before, Files.readString(csv));
        assertEquals(first.out(), second.out());

        Ended other = ladder("mandelbrot", "110", "100", "--out", out);
        assertEquals(2, other.code());
        assertEquals(1, other.err().lines().count(), other.err());
    }

    /** A step that begins with another density cannot end with the right one. */
    @Test
    void aStepThatComputesSomethingElseIsWrong() throws Exception {
        Needs.build();
        Problem problem = Problem.of("diffusion", List.of("--set", "dx=1", "--set", "runtime=10"), HOME).orElseThrow();
        Step plain = Step.of("plain", "right");
        Step wrong = new Step("plain", new Mode("other", "other", List.of(), List.of("--initial", "x*y"), ""), "wrong");
        Step missing = Step.of("nobody", "no such rung");
        Book book = Book.open(folder, problem, false);
        Budget budget = Budget.of(1, false);
        Runner runner = new Runner(HOME, folder.resolve("files"), problem, budget.limit());
        Climb climb = new Climb(problem, plain, runner, book, budget, new PrintStream(new ByteArrayOutputStream()));
        List<Step> steps = List.of(wrong, missing, plain);
        climb.measure(steps, 0);
        Findings findings = Findings.of(problem, steps, plain, book, climb.absent());
        assertEquals(List.of(plain), findings.lines().stream().map(Findings.Line::step).toList());
        assertEquals(List.of(wrong), findings.wrong().stream().map(Finding.Wrong::step).toList());
        assertEquals(List.of(missing), findings.absent().stream().map(Finding.Absent::step).toList());
        assertTrue(findings.absent().getFirst().reason().startsWith("--kernel nobody: there are "),
                findings.absent().toString());
        assertEquals(Optional.empty(), new Report(problem, findings, Optional.empty(), book.rows()).sentence());
    }

    @Test
    void badWordsAreRefusedInOneLine() throws Exception {
        Needs.build();
        refused("no ladder of 'mandelbrto'; did you mean mandelbrot?", "mandelbrto");
        refused("--budget -1.0: must be seconds, above 0", "jacobi", "--budget", "-1");
        refused("--threads 0: at least 1 is needed", "jacobi", "--threads", "0");
        refused("W 0: between 1 and 33554432 are possible", "mandelbrot", "0", "100");
        refused("Unknown options: '--sise', '3'; did you mean --size?", "jacobi", "--size", "10", "--steps", "10",
                "--sise", "3");
    }

    private void refused(String expected, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--out", folder.resolve("none").toString()));
        Ended ended = ladder(all.toArray(String[]::new));
        assertEquals(2, ended.code(), ended.err());
        List<String> said = ended.err().lines().filter(line -> !line.startsWith("trying ")).toList();
        assertEquals(1, said.size(), ended.err());
        assertTrue(said.getFirst().startsWith("ghostrow: " + expected), ended.err());
        assertTrue(Files.notExists(folder.resolve("none")), expected);
    }
}
