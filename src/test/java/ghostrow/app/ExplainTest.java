package ghostrow.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.explain.Explained;
import ghostrow.run.Program;
import ghostrow.spmd.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --explain} as users type it. */
class ExplainTest {
    @TempDir
    Path folder;

    @BeforeEach
    void built() {
        Needs.build();
    }

    @Test
    void aRungThatIsCompiledBeforehandElsewhereIsExplainedAsWell() throws Exception {
        Explained blocked = explained("jacobi", "--kernel", "blocked");
        blocked.says("RowStep.Jacobi.four        C2");
        assertFalse(blocked.text().contains("RowStep.Diffusion"), blocked.text());
    }

    @Test
    void boxedMakesObjectsInItsLoop() throws Exception {
        Explained boxed = explained("mandelbrot", "--kernel", "boxed", "--out", folder.resolve("out").toString());
        assertTrue(boxed.lines("BoxedEscape.counts", '4') >= 3, boxed.text());
        boxed.method("Complex.times");
        boxed.says("invokeinterface List.get");
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void expandedMakesNone() throws Exception {
        Explained expanded = explained("diffusion", "--kernel", "expanded");
        assertEquals(0, expanded.lines("ExpandedStencil.diffusion", '4'));
        assertEquals(0, expanded.lines("ExpandedStencil.at", '4'));
        assertTrue(expanded.lines("ExpandedStencil.diffusion", '2') > 0, expanded.text());
        assertFalse(expanded.text().contains("ExpandedStencil.jacobi ("), expanded.text());
    }

    private static Explained explained(String app, String... words) throws Exception {
        Program.Outcome outcome = Program.run(Stream.concat(Stream.of(app, "--explain"), Stream.of(words))
                .toArray(String[]::new));
        assertEquals("0 ", outcome.code() + " " + outcome.err());
        Explained explained = new Explained(outcome.out());
        explained.fitsATerminal();
        return explained;
    }

    @Test
    void moreThanOneRankIsRefused() throws Exception {
        for (String app : new String[] {"diffusion", "jacobi", "mandelbrot"}) {
            refused("--explain is done by one rank: leave away --ranks", Program.run(app, "--explain", "--ranks", "2"));
        }
        refused("leave away the launcher", Program.run(Map.of("OMPI_COMM_WORLD_RANK", "0", "OMPI_COMM_WORLD_SIZE", "2",
                "OMPI_COMM_WORLD_LOCAL_SIZE", "2"), "jacobi", "--explain"));
    }

    @Test
    void withoutACompilerThereIsNoC() throws Exception {
        for (String app : new String[] {"jacobi", "mandelbrot"}) {
            refused("--kernel c needs a C compiler", Program.run(Map.of("CC", "no-such-cc"), app, "--kernel", "c",
                    "--explain"));
        }
    }

    private static void refused(String why, Program.Outcome outcome) {
        assertEquals(2, outcome.code(), outcome.toString());
        assertTrue(outcome.err().contains(why), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
    }
}
