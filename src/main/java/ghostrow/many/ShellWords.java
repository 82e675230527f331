package ghostrow.many;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A line as a shell would part it into words, if it asks the shell for nothing else. */
final class ShellWords {
    private static final String SHELLS_OWN = "|&;<>()$`*?[]#~{}!";

    private ShellWords() {
    }

    /** Nothing for a line that only a shell can understand. */
    static Optional<List<String>> of(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(word.toString());
                    word = null;
                }
                continue;
            }
            word = word == null ? new StringBuilder() : word;
            if (c == '\'' || c == '"') {
                int end = line.indexOf(c, i + 1);
                if (end < 0) {
                    return Optional.empty();
                }
                String quoted = line.substring(i + 1, end);
                if (c == '"' && (quoted.indexOf('$') >= 0 || quoted.indexOf('`') >= 0 || quoted.indexOf('\\') >= 0)) {
                    return Optional.empty();
                }
                word.append(quoted);
                i = end;
            } else if (c == '\\' || SHELLS_OWN.indexOf(c) >= 0) {
                return Optional.empty();
            } else {
                word.append(c);
            }
        }
        if (word != null) {
            words.add(word.toString());
        }
        // NAME=value before a command is the shell's.
        return words.isEmpty() || words.getFirst().contains("=") ? Optional.empty() : Optional.of(List.copyOf(words));
    }
}
