package ghostrow;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.spmd.Children;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The commands of a page of docs: lines that a shell takes, and what must be among what they print. */
final class PageCommands {
    private static final String INDENT = "    ";

    private PageCommands() {
    }

    /** @param shown lines that it prints; three dots stand for anything */
    record Command(String line, List<String> shown) {
        boolean isOurs() {
            return line.contains("./ghostrow ");
        }

        /** Runs it as it stands there. Lines that it breaks at the width of a terminal are put together again. */
        void check(Path folder) throws Exception {
            assertTrue(isOurs(), "not a command of this program: " + line);
            String here = line.replace("./ghostrow", Path.of("ghostrow").toAbsolutePath().toString());
            String said = Children.output(Children.launch("bash", "-c", here).in(folder));
            List<String> lines = said.replaceAll("\n  (?=\\S)", " ").lines().map(String::strip).toList();
            for (String wanted : shown) {
                Pattern pattern = Pattern.compile(Pattern.quote(wanted).replace("...", "\\E.*\\Q"));
                assertTrue(lines.stream().anyMatch(each -> pattern.matcher(each).matches()), wanted + " is not in " + said);
            }
        }
    }

    static List<Command> of(Path page) throws IOException {
        return of(Files.readAllLines(page));
    }

    /** Those among lines of a page. */
    static List<Command> of(List<String> lines) {
        List<Command> commands = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(INDENT) && line.contains("ghostrow ")) {
                commands.add(new Command(line.strip(), new ArrayList<>()));
            } else if (line.startsWith(INDENT)) {
                commands.getLast().shown.add(line.strip());
            }
        }
        return commands;
    }
}
