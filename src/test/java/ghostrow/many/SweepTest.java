package ghostrow.many;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.app.curve.AucCommand;
import ghostrow.app.diffusion.DiffusionCommand;
import ghostrow.app.diffusion.JacobiCommand;
import ghostrow.app.mandelbrot.MandelbrotCommand;
import ghostrow.app.small.Fibonacci;
import ghostrow.data.CsvText;
import ghostrow.data.InputException;
import ghostrow.data.Json;
import ghostrow.run.AppRun;
import ghostrow.run.Swept;
import ghostrow.spmd.Setting;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sweeps inside this JVM: one rank, or ranks that are threads. */
class SweepTest {
    private static final List<String> SMALL = List.of("diffusion", "--set", "runtime=1", "--vary", "dx=0.5:1:0.25", "--vary",
            "D=0.5,1");

    @TempDir
    private Path folder;

    /** Those that these tests sweep over. */
    static Callable<Integer> named(String name, List<String> words) {
        return switch (name) {
            case "diffusion" -> new DiffusionCommand(words);
            case "jacobi" -> new JacobiCommand(words);
            case "mandelbrot" -> new MandelbrotCommand(words);
            case "auc" -> new AucCommand(words);
            case "fibonacci" -> new Fibonacci(words);
            case "farm" -> new Farm(words, SweepTest::named);
            default -> throw new InputException("no app '" + name + "'");
        };
    }

    /** What it ended with, and what it printed. */
    private record Said(int code, String out) {
    }

    private Said sweep(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        all.addAll(List.of("--out", out().toString()));
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            int code = AppRun.execute(line -> new Sweep(Stream.concat(Stream.of("sweep"), line.stream()).toList(),
                    SweepTest::named), all);
            return new Said(code, bytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }

    private Path out() {
        return folder.resolve("sweep");
    }

    static List<Map<String, String>> rows(Path csv) throws Exception {
        List<List<String>> lines = CsvText.lines(Files.readString(csv));
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < line.size(); i++) {
                row.put(lines.getFirst().get(i), line.get(i));
            }
            rows.add(row);
        }
        return rows;
    }

    private List<Map<String, String>> rows() throws Exception {
        return rows(out().resolve("sweep.csv"));
    }

    /** Without what differs from run to run. */
    private List<Map<String, String>> results() throws Exception {
        List<Map<String, String>> rows = rows();
        rows.forEach(row -> row.keySet().removeAll(List.of("seconds", "caseSeconds", "worker", "attempt", "pointsPerSecond",
                "gflops", "imbalance")));
        return rows;
    }

    @Test
    void aCaseFindsWhatARunOfItsOwnFinds() throws Exception {
        Said said = sweep(SMALL, "--digest", "--reduce", "max(sum)", "--reduce", "mean(dx*sum)", "--reduce", "count(D > 0.7)");
        assertEquals(0, said.code, said.out);
        List<Map<String, String>> rows = rows();
        assertEquals(6, rows.size());
        double most = 0;
        double sum = 0;
        for (Map<String, String> row : rows) {
            Map<?, ?> alone = AppRun.record(folder, DiffusionCommand::new, 1, "--set", "runtime=1", "--set", "dx=" + row.get("dx"),
                    "--set", "D=" + row.get("D"), "--digest", "--snapshots", "none", "--out", folder.resolve("alone").toString());
            assertEquals(alone.get("sum").toString(), row.get("sum"));
            assertEquals(alone.get("digest"), row.get("digest"));
            assertEquals("done", row.get("state"));
            most = Math.max(most, Double.parseDouble(row.get("sum")));
            sum += Double.parseDouble(row.get("dx")) * Double.parseDouble(row.get("sum"));
        }
        assertTrue(said.out.contains("reduced    max(sum) = " + most + "\n"), said.out);
        // Six terms: the sum's own order may differ in the last bit.
        double mean = Double.parseDouble(said.out.replaceAll("(?s).*mean\\(dx\\*sum\\) = (\\S+).*", "$1"));
        assertEquals(sum / 6, mean, 1e-15 * sum);
        assertTrue(said.out.contains("reduced    count(D > 0.7) = 3\n"), said.out);
        assertTrue(said.out.contains("cases      6: 6 computed, 0 reused, 0 failed\n"), said.out);
        try (Stream<Path> left = Files.list(out())) {
            assertEquals(List.of("journal", "sweep.csv"), left.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }

    @TestFactory
    Stream<DynamicTest> anyNumberOfRanksAndGroupsFindTheSame() throws Exception {
        sweep(SMALL);
        List<Map<String, String>> alone = results();
        return Stream.of(List.of("2", "1"), List.of("3", "2"), List.of("4", "4")).map(how -> DynamicTest.dynamicTest(
                how.getFirst() + " ranks in groups of " + how.getLast(), () -> {
                    Setting.MPJ.require();
                    Said said = sweep(SMALL, "--force", "--ranks", how.getFirst(), "--group", how.getLast(), "--transport", "mpj");
                    assertEquals(0, said.code, said.out);
                    assertTrue(said.out.contains("6 computed, 0 reused"), said.out);
                    assertEquals(alone, results());
                }));
    }

    @Test
    void whatIsDoneIsNotDoneAgain() throws Exception {
        sweep(SMALL);
        List<Map<String, String>> before = rows();
        Said again = sweep(SMALL, "--reduce", "min(sum)");
        assertEquals(0, again.code);
        assertTrue(again.out.contains("6: 0 computed, 6 reused, 0 failed"), again.out);
        assertEquals(before, rows());
    }

    @Test
    void aCaseThatFailsIsALineThatSaysWhy() throws Exception {
        List<String> words = List.of("diffusion", "--vary", "dx=1,-1,900,abc", "--set", "runtime=1");
        Said said = sweep(words);
        assertEquals(1, said.code, said.out);
        assertTrue(said.out.contains("4: 1 computed, 0 reused, 3 failed"), said.out);
        assertTrue(said.out.contains("case 2 (dx=-1): --set: dx = '-1'"), said.out);
        List<Map<String, String>> rows = rows();
        assertEquals(List.of("done", "failed", "failed", "failed"), rows.stream().map(row -> row.get("state")).toList());
        assertTrue(rows.get(3).get("why").contains("abc"), rows.toString());
        assertTrue(sweep(words).out.contains("0 computed, 1 reused, 3 failed"));
        assertEquals(List.of("1", "1", "1", "1"), rows().stream().map(row -> row.get("attempt")).toList());
        assertTrue(sweep(words, "--retry-failed").out.contains("0 computed, 1 reused, 3 failed"));
        assertEquals(List.of("1", "2", "2", "2"), rows().stream().map(row -> row.get("attempt")).toList());
    }

    @Test
    void optionsArgumentsAndFormulasVary() throws Exception {
        assertEquals(0, sweep(List.of("mandelbrot", "--vary", "W=40,60", "--vary", "maxiter=20,30")).code);
        for (Map<String, String> row : rows()) {
            Map<?, ?> alone = AppRun.record(folder, MandelbrotCommand::new, 1, row.get("W"), row.get("maxiter"), "--no-output");
            assertEquals(alone.get("validationSum").toString(), row.get("validationSum"));
        }
        Said said = sweep(List.of("diffusion", "--set", "runtime=1", "--set", "dx=1", "--vary", "initial=x,where(x>0,1,2)",
                "--force"));
        assertEquals(0, said.code, said.out);
        assertEquals("where(x>0,1,2)", rows().getLast().get("initial"));
        Path table = Files.writeString(folder.resolve("cases.csv"), "N,rule\n100,simpson\n200,gauss\n");
        assertEquals(0, sweep(List.of("auc", "--cases", table.toString(), "--force")).code);
        assertEquals("200", rows().getLast().get("points"));
    }

    @Test
    void filesAreLeftWhereTheyAreAskedFor() throws Exception {
        assertEquals(0, sweep(List.of("mandelbrot", "--vary", "W=40,60", "--files")).code);
        assertTrue(Files.exists(out().resolve("cases/000002/mandelbrot.png")));
        assertTrue(Files.readString(out().resolve("cases/000001/out.txt")).contains("Total sum of elements"));
        assertEquals(0, sweep(List.of("diffusion", "--set", "dx=1", "--snapshots", "last", "--vary", "D=1,2", "--force")).code);
        assertTrue(Files.exists(out().resolve("cases/000001/diffusion.vtkhdf")));
        assertFalse(Files.exists(out().resolve("cases/000001/mandelbrot.png")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "diffusion                                     | nothing varies: expected --vary NAME=VALUES, or --cases FILE",
        "--vary a=1                                    | no app: which is to be run",
        "fibonacci --vary N=1:5                        | fibonacci: is no app for a sweep",
        "nosuch --vary N=1:5                           | no app 'nosuch'",
        "diffusion --vary dz=1,2                       | --vary dz: diffusion has no such parameter, option or argument; did you mean dx?",
        "diffusion --vary dx=1 --vary dx=2             | --vary: dx is there twice",
        "diffusion --set dx=1 --vary dx=2              | dx: is varied and set at the same time",
        "mandelbrot --maxiter 5 --vary maxiter=2       | --maxiter: is varied and given at the same time",
        "mandelbrot --vary maxiter=2 --cases x.csv     | --cases and --vary exclude each other",
        "mandelbrot --vary no-output=1                 | --vary no-output: --no-output takes no value",
        "mandelbrot 10 --vary W=2                      | --vary W: mandelbrot has 1 fixed arguments, so the first to vary must be MAXITER",
        "diffusion --vary ranks=1,2                    | --vary ranks: diffusion has no such parameter",
        "diffusion --restart --vary dx=1               | --restart: is not for a case of a sweep",
        "diffusion --nosuch 3 --vary dx=1              | diffusion: Unknown option: '--nosuch'",
        "jacobi --size x --vary steps=1                | jacobi: Invalid value for option '--size'",
        "jacobi --vary size=1:200000                   | 200000 cases: say --yes if that is what you want",
        "jacobi --vary size=1,2 --group 2              | --group 2: between 1 and the number of ranks, 1, are possible",
        "jacobi --vary size=1,2 --reduce max(sumo)     | --reduce 'max(sumo)': unknown name 'sumo'; did you mean 'sum'?",
        "jacobi --vary size=1,2 --reduce sum+1         | --reduce 'sum+1': expected a reduction of columns",
        "jacobi --vary size=1,2 --reduce max(3)        | --reduce 'max(3)': expected a reduction of columns",
        "jacobi --vary size=1,2 --reduce max(          | --reduce 'max(':",
        "jacobi --vary size=1:9:-1                     | turn its sign"})
    void whatCannotBeIsRefusedBeforeAnythingIsDone(String words, String why) {
        InputException refused = assertThrows(InputException.class, () -> sweep(List.of(words.split(" "))));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
        assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        assertFalse(Files.exists(out()));
    }

    @Test
    void threadsMakeNoOtherSweep() throws Exception {
        List<String> words = List.of("jacobi", "--vary", "size=20,30", "--steps", "30", "--digest");
        assertEquals(0, sweep(words, "--threads", "2").code);
        assertTrue(sweep(words).out.contains("0 computed, 2 reused"));
        List<Map<String, String>> two = results();
        assertEquals(0, sweep(words, "--force").code);
        assertEquals(two, results());
        assertThrows(InputException.class, () -> sweep(List.of("jacobi", "--vary", "threads=1,2"), "--threads", "2"));
    }

    @Test
    void theFolderOfAnotherSweepIsLeftAlone() throws Exception {
        sweep(List.of("jacobi", "--vary", "size=5,6", "--steps", "3"));
        String before = Files.readString(out().resolve("sweep.csv"));
        InputException refused = assertThrows(InputException.class,
                () -> sweep(List.of("jacobi", "--vary", "size=5,7", "--steps", "3")));
        assertTrue(refused.getMessage().contains("holds other work, 'ghostrow sweep jacobi --vary size=5,6"), refused.getMessage());
        assertEquals(before, Files.readString(out().resolve("sweep.csv")));
        assertEquals(0, sweep(List.of("jacobi", "--vary", "size=5,7", "--steps", "3", "--force")).code);
    }

    @Test
    void aDryRunShowsTheCasesAndRunsNone() {
        Said said = sweep(List.of("jacobi", "--vary", "size=100,2000", "--steps", "1000", "--dry-run"));
        assertEquals(0, said.code);
        List<String> lines = said.out.lines().toList();
        assertEquals(3, lines.size(), said.out);
        assertTrue(lines.get(1).endsWith("jacobi --steps 1000 --size=2000"), said.out);
        assertTrue(lines.get(2).matches("2 cases, about 2(\\.\\d+)? s of one core: 0.00056 core hours; the longest .*"), said.out);
        assertFalse(Files.exists(out()));
    }

    @Test
    void theStatusOfWhatHasEndedSaysHowItEnded() throws Exception {
        sweep(List.of("diffusion", "--vary", "dx=1,-1", "--set", "runtime=1"));
        Said said = sweep(List.of(), "--status", out().toString());
        assertTrue(said.out.contains("cases      2: 1 done, 1 failed, 0 left"), said.out);
        assertTrue(said.out.contains("number 1, nobody is at work now"), said.out);
        assertThrows(InputException.class, () -> sweep(List.of(), "--status", folder.resolve("none").toString()));
    }

    /** A column that a table promises and a formula may use, the record has. */
    @TestFactory
    Stream<DynamicTest> theFiguresOfAnAppAreInItsRecord() {
        return Stream.of("diffusion --set runtime=1 --snapshots none", "jacobi --size 20 --tolerance 0.1", "mandelbrot 20 20 --no-output",
                "auc 100").map(line -> DynamicTest.dynamicTest(line, () -> {
                    List<String> words = new ArrayList<>(List.of(line.split(" ")));
                    Swept app = (Swept) named(words.getFirst(), words);
                    Path json = folder.resolve("record.json");
                    words.addAll(List.of("--digest", "--json", json.toString()));
                    if (!line.startsWith("jacobi") && !line.startsWith("auc")) {
                        words.addAll(List.of("--out", folder.toString()));
                    }
                    AppRun.execute(all -> named(words.getFirst(), words), words.subList(1, words.size()));
                    Map<?, ?> record = (Map<?, ?>) Json.read(Files.readString(json));
                    assertEquals(List.of(), app.figures().stream().filter(name -> !record.containsKey(name)).toList());
                    assertTrue(app.expectedSeconds() >= 0);
                }));
    }
}
