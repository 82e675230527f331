package ghostrow.many;

import ghostrow.data.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The tasks of a farm: a line each, but for empty ones and those that begin with {@code #}.
 *
 * @param lines which line of the file each of them is, from 1
 */
record Tasks(List<String> commands, List<Integer> lines) {

    static Tasks read(Path file) throws IOException {
        if (!Files.exists(file) || Files.isDirectory(file)) {
            throw new InputException(file + ": " + (Files.exists(file) ? "is a folder" : "no such file")
                    + "; expected a file with a command in each line");
        }
        byte[] bytes = Files.readAllBytes(file);
        List<String> commands = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        int line = 0;
        for (int from = 0; from < bytes.length; line++) {
            int to = from;
            while (to < bytes.length && bytes[to] != '\n') {
                if (bytes[to] == 0) {
                    throw new InputException(file + ":" + (line + 1) + ": holds a NUL byte, which no command can; is this a "
                            + "file of tasks?");
                }
                to++;
            }
            String text = new String(bytes, from, to - from, StandardCharsets.UTF_8).strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                commands.add(text);
                lines.add(line + 1);
            }
            from = to + 1;
        }
        if (commands.isEmpty()) {
            throw new InputException(file + ": has no task; expected a command in each line");
        }
        return new Tasks(commands, lines);
    }
}
