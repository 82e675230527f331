package ghostrow.data.picture;

import ghostrow.data.SnapshotReader;
import java.io.IOException;
import java.nio.file.Path;

/** The pictures of a snapshot file lie beside it and are named after it: diffusion-0007.png, diffusion.gif. */
public final class PictureFiles {
    private PictureFiles() {
    }

    /**
     * Every snapshot as a PNG and all of them as a GIF, in the default colours.
     *
     * @return the GIF
     */
    public static Path drawAll(SnapshotReader reader) throws IOException {
        SnapshotPictures pictures = new SnapshotPictures(reader, Palette.VIRIDIS);
        for (long k = 0; k < reader.complete(); k++) {
            pictures.png(k, png(reader.path(), k, reader.complete()));
        }
        Path gif = gif(reader.path());
        pictures.gif(gif);
        return gif;
    }

    /** The picture of snapshot {@code k}; a file with but one snapshot needs no numbers. */
    public static Path png(Path snapshots, long k, long complete) {
        return beside(snapshots, complete == 1 ? ".png" : String.format("-%04d.png", k));
    }

    public static Path gif(Path snapshots) {
        return beside(snapshots, ".gif");
    }

    private static Path beside(Path snapshots, String ending) {
        String name = snapshots.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return snapshots.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ending);
    }
}
