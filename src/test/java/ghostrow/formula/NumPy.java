package ghostrow.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs formulas in a Python that has NumPy, as the independent reference. */
final class NumPy {
    /** A result: the kind NumPy gave it, and its values as raw bits. */
    record Result(Kind kind, long[] bits) {
    }

    private static final long LIMIT_SECONDS = 60;

    private final String python;

    private NumPy(String python) {
        this.python = python;
    }

    /** Skips the calling test, with the reason, where there is no NumPy; on CI that is a failure. */
    static NumPy find() throws IOException, InterruptedException {
        List<String> tried = List.of("python3", "/usr/bin/python3", "/usr/local/bin/python3");
        for (String python : tried) {
            try {
                Process process = new ProcessBuilder(python, "-c", "import numpy")
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
                if (process.waitFor() == 0) {
                    return new NumPy(python);
                }
            } catch (IOException e) {
                continue;
            }
        }
        String reason = "no NumPy: none of " + tried + " can import it";
        assertNotEquals("true", System.getenv("CI"), reason + ", and on CI one must");
        System.out.println("skipped: " + reason);
        assumeTrue(false, reason);
        return null;
    }

    List<Result> evaluate(Path directory, TestData data, List<String> formulas) throws IOException,
        InterruptedException {
        Path script = directory.resolve("reference.py");
        try (InputStream in = NumPy.class.getResourceAsStream("reference.py")) {
            assertNotNull(in);
            Files.write(script, in.readAllBytes());
        }
        data.write(directory);
        Files.write(directory.resolve("formulas"), formulas);
        File log = directory.resolve("log").toFile();
        Process process = new ProcessBuilder(python, script.toString(), directory.toString())
            .redirectErrorStream(true).redirectOutput(log).start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("NumPy took more than " + LIMIT_SECONDS + " s");
        }
        assertEquals(0, process.exitValue(), () -> {
            try {
                return Files.readString(log.toPath());
            } catch (IOException e) {
                return e.toString();
            }
        });
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(directory.resolve("results")))
            .order(ByteOrder.LITTLE_ENDIAN);
        List<Result> results = new ArrayList<>();
        for (int f = 0; f < formulas.size(); f++) {
            Kind kind = switch (in.get()) {
                case 'd' -> Kind.DOUBLE;
                case 'l' -> Kind.LONG;
                default -> Kind.BOOL;
            };
            long[] bits = new long[TestData.LENGTH];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = kind == Kind.BOOL ? in.get() : in.getLong();
            }
            results.add(new Result(kind, bits));
        }
        return results;
    }
}
