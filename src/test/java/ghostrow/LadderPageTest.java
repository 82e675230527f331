package ghostrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.cc.CLibrary;
import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every command of docs/ladder.md runs, as it stands there, and says what stands below it. */
class LadderPageTest {
    private static final Path PAGE = Path.of("docs/ladder.md");
    private static final String INDENT = "    ";

    @TempDir
    private static Path folder;

    /** A line of the page that a shell takes, and the lines below it that must be among what it prints. */
    private record Command(String line, List<String> shown) {
        boolean isOurs() {
            return line.contains("./ghostrow ");
        }
    }

    @TestFactory
    Stream<DynamicTest> everyCommandRuns() throws IOException {
        List<Command> commands = commands();
        assertTrue(commands.size() > 30, commands.size() + " commands");
        return commands.stream().map(command -> DynamicTest.dynamicTest(command.line, () -> {
            assertTrue(command.isOurs(), "not a command of this program: " + command.line);
            Needs.software(!(command.line + " ").contains("--kernel c ") || CLibrary.missing().isEmpty(),
                    "a C compiler for " + command.line);
            String here = command.line.replace("./ghostrow", Path.of("ghostrow").toAbsolutePath().toString());
            String said = Children.output(Children.launch("bash", "-c", here).in(folder));
            command.shown.forEach(line -> assertTrue(said.lines().anyMatch(line::equals), line + " is not in " + said));
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

    private static List<Command> commands() throws IOException {
        List<Command> commands = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith(INDENT) && line.contains("ghostrow ")) {
                commands.add(new Command(line.strip(), new ArrayList<>()));
            } else if (line.startsWith(INDENT)) {
                commands.getLast().shown.add(line.strip());
            }
        }
        return commands;
    }
}
