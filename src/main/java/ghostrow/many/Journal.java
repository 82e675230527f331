package ghostrow.many;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One rank's part of the journal: each rank that works adds lines to a file of its own, since hosts that add to one
 * would write over each other on some file systems.
 *
 * <p>A line is with the kernel when it is written, so that it outlives its process. That it outlives the machine is
 * made sure of once a second at most: to wait for the disk after each of a thousand small cases would cost more than
 * these.
 */
final class Journal implements AutoCloseable {
    private static final String SUFFIX = ".log";
    private static final long FORCE_NANOS = 1_000_000_000;

    private final FileChannel file;
    private long forced = System.nanoTime();
    private boolean loose;

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
            journal.write(new byte[] {'\n'});
        }
        return journal;
    }

    /** All parts that there are. */
    static List<Path> parts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList());
        }
    }

    void add(Entry entry) throws IOException {
        write(entry.line());
        loose |= entry.state() != State.running;
        long now = System.nanoTime();
        if (loose && now - forced > FORCE_NANOS) {
            force();
        }
    }

    private void write(byte[] line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    private void force() throws IOException {
        file.force(false);
        loose = false;
        forced = System.nanoTime();
    }

    @Override
    public void close() throws IOException {
        if (loose) {
            force();
        }
        file.close();
    }
}
