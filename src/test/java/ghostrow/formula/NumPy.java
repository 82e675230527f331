package ghostrow.formula;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs formulas in a Python that has NumPy, as the independent reference. */
final class NumPy {
    /** A result: the kind NumPy gave it, and its values as raw bits. */
    record Result(Kind kind, long[] bits) {
    }

    private final String python;

    private NumPy(String python) {
        this.python = python;
    }

    /** Skips the calling test, with the reason, where there is no NumPy; on CI that is a failure. */
    static NumPy find() {
        List<String> tried = List.of("python3", "/usr/bin/python3", "/usr/local/bin/python3");
        Optional<String> python = tried.stream().filter(name -> Children.works(name, "-c", "import numpy")).findFirst();
        Needs.software(python.isPresent(), "no NumPy: none of " + tried + " can import it");
        return new NumPy(python.orElseThrow());
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
        Children.output(Children.launch(python, script.toString(), directory.toString()));
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
