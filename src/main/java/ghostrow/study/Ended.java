package ghostrow.study;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a child ended.
 *
 * @param late whether it was killed because its time was over
 * @param out  what it printed, its errors too unless they were kept apart
 * @param err  its errors alone; empty if they are in {@code out}
 */
public record Ended(int code, boolean late, String out, String err) {
    private static final int LAST_LINES = 10;
    /** What a launcher says of a failure may be longer than that, and tells less than what was said before it. */
    private static final int OWN_LINES = 3;

    /** Whether it ended in time, and said that all is well. */
    public boolean well() {
        return code == 0 && !late;
    }

    /** How it ended, as the end of a sentence that names it. */
    public String how() {
        return late ? "was killed, for its time was over" : "ended with exit code " + code;
    }

    /** The last lines of what was said, and the first of the program's own before them, set in as a quotation. */
    public String lastLines() {
        return lastLines(out);
    }

    public static String lastLines(String text) {
        List<String> lines = text.lines().toList();
        int last = Math.max(0, lines.size() - LAST_LINES);
        Stream<String> own = lines.subList(0, last).stream().filter(line -> line.startsWith("ghostrow: "))
                .limit(OWN_LINES);
        return Stream.concat(own, lines.subList(last, lines.size()).stream())
                .map(line -> "  | " + line).collect(Collectors.joining("\n"));
    }
}
