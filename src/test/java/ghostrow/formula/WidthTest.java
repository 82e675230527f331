package ghostrow.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The width of the machine's vectors, and whether it has any, changes no bit. */
class WidthTest {
    private static final String MODULE = "--add-modules=jdk.incubator.vector";

    @TempDir
    private Path directory;

    @Test
    void resultsAreTheSameBitsForEveryVectorWidthAndWithoutVectors() throws Exception {
        List<List<String>> options = new ArrayList<>();
        options.add(List.of());
        options.add(List.of(MODULE));
        options.add(List.of(MODULE, "-XX:MaxVectorSize=32"));
        options.add(List.of(MODULE, "-XX:MaxVectorSize=16"));
        if (System.getProperty("os.arch").equals("amd64")) {
            options.add(List.of(MODULE, "-XX:UseAVX=2"));
            options.add(List.of(MODULE, "-XX:UseAVX=1"));
            options.add(List.of(MODULE, "-XX:UseAVX=0"));
        }
        String expected = null;
        for (List<String> option : options) {
            String found = run(option);
            assertTrue(found.lines().count() > 60, found);
            expected = expected == null ? found : expected;
            assertEquals(expected, found, () -> "with " + option);
        }
    }

    private String run(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "ghostrow.formula.Bits"));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        int status = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start()
            .waitFor();
        String errors = Files.readString(err);
        System.out.println(options + ": " + errors.lines().filter(line -> line.contains("vectors")
            || line.contains("a vector")).findFirst().orElse(errors));
        assertEquals(0, status, errors);
        return Files.readString(out);
    }
}
