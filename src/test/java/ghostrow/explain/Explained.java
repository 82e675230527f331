package ghostrow.explain;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** An explanation as somebody reads it who has no terminal. */
public record Explained(String text) {

    public static Explained by(Consumer<Page> explanation) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        explanation.accept(Page.plain(new PrintStream(bytes, true, StandardCharsets.UTF_8)));
        return new Explained(bytes.toString(StandardCharsets.UTF_8));
    }

    public void fitsATerminal() {
        assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
        assertFalse(text.contains("\u001B"), text);
    }

    public void says(String what) {
        assertTrue(text.contains(what), () -> "no '" + what + "' in: " + text);
    }

    /** The source of a method, a cost in front of each line. */
    public List<String> method(String label) {
        List<String> lines = text.lines().dropWhile(line -> !line.startsWith(label + " (")).skip(2)
                .takeWhile(line -> !line.isBlank()).toList();
        assertFalse(lines.isEmpty(), () -> "no " + label + " in: " + text);
        return lines;
    }

    /** How many lines of a method have this mark. */
    public long lines(String method, char mark) {
        return method(method).stream().filter(line -> line.charAt(0) == mark).count();
    }
}
