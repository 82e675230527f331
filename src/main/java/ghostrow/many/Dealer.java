package ghostrow.many;

import ghostrow.comm.Comm;
import ghostrow.comm.CommException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Deals the numbers from 0 to whoever asks, each once. */
interface Dealer extends AutoCloseable {

    /** The next number; whoever gets one that is too large has no more to ask. */
    long next() throws IOException;

    /** Deals no more, to anybody. */
    void stop() throws IOException;

    /** How they are dealt, in a few words. */
    String how();

    @Override
    void close();

    /**
     * Collective. From a counter that all ranks share, if to ask it is to wait for nobody; where it is not, since the
     * rank that keeps it may be busy for hours, by files that only one can create.
     *
     * @param claims a folder for those files, which all hosts see and the first rank has made
     */
    static Dealer over(Comm comm, long count, Path claims) {
        try {
            Comm.Counter counter = comm.counter();
            if (!counter.waits()) {
                return new Counted(counter, count);
            }
            counter.close();
        } catch (CommException e) {
            // Then without.
        }
        return new Claimed(claims);
    }

    /** By a shared counter. */
    record Counted(Comm.Counter counter, long count) implements Dealer {
        @Override
        public long next() {
            return counter.getAndAdd(1);
        }

        @Override
        public void stop() {
            counter.getAndAdd(count);
        }

        @Override
        public String how() {
            return "a shared counter";
        }

        @Override
        public void close() {
            counter.close();
        }
    }

    /** By files of one name each: to create one is one step on any file system that hosts share. */
    final class Claimed implements Dealer {
        private static final String STOP = "stop";

        private final Path folder;
        private long at;

        Claimed(Path folder) {
            this.folder = folder;
        }

        @Override
        public long next() throws IOException {
            while (!Files.exists(folder.resolve(STOP))) {
                try {
                    Files.createFile(folder.resolve(Long.toString(at)));
                    return at++;
                } catch (FileAlreadyExistsException taken) {
                    at++;
                }
            }
            return Long.MAX_VALUE;
        }

        @Override
        public void stop() throws IOException {
            try {
                Files.createFile(folder.resolve(STOP));
            } catch (FileAlreadyExistsException already) {
                // Somebody else was first.
            }
        }

        @Override
        public String how() {
            return "files in " + folder;
        }

        @Override
        public void close() {
            // The first rank removes the folder.
        }
    }
}
