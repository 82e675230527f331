package ghostrow;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.spmd.Needs;
import ghostrow.spmd.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every command of docs/profiling.md runs, in this order, and says what stands below it. */
class ProfilingPageTest {
    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicTest> everyCommandRuns() throws IOException {
        Needs.build();
        Setting.NATIVE_OPEN_MPI.require();
        List<PageCommands.Command> commands = PageCommands.of(Path.of("docs/profiling.md"));
        assertTrue(commands.size() >= 10, commands.size() + " commands");
        return commands.stream().map(command -> DynamicTest.dynamicTest(command.line(), () -> command.check(folder)));
    }
}
