package ghostrow.study;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A running child. Whether anybody waits for it or not, its time limit holds; it does not outlive this program, nor
 * {@link #close}, and neither do the processes that it has started.
 */
public final class Child implements AutoCloseable {
    private static final Duration DYING = Duration.ofSeconds(10);

    private final Process process;
    private final Consumer<List<ProcessHandle>> beforeKill;
    private final Path out;
    private final Path err;
    private final List<Path> passing;
    private final Thread endsWithUs = new Thread(() -> tree().forEach(ProcessHandle::destroy));
    /** Complete when it has ended, of itself or at its limit. */
    private final CompletableFuture<Void> over;
    private volatile boolean late;

    /** @param passing the files that go when this is closed */
    Child(Process process, Duration limit, Consumer<List<ProcessHandle>> beforeKill, Path out, Path err,
            List<Path> passing) {
        this.process = process;
        this.beforeKill = beforeKill;
        this.out = out;
        this.err = err;
        this.passing = passing;
        Runtime.getRuntime().addShutdownHook(endsWithUs);
        over = process.onExit().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).handleAsync((ended, tooLong) -> {
            if (tooLong != null) {
                timeIsOver();
            }
            return null;
        }, Thread::startVirtualThread);
    }

    /** Waits until it has ended or its time is over. */
    public Ended end() throws InterruptedException, IOException {
        return end(Duration.ofMillis(Long.MAX_VALUE));
    }

    /** Waits no longer than so, after which its time is over. */
    public Ended end(Duration patience) throws InterruptedException, IOException {
        try {
            over.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            timeIsOver();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return new Ended(process.waitFor(), late, out(), err.equals(out) ? "" : text(err));
    }

    private synchronized void timeIsOver() {
        if (process.isAlive()) {
            late = true;
            try {
                beforeKill.accept(tree());
            } finally {
                kill();
            }
        }
    }

    /** What it has printed so far. */
    public String out() throws IOException {
        return text(out);
    }

    /** What it has said so far, its errors last if they are kept apart. */
    public String said() throws IOException {
        return err.equals(out) ? out() : out() + text(err);
    }

    /** Whatever a launcher has cut in the middle of a character does no harm. */
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** The child itself, then all that it has started and that is still there. */
    public List<ProcessHandle> tree() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    }

    /** Ends all of it as a power failure would: a launcher first, which cannot interfere then. */
    public void kill() {
        List<ProcessHandle> all = tree();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            one.onExit().completeOnTimeout(one, DYING.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(endsWithUs);
        } catch (IllegalStateException e) {
            // It is at work already.
        }
        for (Path file : passing) {
            Files.deleteIfExists(file);
        }
    }
}
