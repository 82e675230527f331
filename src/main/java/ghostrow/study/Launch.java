package ghostrow.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A program that is to be a child of this one, and how long it may take at most. Its input is empty. What it says goes
 * to files: nobody has to read while it runs, and a daemon that it leaves behind keeps nobody waiting for the end of a
 * pipe.
 */
public final class Launch {
    private final ProcessBuilder builder;
    private final Duration limit;
    private Path log;
    private boolean errorsApart;
    private Consumer<List<ProcessHandle>> beforeKill = tree -> { };

    /** @param limit after which the child and all that it has started are killed */
    public Launch(List<String> command, Duration limit) {
        this.builder = new ProcessBuilder(command);
        this.limit = limit;
    }

    public Launch in(Path folder) {
        builder.directory(folder.toFile());
        return this;
    }

    /** The child's environment, to be changed: this program's own at first. */
    public Map<String, String> environment() {
        return builder.environment();
    }

    public Launch with(Map<String, String> environment) {
        builder.environment().putAll(environment);
        return this;
    }

    /** Keeps errors out of the output, where they are otherwise. */
    public Launch errorsApart() {
        errorsApart = true;
        return this;
    }

    /** A file for the output that stays, instead of one for as long as the child is open. */
    public Launch output(Path file) {
        log = file;
        return this;
    }

    /** What to do with the child and its descendants when the time is over, just before they are killed. */
    public Launch beforeKill(Consumer<List<ProcessHandle>> last) {
        beforeKill = last;
        return this;
    }

    public Child start() throws IOException {
        Path out = log != null ? log : Files.createTempFile("ghostrow", ".out");
        Path err = errorsApart ? Files.createTempFile("ghostrow", ".err") : out;
        builder.redirectOutput(out.toFile());
        if (errorsApart) {
            builder.redirectError(err.toFile());
        } else {
            builder.redirectErrorStream(true);
        }
        List<Path> passing = log != null && !errorsApart ? List.of() : log != null ? List.of(err) : List.of(out, err);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new Child(process, limit, beforeKill, out, err, passing);
        } catch (IOException e) {
            for (Path file : passing) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
    }

    /** Starts it and waits for its end. */
    public Ended run() throws IOException, InterruptedException {
        try (Child child = start()) {
            return child.end();
        }
    }

    @Override
    public String toString() {
        return String.join(" ", builder.command());
    }
}
