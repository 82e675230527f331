package ghostrow.app.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.InputException;
import ghostrow.kernel.Stencils;
import ghostrow.run.AppRun;
import ghostrow.spmd.Needs;
import ghostrow.spmd.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs by every rung, against those by the definition. */
class GridRungsTest {
    private static final List<String> DIFFUSION = List.of("--set", "dx=0.4", "--set", "runtime=6", "--snapshots", "none",
            "--force");
    private static final List<String> JACOBI = List.of("--size", "70", "--steps", "100");

    @TempDir
    private Path folder;

    /** Three ranks by two threads for one workload, one rank for the other. */
    @TestFactory
    Stream<DynamicTest> everyRungGivesTheBitsOfTheDefinition() throws IOException {
        Object diffusion = diffusion(1, "plain", 1);
        Object jacobi = jacobi(1, "plain", 1);
        return GridRungs.all().stream().map(rung -> DynamicTest.dynamicTest(rung.label(), () -> {
            require(rung);
            assertEquals(diffusion, diffusion(3, rung.label(), 2));
            assertEquals(jacobi, jacobi(1, rung.label(), 2));
        }));
    }

    @Test
    void piecesOfAnySizeGiveTheBitsOfTheDefinition() throws IOException {
        Object plain = jacobi(1, "plain", 1);
        for (String piece : List.of("1", "70", "141", "1000000")) {
            assertEquals(plain, jacobi(1, "blocked-array", 1, "--piece", piece), piece);
        }
    }

    @Test
    void realRanksCompileAndShareTheirC() throws Exception {
        require(new CStencils());
        Object plain = jacobi(1, "plain", 1);
        for (Setting setting : List.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH)) {
            for (String rung : List.of("c", "boxed")) {
                assertEquals(plain, AppRun.record(setting, 3, folder, "jacobi", "--size", "70", "--steps", "100",
                        "--digest", "--kernel", rung).get("digest"), setting + " " + rung);
            }
        }
    }

    @Test
    void whatCannotWorkIsRefused() {
        refused("did you mean expanded? there are boxed, local, ", "--kernel", "expandde");
        refused("only --kernel blocked-array works in pieces", "--kernel", "whole-array", "--piece", "100");
        refused("between 1 and", "--kernel", "blocked-array", "--piece", "0");
        refused("between 1 and", "--kernel", "blocked-array", "--piece", "2000000000");
        refused("GiB of Java's heap for this grid", "--kernel", "boxed", "--size", "100000");
    }

    private static void require(Stencils rung) {
        Needs.software(rung.missing().isEmpty(), "--kernel " + rung.label() + ", which needs "
                + rung.missing().orElse("nothing"));
    }

    private void refused(String why, String... words) {
        String said = assertThrows(InputException.class, () -> AppRun.execute(JacobiCommand::new, List.of(words)))
                .getMessage();
        assertTrue(said.contains(why), said);
    }

    private Object diffusion(int ranks, String rung, int threads) throws IOException {
        return digest(DiffusionCommand::new, Stream.concat(DIFFUSION.stream(), Stream.of("--out",
                folder.resolve("out").toString())).toList(), ranks, rung, threads);
    }

    private Object jacobi(int ranks, String rung, int threads, String... more) throws IOException {
        return digest(JacobiCommand::new, Stream.concat(JACOBI.stream(), Stream.of(more)).toList(), ranks, rung, threads);
    }

    private Object digest(Function<List<String>, Callable<Integer>> app, List<String> words, int ranks, String rung,
            int threads) throws IOException {
        return AppRun.record(folder, app, ranks, Stream.concat(words.stream(), Stream.of("--digest", "--kernel", rung,
                "--threads", Integer.toString(threads))).toArray(String[]::new)).get("digest");
    }
}
