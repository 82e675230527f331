package ghostrow.spmd;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What a test cannot do without: where it is missing the test is skipped, and says why. */
public final class Needs {
    private Needs() {
    }

    /** Something that can be installed or built. On CI, where all has been, the test fails instead. */
    public static void software(boolean there, String reason) {
        Assertions.assertTrue(there || !"true".equals(System.getenv("CI")), () -> reason + ", and on CI it must be");
        machine(there, reason);
    }

    /** What {@code ./ghostrow} runs. */
    public static void build() {
        software(Files.exists(Path.of("target/ghostrow.jar")), "./ghostrow is not built: run 'make build'");
    }

    /** Something that a machine has or has not, such as memory or rights. */
    public static void machine(boolean able, String reason) {
        if (!able) {
            System.out.println("skipped: " + reason);
            Assumptions.abort(reason);
        }
    }
}
