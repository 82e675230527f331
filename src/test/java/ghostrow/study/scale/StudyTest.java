package ghostrow.study.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.InputException;
import ghostrow.spmd.Needs;
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
        List<Setting> settings = java.util.Arrays.stream(ranks).mapToObj(n -> new Setting(n, 1)).toList();
        return new Study(HOME, folder, new Study.Question(kind, Workload.JACOBI, arguments, settings, repeats),
                new PrintStream(progress, true));
    }

    @Test
    void whatHasARowIsNotRunAgainAndAllHaveTheSameBits() throws Exception {
        Needs.build();
        Launcher here = new Launcher(List.of());
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

    @Test
    void aRecordThatWasCutOffIsMadeAgain() throws Exception {
        Needs.build();
        Launcher here = new Launcher(List.of());
        study(Study.Kind.STRONG, PLATE, 1, 1).run(here);
        Files.delete(Study.csv(folder));
        Path record = folder.resolve("runs/1x1-1.json");
        Files.writeString(record, Files.readString(record).substring(0, 100));
        study(Study.Kind.STRONG, PLATE, 1, 1).run(here);
        assertTrue(progress.toString().contains("1x1-1.json is no record"), progress.toString());
        Row row = Csv.open(Study.csv(folder)).rows().getFirst();
        assertEquals(1, row.number("imbalance"));
        assertTrue(row.text("launcher").contains("ghostrow jacobi --size 200"), row.text("launcher"));
    }

    @Test
    void aFailingRunStopsTheStudyWithItsLastWords() throws Exception {
        Needs.build();
        StudyException failed = assertThrows(StudyException.class,
                () -> study(Study.Kind.STRONG, List.of("--sise", "3"), 1, 1).run(new Launcher(List.of())));
        assertTrue(failed.getMessage().contains("exit code 2") && failed.getMessage().contains("  | "),
                failed.getMessage());
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
