package ghostrow.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.run.Program;
import ghostrow.spmd.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who does not ask for a device does not pay for one: no class of this room is loaded. Those in the quick start's cache
 * are logged as well, all of them at the start, so that none may have been in use when it was trained; without the cache
 * the JVM loads, and verifies, what a run touches.
 */
class NotLoadedTest {
    private static final String ROOM = "ghostrow.gpu.";

    @Test
    void aRunWithoutADeviceLoadsNothingOfThisRoom(@TempDir Path folder) throws Exception {
        Needs.build();
        String out = folder.resolve("out").toString();
        List<List<String>> runs = List.of(
                List.of("diffusion", "params/diff2d-small.params", "--snapshots", "none", "--out", out, "--force"),
                List.of("mandelbrot", "50", "50", "--out", out, "--force"),
                List.of("eval", "sum(c)", "c=" + out + "/mandelbrot.vtkhdf:/VTKHDF/PointData/count"));
        for (List<String> words : runs) {
            for (String cache : List.of("auto", "off")) {
                assertEquals(List.of(), loaded(folder, cache, words), words.getFirst() + " with AOTMode=" + cache);
            }
        }
        assertTrue(!loaded(folder, "auto", List.of("doctor")).isEmpty(), "the log shows what the doctor loads");
    }

    private static List<String> loaded(Path folder, String cache, List<String> words) throws Exception {
        Path log = folder.resolve("classes.log");
        Program.Outcome outcome = Program.run(Map.of("GHOSTROW_JAVA_OPTS", "-XX:AOTMode=" + cache
                + " -Xlog:class+load:file=" + log), words.toArray(String[]::new));
        assertEquals(0, outcome.code(), outcome.toString());
        List<String> lines = Files.readAllLines(log);
        assertTrue(lines.stream().anyMatch(line -> line.contains(" ghostrow.Ghostrow ")), "no log of classes");
        return lines.stream().filter(line -> line.contains(ROOM)).toList();
    }
}
