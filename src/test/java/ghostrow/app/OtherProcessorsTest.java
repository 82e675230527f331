package ghostrow.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.Ghostrow;
import ghostrow.app.diffusion.PlainLoops;
import ghostrow.data.Json;
import ghostrow.spmd.Children;
import ghostrow.study.Ended;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs give the same bits on processors with shorter vectors, and in a JVM without the Vector API. */
class OtherProcessorsTest {
    private static final List<String> VECTORS = List.of("--add-modules=jdk.incubator.vector");
    private static final List<String> SHORTER = List.of("--add-modules=jdk.incubator.vector",
            "-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=2");
    private static final List<String> NONE = List.of();

    /** An app's words, and what plain loops say that it ends in. */
    private record Work(List<String> words, Object expected) {
    }

    @TempDir
    private Path out;

    private List<Work> works() throws Exception {
        return List.of(
                new Work(List.of("diffusion", Path.of("params/diff2d-small.params").toAbsolutePath().toString(),
                        "--snapshots", "none", "--threads", "2", "--set", "runtime=1.0", "--out", out.toString()),
                        PlainLoops.digest(PlainLoops.peaks(0.25, 1.0))),
                new Work(List.of("jacobi", "--size", "61", "--steps", "100", "--threads", "2"),
                        PlainLoops.digest(PlainLoops.plate(61, 100))));
    }

    @Test
    void vectorsOfAnyWidthEndInTheBitsOfPlainLoops() throws Exception {
        for (Work work : works()) {
            for (List<String> options : List.of(VECTORS, SHORTER)) {
                Ended run = run(options, work.words, "--digest");
                assertEquals(work.expected, record(run).get("digest"));
                assertEquals("blocked", record(run).get("kernel"));
            }
        }
    }

    @Test
    void withoutTheVectorApiTheSameComesOutAndOneLineSaysSo() throws Exception {
        for (Work work : works()) {
            Ended run = run(NONE, work.words, "--digest");
            assertEquals(work.expected, record(run).get("digest"));
            assertEquals("plain", record(run).get("kernel"));
            oneLineSaysSo(run);
        }
    }

    /** The rectangles' area in exact arithmetic is known; how their rounded heights are added is the same everywhere. */
    @Test
    void theAreaUnderACurveHasTheSameBits() throws Exception {
        int points = 1_000_003;
        double dx = 3.0 / points;
        double exact = 8.175 - 0.45 * dx + 0.575 * dx * dx;
        List<String> words = List.of("auc", Integer.toString(points), "--threads", "2");
        double area = (double) record(run(VECTORS, words)).get("area");
        assertEquals(exact, area, 1e-14 * exact);
        assertEquals(area, record(run(SHORTER, words)).get("area"));
        assertEquals(area, record(run(NONE, words)).get("area"));
    }

    private static void oneLineSaysSo(Ended run) {
        List<String> said = run.err().lines().filter(line -> !line.startsWith("WARNING:")).toList();
        assertEquals(1, said.size(), run.err());
        assertTrue(said.getFirst().contains("without vectors"), run.err());
    }

    private static Ended run(List<String> options, List<String> app, String... more) throws Exception {
        List<String> words = new ArrayList<>(app);
        words.addAll(List.of(more));
        words.addAll(List.of("--json", "-"));
        Ended ended = Children.end(Children.launch(Children.java(options, Ghostrow.class,
                words.toArray(String[]::new))).errorsApart());
        assertTrue(ended.well(), ended.toString());
        return ended;
    }

    private static Map<?, ?> record(Ended run) {
        return (Map<?, ?>) Json.read(run.out().lines().filter(line -> line.startsWith("{")).findFirst().orElseThrow());
    }
}
