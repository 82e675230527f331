package ghostrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.cc.CLibrary;
import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every command of docs/ladder.md runs, as it stands there, and says what stands below it. */
class LadderPageTest {
    private static final Path PAGE = Path.of("docs/ladder.md");

    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicTest> everyCommandRuns() throws IOException {
        List<PageCommands.Command> commands = PageCommands.of(PAGE);
        assertTrue(commands.size() > 30, commands.size() + " commands");
        return commands.stream().map(command -> DynamicTest.dynamicTest(command.line(), () -> {
            Needs.software(!(command.line() + " ").contains("--kernel c ") || CLibrary.missing().isEmpty(),
                    "a C compiler for " + command.line());
            command.check(folder);
        }));
    }

    @Test
    void everyRungHasItsStep() throws Exception {
        String page = Files.readString(PAGE);
        String list = Children.output(Children.launch("./ghostrow", "mandelbrot", "--kernel", "list"))
                + Children.output(Children.launch("./ghostrow", "jacobi", "--kernel", "list"));
        List<String> missing = list.lines().map(line -> line.split(" ")[0]).distinct()
                .filter(rung -> !page.contains("--kernel " + rung) && !page.contains("--interior " + rung)).toList();
        assertEquals(List.of(), missing);
    }
}
