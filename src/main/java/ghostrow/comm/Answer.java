package ghostrow.comm;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a program of this machine says when it is asked something. */
public final class Answer {
    private static final long PATIENCE_SECONDS = 5;

    private Answer() {
    }

    /** What a command prints on either output; nothing if it cannot be run, or takes too long. */
    public static String of(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectInput(new File("/dev/null")).start();
            CompletableFuture<String> text = new CompletableFuture<>();
            // Not this thread: a program that hangs, or leaves its output to a child, never closes it.
            Thread.ofVirtual().start(() -> read(process.getInputStream(), text));
            try {
                return text.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static void read(InputStream output, CompletableFuture<String> text) {
        try (output) {
            text.complete(new String(output.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            text.completeExceptionally(new UncheckedIOException(e));
        }
    }
}
