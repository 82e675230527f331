package ghostrow.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that cannot be started leaves this one running, with the reason. */
class ExecTest {
    @Test
    void theReasonIsTheSystems(@TempDir Path folder) throws Exception {
        failsBy(folder.resolve("nothing"), "No such file or directory");
        failsBy(folder, "Permission denied");
        Path text = Files.writeString(folder.resolve("text"), "no program");
        text.toFile().setExecutable(true);
        failsBy(text, "Exec format error");
    }

    private static void failsBy(Path program, String reason) {
        CommException failure = assertThrows(CommException.class,
                () -> Exec.become(List.of(program.toString()), Map.of()));
        assertEquals("cannot start " + program + ": " + reason, failure.getMessage());
    }
}
