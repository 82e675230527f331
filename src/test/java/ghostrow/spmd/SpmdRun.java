package ghostrow.spmd;

import ghostrow.study.Child;
import ghostrow.study.Ended;
import ghostrow.study.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of an SPMD main class as a child process. It collects what the ranks print, and whatever happens it
 * leaves no process behind: every JVM of the run carries a mark on its command line by which it is found.
 */
public final class SpmdRun implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Setting setting;
    private final int ranks;
    private final String mark = "-Dghostrow.test.run=" + UUID.randomUUID();
    private final Child child;

    /**
     * Starts {@code main} as {@code ranks} ranks; it is given {@code --transport}, {@code --ranks} and the
     * rest.
     */
    public SpmdRun(Setting setting, int ranks, List<String> jvmFlags, Class<?> main, String... arguments) {
        this.setting = setting;
        this.ranks = ranks;
        Launch launch = Children.launch(setting.command(ranks, java(jvmFlags, main, arguments)));
        setting.prepare(launch.environment());
        try {
            child = launch.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + launch, e);
        }
    }

    private List<String> java(List<String> jvmFlags, Class<?> main, String... arguments) {
        // Ranks of a test live for a second or two: start fast, stay small, compile lightly.
        List<String> options = new ArrayList<>(List.of(mark, "-XX:TieredStopAtLevel=1", "-Xshare:auto",
                "-XX:-UsePerfData"));
        options.addAll(setting.heap());
        options.addAll(jvmFlags);
        List<String> words = new ArrayList<>(List.of("--transport", setting.transport(), "--ranks",
                Integer.toString(ranks)));
        words.addAll(List.of(arguments));
        return Children.java(options, main, words.toArray(String[]::new));
    }

    /** Waits until {@code count} ranks have said {@code text}. */
    public void awaitLines(int count, String text, Duration limit) {
        boolean said = await(limit, () -> !child.isAlive() || linesWith(text).count() >= count);
        if (!said || linesWith(text).count() < count) {
            throw failure("did not say '" + text + "' on " + count + " ranks within " + limit.toSeconds()
                    + " s");
        }
    }

    /** Waits for the end and returns the exit code; a run that takes longer is ended and fails the test. */
    public int awaitEnd(Duration limit) {
        try {
            Ended ended = child.end(limit);
            if (ended.late()) {
                throw failure("did not end within " + limit.toSeconds() + " s");
            }
            return ended.code();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while waiting for " + this, e);
        }
    }

    /** Asks the launcher, or the only JVM, to end, as a user or a batch system would. */
    public void terminate() {
        child.handle().destroy();
    }

    public List<Line> lines() {
        try {
            return child.out().lines().map(Line::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Stream<Line> linesWith(String text) {
        return lines().stream().filter(line -> line.text().contains(text));
    }

    /** The JVMs of this run that are still there after {@code grace}. */
    public List<ProcessHandle> survivors(Duration grace) {
        await(grace, () -> marked().isEmpty());
        return marked();
    }

    private List<ProcessHandle> marked() {
        return ProcessHandle.allProcesses()
                .filter(handle -> handle.info().commandLine().filter(line -> line.contains(mark)).isPresent())
                .toList();
    }

    /** A failure that says what ran where, and what each rank said last. */
    public AssertionError failure(String what) {
        String output = lines().stream().map(Line::raw).collect(Collectors.joining("\n    "));
        return new AssertionError(this + " " + what + "\n    " + output);
    }

    /** Ends whatever is left of the run, the launcher and its helpers first so that they cannot interfere. */
    @Override
    public void close() {
        try {
            child.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            marked().forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Override
    public String toString() {
        return setting + ", " + ranks + (ranks == 1 ? " rank" : " ranks");
    }

    private static boolean await(Duration limit, Supplier<Boolean> condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.get()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }
        return true;
    }
}
