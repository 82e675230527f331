package ghostrow.many;

import ghostrow.comm.World;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command line that a shell runs as a process of its own. */
final class Command {
    private static final int LATE = 124;
    private static final long DYING_SECONDS = 5;

    private final Path home;
    private final double limit;
    private final boolean endsWithUs;

    /**
     * @param home  Ghostrow's folder: tasks find the program by its name
     * @param limit seconds that it may take; 0 for as long as it likes
     */
    Command(Path home, double limit) {
        this.home = home.toAbsolutePath();
        this.limit = limit;
        this.endsWithUs = Files.isExecutable(Path.of("/usr/bin/setpriv"));
    }

    /** @param err where it goes with standard error; both files are gone if they stay empty */
    Outcome run(String line, Path out, Path err) {
        try {
            Files.createDirectories(out.getParent());
            Process process = builder(line).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
            try {
                return await(process);
            } finally {
                removeEmpty(out);
                removeEmpty(err);
            }
        } catch (IOException e) {
            return Outcome.failed(1, Runner.reason(e));
        }
    }

    private ProcessBuilder builder(String line) {
        List<String> words = new ArrayList<>();
        if (endsWithUs) {
            // Else a task would go on when its rank is killed, beside its own next attempt.
            words.addAll(List.of("/usr/bin/setpriv", "--pdeathsig", "KILL"));
        }
        words.addAll(List.of("/bin/sh", "-c", line));
        ProcessBuilder builder = new ProcessBuilder(words).redirectInput(new File("/dev/null"));
        Map<String, String> environment = builder.environment();
        World.forget(environment);
        environment.merge("PATH", home.toString(), (path, own) -> path + ":" + own);
        return builder;
    }

    private Outcome await(Process process) throws IOException {
        try {
            if (limit > 0 && !process.waitFor((long) (limit * 1e3), TimeUnit.MILLISECONDS)) {
                end(process);
                return Outcome.failed(LATE, "was ended after its time limit of " + limit + " s");
            }
            int code = process.waitFor();
            return code == 0 ? Outcome.done(0, Map.of()) : Outcome.failed(code, "exit code " + code);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return Outcome.failed(1, "interrupted");
        }
    }

    /** With all that it has started. */
    private static void end(Process process) throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        process.waitFor(DYING_SECONDS, TimeUnit.SECONDS);
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    private static void removeEmpty(Path file) throws IOException {
        if (Files.exists(file) && Files.size(file) == 0) {
            Files.delete(file);
        }
    }
}
