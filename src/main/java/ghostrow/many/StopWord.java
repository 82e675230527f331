package ghostrow.many;

import ghostrow.run.StopSignals;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Passes on that the job is to stop. A signal may reach one rank alone, while the others have hours to go with what they
 * work on and nothing to say to each other; so who has heard it makes a file, and all look for that now and then.
 */
final class StopWord implements AutoCloseable {
    private static final long PAUSE_MILLIS = 250;

    private final Path file;
    private final StopSignals signals;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name("stop-word").unstarted(this::look);

    private StopWord(Path file, StopSignals signals) {
        this.file = file;
        this.signals = signals;
    }

    /** @param file is not there yet */
    static StopWord among(Path file, StopSignals signals) {
        StopWord word = new StopWord(file, signals);
        word.thread.start();
        return word;
    }

    private void look() {
        try {
            boolean over = false;
            while (!over && signals.received().isEmpty()) {
                over = closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                if (Files.exists(file)) {
                    signals.passOn("a signal to another rank");
                }
            }
            // Also when it is over, which may be due to the signal.
            if (signals.received().isPresent()) {
                make();
            }
        } catch (IOException e) {
            System.err.println("ghostrow: other ranks cannot be told to stop: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void make() throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // Another was first.
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
