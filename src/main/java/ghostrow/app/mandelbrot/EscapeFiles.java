package ghostrow.app.mandelbrot;

import ghostrow.comm.Comm;
import ghostrow.data.Content;
import ghostrow.data.Element;
import ghostrow.data.InputException;
import ghostrow.data.Layout;
import ghostrow.data.OutputFolder;
import ghostrow.data.SnapshotFile;
import ghostrow.data.picture.CountPalette;
import ghostrow.run.Agreement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The counts and the picture that a run leaves in its folder. */
final class EscapeFiles {
    private static final String FIELD = "count";

    private final Path folder;
    private final boolean force;
    private final View view;
    private final int maxiter;
    private final CountPalette colours;
    private final String command;

    /** @param force whether the files of an earlier run may be replaced */
    EscapeFiles(Path folder, boolean force, View view, int maxiter, CountPalette colours, String command) {
        this.folder = folder;
        this.force = force;
        this.view = view;
        this.maxiter = maxiter;
        this.colours = colours;
        this.command = command;
    }

    Path counts() {
        return folder.resolve("mandelbrot.vtkhdf");
    }

    Path picture() {
        return folder.resolve("mandelbrot.png");
    }

    /** Refuses to destroy the files of an earlier run. */
    void check() {
        for (Path file : List.of(counts(), picture())) {
            if (!force && Files.exists(file)) {
                throw new InputException(file + ": exists already; --force replaces it, --out chooses another folder, "
                        + "--no-output writes none");
            }
        }
        OutputFolder.prepare(folder);
    }

    /** Rank 0 makes the file of counts, into which all write. Collective. */
    Layout layOut(Comm comm) throws IOException {
        Content content = new Content(FIELD, Element.INT32, view.height(), view.width(), null, view.plane().x()[0],
                view.plane().y()[0], view.dx(), view.dy(), Map.of("maxiter", (double) maxiter),
                Map.of("app", "mandelbrot", "command", command));
        return Layout.of(Agreement.fromFirst(comm, Layout.WORDS,
                () -> SnapshotFile.create(counts(), content, force).words()));
    }

    /** All rows are written: from now on they count. One rank does this. */
    void commit(Layout layout) throws IOException {
        try (SnapshotFile file = SnapshotFile.open(counts(), layout)) {
            file.commit(1);
        }
    }

    /** One rank does this. */
    void draw() throws IOException {
        EscapePicture.draw(counts(), view, colours, picture());
    }
}
