package ghostrow.app.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.InputException;
import ghostrow.formula.FormulaException;
import ghostrow.run.AppRun;
import ghostrow.spmd.Children;
import ghostrow.study.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Formulas in the diffusion: what it begins with, and how it is stepped. */
class FormulaStartTest {
    private static final String PEAKS = "(1 - abs(1 - 4*abs((y - 0.0)/20.0)))*(1 - abs(1 - 4*abs((x - 0.0)/20.0)))";

    @TempDir
    Path folder;

    @Test
    void thePublishedPeaksAsAFormulaGiveThePublishedBits() throws Exception {
        Object published = digest(1, "published");
        assertEquals(published, digest(1, "typed", "--initial", PEAKS));
        assertEquals(published, digest(3, "by three", "--initial", PEAKS));
    }

    @Test
    void xGrowsFromColumnToColumn() throws Exception {
        Object alongX = digest(1, "x", "--initial", "x");
        assertEquals(alongX, digest(2, "x by two", "--initial", "1.0*x"));
        assertTrue(!alongX.equals(digest(1, "y", "--initial", "y")));
    }

    @Test
    void theFormulaRungGivesTheBitsOfTheOthers() throws Exception {
        Object blocked = digest(1, "blocked");
        assertEquals(blocked, digest(1, "one", "--kernel", "formula", "--threads", "2"));
        assertEquals(blocked, digest(3, "three", "--kernel", "formula", "--exchange", "overlap"));
        for (int ranks : new int[] {1, 3}) {
            assertEquals(jacobi(ranks, "plain"), jacobi(ranks, "formula"));
        }
    }

    @Test
    void aRestartNeedsTheSameStart() throws Exception {
        digest(1, "run", "--initial", "x*y");
        String[] again = {"--restart", "--initial", "y*x"};
        InputException refusal = assertThrows(InputException.class, () -> new Start("sum(x)").check());
        assertTrue(refusal.getMessage().contains("without sum"), refusal.getMessage());
        digest(1, "run", "--restart", "--initial", "x*y");
        assertEquals(2, again(again));
    }

    /** A refusal among ranks ends the whole JVM, so that this one has its own. */
    private int again(String... words) throws Exception {
        List<String> command = Stream.concat(Stream.of("./ghostrow", "diffusion", "params/diff2d-small.params",
                "--set", "dx=0.5", "--snapshots", "last", "--out", folder.resolve("run").toString()),
                Stream.of(words)).toList();
        Ended ended = Children.end(Children.launch(command));
        assertTrue(ended.out().contains("another --initial"), ended.out());
        return ended.code();
    }

    @Test
    void aFormulaThatCannotBeUsedIsRefused() {
        assertThrows(FormulaException.class, () -> new Start("z + 1").check());
    }

    private Object digest(int ranks, String name, String... words) throws IOException {
        String[] all = Stream.concat(Stream.of("params/diff2d-small.params", "--set", "dx=0.5", "--snapshots", "last",
                "--out", folder.resolve(name).toString(), "--digest"), Stream.of(words)).toArray(String[]::new);
        return AppRun.record(folder, DiffusionCommand::new, ranks, all).get("digest");
    }

    private Object jacobi(int ranks, String kernel) throws IOException {
        return AppRun.record(folder, JacobiCommand::new, ranks, "--size", "70", "--steps", "40", "--digest", "--kernel",
                kernel).get("digest");
    }
}
