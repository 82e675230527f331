package ghostrow.spmd;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
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
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final Process process;
    private final Thread reader;

    /**
     * Starts {@code main} as {@code ranks} ranks; it is given {@code --transport}, {@code --ranks} and the
     * rest.
     */
    public SpmdRun(Setting setting, int ranks, List<String> jvmFlags, Class<?> main, String... arguments) {
        this.setting = setting;
        this.ranks = ranks;
        ProcessBuilder builder = new ProcessBuilder(setting.command(ranks, java(jvmFlags, main, arguments)));
        builder.redirectErrorStream(true);
        setting.prepare(builder);
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + builder.command(), e);
        }
        reader = Thread.ofVirtual().start(this::read);
    }

    private List<String> java(List<String> jvmFlags, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java", mark,
                // Ranks of a test live for a second or two: start fast, stay small, compile lightly.
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(setting.heap());
        command.addAll(jvmFlags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(),
                "--transport", setting.transport(), "--ranks", Integer.toString(ranks)));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().map(Line::of).forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add(Line.of("(output ends here: " + e.getMessage() + ")"));
        }
    }

    /** Waits until {@code count} ranks have said {@code text}. */
    public void awaitLines(int count, String text, Duration limit) {
        boolean said = await(limit, () -> !process.isAlive() || linesWith(text).count() >= count);
        if (!said || linesWith(text).count() < count) {
            throw failure("did not say '" + text + "' on " + count + " ranks within " + limit.toSeconds()
                    + " s");
        }
    }

    /** Waits for the end and returns the exit code; a run that takes longer is ended and fails the test. */
    public int awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure("did not end within " + limit.toSeconds() + " s");
            }
            // A rank that outlives its launcher may hold the output open: do not wait for its last word.
            reader.join(Duration.ofSeconds(2));
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while waiting for " + this, e);
        }
    }

    /** Asks the launcher, or the only JVM, to end, as a user or a batch system would. */
    public void terminate() {
        process.destroy();
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }

    public Stream<Line> linesWith(String text) {
        return lines.stream().filter(line -> line.text().contains(text));
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
        String output = lines.stream().map(Line::raw).collect(Collectors.joining("\n    "));
        return new AssertionError(this + " " + what + "\n    " + output);
    }

    /** Ends whatever is left of the run, the launcher and its helpers first so that they cannot interfere. */
    @Override
    public void close() {
        List<ProcessHandle> left = new ArrayList<>(List.of(process.toHandle()));
        left.addAll(process.descendants().toList());
        left.forEach(ProcessHandle::destroyForcibly);
        marked().forEach(ProcessHandle::destroyForcibly);
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
