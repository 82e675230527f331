package ghostrow.many;

import ghostrow.run.Options;
import ghostrow.run.Swept;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine;

/**
 * About how long the cases of a sweep take. One app reads the words of all of them, one after the other: they differ in
 * values alone, and what an app is told again, it has been told anew.
 */
final class Estimate {
    /** What a case takes beside its steps, and one that is so wrong that nothing can be said. */
    private static final double LEAST_SECONDS = 1e-4;

    private final Swept app;
    private final CommandLine line;

    Estimate(Apps apps, String name) {
        this.app = (Swept) apps.named(name, List.of());
        this.line = Options.commandLine(app);
    }

    /** @param words of a case, the app's name first */
    synchronized double seconds(List<String> words) {
        try {
            line.parseArgs(words.subList(1, words.size()).toArray(String[]::new));
            return LEAST_SECONDS + app.expectedSeconds();
        } catch (IOException | RuntimeException e) {
            // It will say so itself.
            return LEAST_SECONDS;
        }
    }
}
