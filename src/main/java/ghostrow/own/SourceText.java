package ghostrow.own;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.SimpleJavaFileObject;

/**
 * A file as the compiler sees it: with the library's packages imported before its first character, and behind its last
 * with the {@code main} that Java wants of a compact source file and that no rank would call. No line of the user's moves,
 * and places are told as the user's own editor counts them.
 *
 * @param file     the file
 * @param name     what people call it
 * @param before   what the compiler reads before it
 * @param text     what the user has written
 * @param after    what the compiler reads behind it
 */
record SourceText(Path file, String name, String before, String text, String after) {
    /** Imports of whole packages give way to whatever the file itself declares or imports by name. */
    private static final List<String> IMPORTED = List.of("comm", "grid", "kernel", "snapshot");

    /** Behind a package's name imports would stand too early; such files are written by who knows what to import. */
    private static final Pattern IN_A_PACKAGE = Pattern.compile("(?:\\s+|//[^\\n]*|/\\*.*?\\*/|@\\w+)*+package\\b.*",
            Pattern.DOTALL);

    private static final String MAIN = "\nvoid main() { }\n";

    static SourceText read(Path file, String name) throws IOException {
        // What is no UTF-8 the compiler complains of, with its place.
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return new SourceText(file, name, IN_A_PACKAGE.matcher(text).matches() ? "" : imports(), text, "");
    }

    private static String imports() {
        return IMPORTED.stream().map(room -> "import ghostrow." + room + ".*;").collect(Collectors.joining());
    }

    SourceText withMain() {
        return new SourceText(file, name, before, text, MAIN);
    }

    /** Where a place of the compiler's lies in the user's own text. */
    int place(long compiled) {
        return Math.clamp(compiled - before.length(), 0, text.length());
    }

    /** Lines are counted from 1. */
    int line(int place) {
        return 1 + (int) text.substring(0, place).chars().filter(c -> c == '\n').count();
    }

    /** The line around a place, and a mark below the place. */
    String excerpt(int place) {
        int start = text.lastIndexOf('\n', place - 1) + 1;
        int end = text.indexOf('\n', place);
        String line = text.substring(start, end < 0 ? text.length() : end).stripTrailing();
        return line + "\n" + text.substring(start, place).replaceAll("[^\t]", " ") + "^";
    }

    SimpleJavaFileObject forCompiler() {
        return new Given(file.toUri(), this);
    }

    /** What the compiler is given, and gives back when it complains. */
    static final class Given extends SimpleJavaFileObject {
        private final SourceText source;

        Given(URI uri, SourceText source) {
            super(uri, Kind.SOURCE);
            this.source = source;
        }

        SourceText source() {
            return source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source.before + source.text + source.after;
        }
    }
}
