package ghostrow.study.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.InputException;
import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import ghostrow.study.Csv;
import ghostrow.study.Row;
import ghostrow.study.StudyException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny study of real runs. */
class StudyTest {
    private static final Path HOME = Path.of(".");
    private static final List<String> PLATE = List.of("--size", "200", "--steps", "200");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    private Study study(Study.Kind kind, List<String> arguments, int repeats, int... ranks) throws Exception {
        return study(kind, Workload.JACOBI, arguments, repeats, ranks);
    }

    private Study study(Study.Kind kind, Workload workload, List<String> arguments, int repeats, int... ranks)
            throws Exception {
        List<Setting> settings = java.util.Arrays.stream(ranks).mapToObj(n -> new Setting(n, 1)).toList();
        return new Study(HOME, folder, new Study.Question(kind, workload, arguments, settings, repeats),
                new PrintStream(progress, true));
    }

    @Test
    void whatHasARowIsNotRunAgainAndAllHaveTheSameBits() throws Exception {
        Needs.build();
        Launcher here = Launcher.here(System.getenv());
        study(Study.Kind.STRONG, PLATE, 1, 1, 2).run(here);
        List<Row> first = Csv.open(Study.csv(folder)).rows();
        assertEquals(2, first.size());
        study(Study.Kind.STRONG, PLATE, 2, 1, 2).run(here);
        List<Row> rows = Csv.open(Study.csv(folder)).rows();
        assertEquals(4, rows.size());
        assertEquals(first.stream().map(row -> row.text("date")).toList(),
                rows.subList(0, 2).stream().map(row -> row.text("date")).toList());
        assertTrue(progress.toString().contains("2 runs are there already, 2 are to be done"), progress.toString());
        assertTrue(Summary.of(rows).sameBits());
        InputException other = assertThrows(InputException.class, () -> study(Study.Kind.WEAK, PLATE, 1, 1));
        assertTrue(other.getMessage().contains("choose another --out"), other.getMessage());
    }

    /** Its problem grows by itself: the program knows its ranks. */
    @Test
    void aProgramOfTheUsersOwnIsStudied() throws Exception {
        Needs.build();
        String file = Files.writeString(folder.resolve("Sleep.java"), """
                void rank(Comm comm, String... words) throws InterruptedException {
                    Thread.sleep(Integer.parseInt(words[1]));
                }
                """).toString();
        study(Study.Kind.WEAK, Workload.RUN, List.of(file, "--pause", "300"), 1, 1, 2).run(Launcher.here(System.getenv()));
        List<Row> rows = Csv.open(Study.csv(folder)).rows();
        assertEquals(2, rows.size());
        rows.forEach(row -> assertTrue(row.seconds() >= 0.3, row.text("seconds")));
        Summary.Line two = Summary.of(rows).lines().get(1);
        assertEquals(2 * rows.get(0).seconds() / rows.get(1).seconds(), two.speedUp().median(), 1e-9);
        assertTrue(Double.isNaN(two.rate()), "nobody knows what its work is");
    }

    @Test
    void aRecordThatWasCutOffIsMadeAgain() throws Exception {
        Needs.build();
        Launcher here = Launcher.here(System.getenv());
        study(Study.Kind.STRONG, PLATE, 1, 1).run(here);
        Files.delete(Study.csv(folder));
        Path record = folder.resolve("runs/1x1-1.json");
        Files.writeString(record, Files.readString(record).substring(0, 100));
        study(Study.Kind.STRONG, PLATE, 1, 1).run(here);
        assertTrue(progress.toString().contains("1x1-1.json is no record"), progress.toString());
        Row row = Csv.open(Study.csv(folder)).rows().getFirst();
        assertEquals(1, row.number("imbalance"));
        assertTrue(row.text("launcher").contains("ghostrow jacobi --ranks 1 --size 200"), row.text("launcher"));
    }

    @Test
    void aFailingRunStopsTheStudyWithItsLastWords() throws Exception {
        Needs.build();
        StudyException failed = assertThrows(StudyException.class,
                () -> study(Study.Kind.STRONG, List.of("--sise", "3"), 1, 1).run(Launcher.here(System.getenv())));
        assertTrue(failed.getMessage().contains("exit code 2") && failed.getMessage().contains("  | "),
                failed.getMessage());
    }

    /** 100 x 100 cells on one rank, 141 x 141 on two: what the report says is worked out again from the rows. */
    @Test
    void aWeakStudyReportsWhatItsRowsSay() throws Exception {
        Needs.build();
        String said = Children.output(Children.launch("./ghostrow", "scale", "weak", "jacobi", "--size", "100",
                "--steps", "300", "--ranks", "1,2", "--repeats", "3", "--out", folder.toString()).errorsApart());
        List<Row> rows = Csv.open(Study.csv(folder)).rows();
        double[] medians = new double[2];
        for (int ranks = 1; ranks <= 2; ranks++) {
            String given = "" + ranks;
            List<Row> some = rows.stream().filter(row -> row.text("ranks").equals(given)).toList();
            assertEquals(List.of(ranks == 1 ? 100.0 : 141.0), some.stream().map(row -> row.number("n")).distinct()
                    .toList());
            assertEquals(List.of(300.0), some.stream().map(row -> row.number("steps")).distinct().toList());
            medians[ranks - 1] = some.stream().mapToDouble(Row::seconds).sorted().toArray()[1];
        }
        double speedUp = 141.0 * 141 / (100 * 100) * medians[0] / medians[1];
        String two = Files.readString(folder.resolve("report.txt")).lines().filter(line -> line.contains("2 x 1 "))
                .findFirst().orElseThrow();
        String expected = String.format(java.util.Locale.ROOT, "2 x 1 %.3f .* %.2f .* %.0f %%", medians[1], speedUp,
                100 * speedUp / 2);
        assertTrue(two.strip().replaceAll("\\s+", " ").matches(expected), two + " is not " + expected);
        assertTrue(said.startsWith("Weak scaling of jacobi --size 100 --steps 300\n"), said);
        assertTrue(said.contains("Gustafson: serial fraction") && said.contains("All runs of one problem ended with the "
                + "same bits."), said);
        assertTrue(Files.readString(folder.resolve("report.html")).contains("Weak scaling of jacobi"));
        assertEquals(said, Children.output(Children.launch("./ghostrow", "scale", "report", folder.toString())));
    }

    @Test
    void grownProblemsKeepTheWorkOfAWorker() {
        assertEquals(List.of("--steps", "5", "--size", "2000"),
                Workload.JACOBI.grown(HOME, List.of("--size", "1000", "--steps", "5"), 4));
        assertEquals(List.of("200", "50"), Workload.MANDELBROT.grown(HOME, List.of("100", "50"), 4));
        assertEquals(List.of("30"), Workload.AUC.grown(HOME, List.of("10"), 3));
        assertThrows(InputException.class, () -> Workload.AUC.grown(HOME, List.of(), 3));
    }
}
