package ghostrow.snapshot;

import ghostrow.comm.Comm;
import ghostrow.data.Content;
import ghostrow.data.Element;
import ghostrow.data.SnapshotReader;
import ghostrow.data.picture.PictureFiles;
import ghostrow.grid.Field;
import ghostrow.run.Agreement;
import ghostrow.run.Agreement.Failed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The snapshots that a run takes one after the other, in one file that ParaView, h5py and {@code ghostrow picture} open.
 * All calls are collective.
 *
 * <pre>
 *   try (Film film = Film.of(comm, Path.of("out/heat.vtkhdf"), "density", now, 0.1, 11, 0.5, goOn)) {
 *       film.begin(now, () -&gt; fill(now));
 *       while (film.taken() &lt; 11) {
 *           ... step ...
 *           film.take(now);
 *       }
 *       film.draw();
 *   }
 * </pre>
 */
public final class Film implements AutoCloseable {
    private final Comm comm;
    private final Path path;
    private final Snapshots snapshots;
    private long taken;

    private Film(Comm comm, Path path, Snapshots snapshots) {
        this.comm = comm;
        this.path = path;
        this.snapshots = snapshots;
        this.taken = snapshots.complete();
    }

    /**
     * Lays the file out in place of an earlier one, or goes on with that.
     *
     * @param name    what the values are, such as {@code density}
     * @param like    a field as those that will come
     * @param spacing from cell to cell
     * @param count   how many snapshots there will be, the first of them at time 0
     * @param apart   from one to the next in time
     * @param goOn    whether to take up an earlier file, if there is one; it must have been laid out for the same
     */
    public static Film of(Comm comm, Path path, String name, Field like, double spacing, int count, double apart,
            boolean goOn) throws IOException {
        double[] times = IntStream.range(0, count).mapToDouble(shot -> shot * apart).toArray();
        Content content = new Content(name, Element.FLOAT64, like.strip().total(), like.columns(), times, 0, 0, spacing,
                spacing, Map.of("spacing", spacing), Map.of());
        boolean found = goOn && Agreement.fromFirst(comm, 1, () -> new long[] {Files.exists(path) ? 1 : 0})[0] != 0;
        return new Film(comm, path, found ? Snapshots.resume(comm, path, content)
                : Snapshots.create(comm, path, content, true));
    }

    /** How many there are. */
    public long taken() {
        return taken;
    }

    /** Fills the field with the last snapshot that is sound, or, where there is none, as it is at first, and takes that. */
    public void begin(Field field, Runnable fill) throws IOException {
        for (; taken > 0; taken--) {
            Optional<Failed> failed = Agreement.attempt(comm, () -> Snapshots.read(path, taken - 1, field));
            if (failed.isEmpty()) {
                return;
            }
            if (failed.get().why() != null) {
                System.err.println("ghostrow: going back to the snapshot before, since " + failed.get().why().getMessage());
            }
        }
        fill.run();
        take(field);
    }

    /** Adds one; it counts from the moment that all of it is on the disk. */
    public void take(Field field) throws IOException {
        snapshots.write(taken++, field);
    }

    /** Draws all of them, each as a PNG, and all as a GIF, beside the file. */
    public void draw() throws IOException {
        if (comm.rank() == 0) {
            try (SnapshotReader reader = SnapshotReader.open(path)) {
                PictureFiles.drawAll(reader);
            }
        }
    }

    @Override
    public void close() throws IOException {
        snapshots.close();
    }
}
