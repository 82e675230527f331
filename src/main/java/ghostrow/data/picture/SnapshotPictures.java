package ghostrow.data.picture;

import ghostrow.data.Content;
import ghostrow.data.InputException;
import ghostrow.data.SnapshotReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Draws the snapshots of one file. All pictures of a file share one range of colours, so that they can be
 * compared; it is found by reading every snapshot once, when the first picture is asked for.
 */
public final class SnapshotPictures {
    private static final int MOST_CELLS = 1000;
    private static final int FRAME_DELAY = 20;
    private static final int LAST_FRAME_DELAY = 200;

    private final SnapshotReader reader;
    private final Palette palette;
    private double low = Double.NaN;
    private double high = Double.NaN;

    public SnapshotPictures(SnapshotReader reader, Palette palette) {
        this.reader = reader;
        this.palette = palette;
        if (reader.complete() == 0) {
            throw new InputException(reader.path() + ": holds no complete snapshot yet; nothing to draw");
        }
        if (palette == Palette.ORIGINAL && reader.content().times() != null) {
            throw new InputException("--palette original: colours escape counts, but " + reader.path()
                    + " holds "
                    + reader.content().name() + "; choose viridis or grey");
        }
    }

    /** Draws one snapshot, counted from 0, with its axes, its time and a colour bar. */
    public void png(long snapshot, Path file) throws IOException {
        Raster raster = Raster.read(reader, snapshot, MOST_CELLS);
        findRange();
        PngWriter.write(file, chart().draw(raster, title(snapshot)));
    }

    /** Draws all complete snapshots into one animated GIF. */
    public void gif(Path file) throws IOException {
        if (palette == Palette.ORIGINAL) {
            throw new InputException("--palette original: has more colours than a GIF can hold; choose "
                    + "viridis or grey");
        }
        findRange();
        Chart chart = chart();
        GifWriter gif = null;
        try {
            for (long snapshot = 0; snapshot < reader.complete(); snapshot++) {
                Canvas canvas = chart.draw(Raster.read(reader, snapshot, MOST_CELLS), title(snapshot));
                if (gif == null) {
                    gif = new GifWriter(file, canvas.width, canvas.height);
                }
                gif.frame(canvas, snapshot == reader.complete() - 1 ? LAST_FRAME_DELAY : FRAME_DELAY);
            }
        } finally {
            if (gif != null) {
                gif.close();
            }
        }
    }

    /** One snapshot as lines of text for a terminal. */
    public String preview(long snapshot, TerminalPreview terminal) throws IOException {
        Raster raster = Raster.read(reader, snapshot, terminal.cells());
        findRange();
        return title(snapshot) + "\n" + terminal.render(raster, palette, low, high);
    }

    private void findRange() throws IOException {
        if (!Double.isNaN(low)) {
            return;
        }
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (long snapshot = 0; snapshot < reader.complete(); snapshot++) {
            Raster raster = Raster.read(reader, snapshot, MOST_CELLS);
            least = Math.min(least, raster.low());
            most = Math.max(most, raster.high());
        }
        // A field without one finite value has no range; any will do.
        low = least <= most ? least : 0;
        high = least <= most ? most : 0;
    }

    private Chart chart() {
        Content c = reader.content();
        double right = c.originX() + (c.columns() - 1) * c.spacingX();
        double other = c.originY() + (c.rows() - 1) * c.spacingY();
        return new Chart(palette, new Chart.Extent(c.originX(), right, Math.min(c.originY(), other),
                Math.max(c.originY(), other)), low, high);
    }

    /** Padded to one length for all snapshots of a file, so that frames of a GIF are alike. */
    private String title(long snapshot) {
        Content c = reader.content();
        if (c.times() == null) {
            return c.name();
        }
        double last = c.times()[c.times().length - 1];
        Ticks precision = new Ticks(last / Math.max(1, c.times().length - 1) / 100, List.of(last));
        String longest = title(precision.label(last), c.snapshots() - 1);
        String title = title(precision.label(c.times()[(int) snapshot]), snapshot);
        return title + " ".repeat(Math.max(0, longest.length() - title.length()));
    }

    private String title(String time, long snapshot) {
        return reader.content().name() + " at t = " + time + "  (" + snapshot + " of "
                + (reader.content().snapshots() - 1) + ")";
    }
}
