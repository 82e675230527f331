package ghostrow.explain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A source file, as it travels in the jar beside the classes that were made of it. */
record Source(String file, List<String> lines) {
    private static final Pattern LINK = Pattern.compile("\\{@(?:link|code)\\s+([^}]*)}");

    static Optional<Source> of(Class<?> type) {
        return of(type.getClassLoader(), type.getName().replace('.', '/'));
    }

    /** @param internalName of a class; nested ones stand in the file of the outermost */
    static Optional<Source> of(ClassLoader loader, String internalName) {
        String path = internalName.replaceFirst("\\$.*", "") + ".java";
        try (InputStream file = loader.getResourceAsStream("sources/" + path)) {
            return file == null ? Optional.empty() : Optional.of(new Source(path.substring(path.lastIndexOf('/') + 1),
                    new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line by its number, which begins at 1. */
    String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }

    /** The line on which a method begins whose first statement is on this line. */
    int signature(String method, int firstStatement) {
        Pattern named = Pattern.compile("\\b" + Pattern.quote(method) + "\\(");
        for (int number = firstStatement - 1; number > 0 && !line(number).isBlank(); number--) {
            if (named.matcher(line(number)).find()) {
                return number;
            }
        }
        return firstStatement;
    }

    /** The line of the brace that closes what begins on a line. */
    int end(int begin) {
        String brace = line(begin).replaceFirst("\\S.*", "") + "}";
        for (int number = begin + 1; number <= lines.size(); number++) {
            if (line(number).equals(brace)) {
                return number;
            }
        }
        return begin;
    }

    /** The first paragraph of the comment on a type. */
    Optional<String> idea(String simpleName) {
        String text = String.join("\n", lines);
        Matcher type = Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*[\\w ]*\\b(?:class|record|interface|enum) "
                + Pattern.quote(simpleName) + "\\b", Pattern.DOTALL).matcher(text);
        return type.find() ? Optional.of(plain(type.group(1))) : Optional.empty();
    }

    private static String plain(String comment) {
        String paragraph = comment.replaceAll("\\n\\s*\\* ?", "\n").split("\n\\s*\n|<p>|<pre>|\n@", 2)[0];
        return LINK.matcher(paragraph).replaceAll(link -> Matcher.quoteReplacement(
                link.group(1).replaceFirst(".*[#.]", ""))).replaceAll("\\s+", " ").strip().replaceFirst(":$", ".");
    }
}
