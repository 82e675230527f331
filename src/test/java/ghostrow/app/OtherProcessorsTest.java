package ghostrow.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.Json;
import java.io.IOException;
import java.nio.file.Files;
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

    private static final List<String> JACOBI = List.of("jacobi", "--size", "61", "--steps", "100", "--threads", "2");

    @TempDir
    private Path out;

    private record Run(String kernel, String digest, String errors) {
    }

    private List<String> diffusion() {
        return List.of("diffusion", Path.of("params/diff2d-small.params").toAbsolutePath().toString(), "--snapshots",
                "none", "--threads", "2", "--set", "runtime=1.0", "--out", out.toString());
    }

    @Test
    void vectorsOf256BitsChangeNothing() throws Exception {
        for (List<String> app : List.of(diffusion(), JACOBI)) {
            Run run = run(SHORTER, app);
            assertEquals(run(VECTORS, app).digest, run.digest);
            assertEquals("blocked", run.kernel);
        }
    }

    @Test
    void withoutTheVectorApiTheSameComesOutAndOneLineSaysSo() throws Exception {
        for (List<String> app : List.of(diffusion(), JACOBI)) {
            Run run = run(NONE, app);
            assertEquals(run(VECTORS, app).digest, run.digest);
            assertEquals("plain", run.kernel);
            assertEquals(1, run.errors.lines().filter(line -> !line.startsWith("WARNING:")).count(), run.errors);
            assertTrue(run.errors.contains("without vectors"), run.errors);
        }
    }

    private static Run run(List<String> options, List<String> app) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), "ghostrow.Ghostrow"));
        command.addAll(app);
        command.addAll(List.of("--digest", "--json", "-"));
        Path errors = Files.createTempFile("ghostrow", ".err");
        Process child = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String output = new String(child.getInputStream().readAllBytes());
        String said = Files.readString(errors);
        Files.delete(errors);
        assertEquals(0, child.waitFor(), said);
        Map<?, ?> record = (Map<?, ?>) Json.read(output.lines().filter(line -> line.startsWith("{")).findFirst()
                .orElseThrow());
        return new Run((String) record.get("kernel"), (String) record.get("digest"), said);
    }
}
