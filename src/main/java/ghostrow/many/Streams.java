package ghostrow.many;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Keeps apart what pieces of work print that run one after the other, or side by side, in one process: for as long as
 * a piece runs, what its thread and the threads that it begins print goes into files of its own. A piece that prints
 * nothing leaves no file.
 */
final class Streams implements AutoCloseable {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final InheritableThreadLocal<Place> here = new InheritableThreadLocal<>();

    private Streams() {
    }

    /** Takes the place of what this process prints by, until it is closed. */
    static Streams take() {
        Streams streams = new Streams();
        System.setOut(streams.new Fork(streams.out, Place::out).print());
        System.setErr(streams.new Fork(streams.err, Place::err).print());
        return streams;
    }

    /** Where a piece prints to. */
    private record Place(Lazy out, Lazy err) {
    }

    /**
     * Does something whose words are to be kept apart.
     *
     * @param out where its standard output goes, or null for nowhere
     */
    <T> T apart(Path out, Path err, Supplier<T> deed) {
        try (Lazy first = new Lazy(out); Lazy second = new Lazy(err)) {
            here.set(new Place(first, second));
            return deed.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            here.remove();
        }
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
    }

    /** Passes on to the piece at hand, or to where the process printed before. */
    private final class Fork extends OutputStream {
        private final PrintStream usual;
        private final java.util.function.Function<Place, Lazy> which;

        Fork(PrintStream usual, java.util.function.Function<Place, Lazy> which) {
            this.usual = usual;
            this.which = which;
        }

        PrintStream print() {
            return new PrintStream(this, true, StandardCharsets.UTF_8);
        }

        private OutputStream target() {
            Place place = here.get();
            return place == null ? usual : which.apply(place);
        }

        @Override
        public void write(int one) throws IOException {
            target().write(one);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            target().write(bytes, from, count);
        }

        @Override
        public void flush() throws IOException {
            target().flush();
        }
    }

    /** A file that is there when something has been written to it. */
    private static final class Lazy extends OutputStream {
        private final Path file;
        private OutputStream opened;
        private boolean closed;

        Lazy(Path file) {
            this.file = file;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        /** Whatever a thread says that outlives its piece is lost. */
        @Override
        public synchronized void write(byte[] bytes, int from, int count) throws IOException {
            if (file == null || closed) {
                return;
            }
            if (opened == null) {
                Files.createDirectories(file.getParent());
                opened = new BufferedOutputStream(Files.newOutputStream(file));
            }
            opened.write(bytes, from, count);
        }

        @Override
        public synchronized void close() throws IOException {
            closed = true;
            if (opened != null) {
                opened.close();
            }
        }
    }
}
