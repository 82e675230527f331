package ghostrow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs one command line after the other in one JVM, a line each on standard input: the build trains the quick start
 * by it, whose cache holds only what a single JVM has loaded.
 */
final class Rehearsal {
    private Rehearsal() {
    }

    public static void main(String[] args) throws IOException {
        String lines = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        for (String line : lines.lines().toList()) {
            int code = Ghostrow.run(List.of(line.split(" ")));
            if (code != 0) {
                System.exit(code);
            }
        }
    }
}
