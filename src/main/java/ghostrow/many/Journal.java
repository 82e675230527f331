package ghostrow.many;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One rank's part of the journal: each rank that works adds lines to a file of its own, since hosts that add to one
 * would write over each other on some file systems.
 *
 * <p>A line is with the kernel when it is written, so that it outlives its process. That it outlives the machine, too, a
 * thread of its own sees to once a second: a small case takes less time than the disk.
 */
final class Journal implements AutoCloseable {
    private static final String SUFFIX = ".log";
    private static final byte[] NOTHING = {};

    private final FileChannel file;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread forcing = Thread.ofPlatform().daemon().name("journal").unstarted(this::forceOften);
    private volatile boolean loose;
    private byte[] ended = NOTHING;

    private Journal(FileChannel file) {
        this.file = file;
    }

    /** @param rank whose part it is; in later starts it may be another process's */
    static Journal open(Path folder, int rank) throws IOException {
        FileChannel file = FileChannel.open(folder.resolve("rank-%04d%s".formatted(rank, SUFFIX)),
                StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        Journal journal = new Journal(file);
        if (file.size() > 0) {
            // Whatever a crash has cut off ends here.
            journal.write(new byte[] {'\n'}, NOTHING);
        }
        journal.forcing.start();
        return journal;
    }

    /** All parts that there are. */
    static List<Path> parts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        }
    }

    /** Somebody begins, or has ended, which is written together with who begins next. */
    void add(Entry entry) throws IOException {
        byte[] line = entry.line();
        if (entry.state() == State.running) {
            write(ended, line);
            ended = NOTHING;
        } else {
            flush();
            ended = line;
        }
    }

    /** Writes who has ended, if nobody begins next. */
    void flush() throws IOException {
        if (ended.length > 0) {
            write(ended, NOTHING);
            ended = NOTHING;
        }
    }

    private void write(byte[] first, byte[] second) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(first.length + second.length).put(first).put(second).flip();
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        loose |= first.length > 0;
    }

    private void forceOften() {
        try {
            while (!closing.await(1, TimeUnit.SECONDS)) {
                force();
            }
        } catch (IOException e) {
            // Whoever closes it tries once more, and says so.
            loose = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void force() throws IOException {
        if (loose) {
            loose = false;
            file.force(false);
        }
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        try (file) {
            forcing.join();
            flush();
            force();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
