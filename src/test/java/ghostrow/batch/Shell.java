package ghostrow.batch;

import ghostrow.spmd.Children;
import ghostrow.study.Child;
import ghostrow.study.Ended;
import ghostrow.study.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Runs commands in Ghostrow's folder, or another, in an environment that no other job has left anything in. */
final class Shell {
    static final Path HOME = Path.of("").toAbsolutePath();
    /** Settings of no site: a developer's own would have a say, and be made where there are none. */
    static final String SITE = HOME + "/slurm/site.env.template";
    /** Some wait in Slurm's queue behind the jobs of other tests. */
    private static final Duration LIMIT = Duration.ofSeconds(240);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Path folder;
    private final Map<String, String> environment;

    Shell(Map<String, String> environment) {
        this(HOME, environment);
    }

    private Shell(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    /** What a command has said, on both streams, and its exit code. */
    record Said(int code, String text) {
    }

    Shell with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new Shell(folder, all);
    }

    Shell in(Path folder) {
        return new Shell(folder, environment);
    }

    Said run(String... command) {
        return run(List.of(command));
    }

    Said run(List<String> command) {
        Launch launch = launch(command);
        try {
            Ended ended = Children.end(launch);
            return new Said(ended.code(), ended.out().strip());
        } catch (IOException e) {
            throw new UncheckedIOException(launch.toString(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted during " + launch, e);
        }
    }

    /** A command that goes on while the test does. */
    Child start(List<String> command) {
        Launch launch = launch(command);
        try {
            return launch.start();
        } catch (IOException e) {
            throw new UncheckedIOException(launch.toString(), e);
        }
    }

    private Launch launch(List<String> command) {
        Launch launch = Children.launch(command, LIMIT).in(folder);
        launch.environment().keySet()
                .removeIf(name -> name.matches("(SLURM|SBATCH|OMPI|PRTE|PMIX?|HYDRA|UCX|PBS|LSB|FLUX)_.*"));
        return launch.with(environment);
    }

    /** The output of a command that must succeed. */
    String read(String... command) {
        Said said = run(command);
        if (said.code() != 0) {
            throw new AssertionError(String.join(" ", command) + " ended with " + said.code() + ": "
                    + said.text());
        }
        return said.text();
    }

    /** Polls; true as soon as the condition holds, false if the time is up before. */
    static boolean await(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            pause(PAUSE);
        }
        return true;
    }

    static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
