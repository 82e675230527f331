package ghostrow.app;

import ghostrow.data.InputException;
import ghostrow.data.SnapshotReader;
import ghostrow.data.picture.Palette;
import ghostrow.data.picture.PictureFiles;
import ghostrow.data.picture.SnapshotPictures;
import ghostrow.data.picture.TerminalPreview;
import ghostrow.run.App;
import ghostrow.run.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** Draws the snapshots of a run. */
public final class Picture implements App {
    private Path file;
    private Long step;
    private String palette = "viridis";
    private boolean gif;
    private boolean show;
    private boolean force;

    @Override
    public void declare(Options options) {
        options.about("Draws snapshots: PNG, animated GIF, or a preview in the terminal.");
        options.footer("Pictures go beside FILE: diffusion-0007.png, diffusion.gif.");
        options.takes("FILE", Path.class, value -> file = value,
                "A snapshot file, such as out/diffusion.vtkhdf.");
        options.option("--step", "K", Long.class, value -> step = value,
                "Draw snapshot K alone, counted from 0; -1 is the last. Default: all.");
        options.option("--palette", "NAME", String.class, value -> palette = value,
                "viridis (default), grey, or original (escape counts as published).");
        options.flag("--gif", on -> gif = on, "Draw one animated GIF of all snapshots.");
        options.flag("--force", on -> force = on, "Replace pictures that are there already.");
        options.flag("--show", on -> show = on, "Show a small picture here in the terminal.");
    }

    @Override
    public Integer call() throws IOException {
        Palette colours = Palette.named(palette);
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            SnapshotPictures pictures = new SnapshotPictures(reader, colours);
            long last = reader.complete() - 1;
            if (step != null && (step < -1 || step > last)) {
                throw new InputException("--step " + step + ": " + file + " has snapshots 0 to " + last);
            }
            long chosen = step == null || step == -1 ? last : step;
            if (show) {
                System.out.print(pictures.preview(chosen, TerminalPreview.of(System.getenv())));
            } else if (gif) {
                Path picture = PictureFiles.gif(file);
                refuseExisting(List.of(picture));
                pictures.gif(picture);
                System.out.println(picture);
            } else {
                List<Path> frames = LongStream.rangeClosed(step == null ? 0 : chosen, chosen)
                        .mapToObj(k -> PictureFiles.png(file, k, reader.complete())).toList();
                refuseExisting(frames);
                for (int frame = 0; frame < frames.size(); frame++) {
                    pictures.png(chosen - frames.size() + 1 + frame, frames.get(frame));
                    System.out.println(frames.get(frame));
                }
            }
        }
        return 0;
    }

    /** A picture may be a run's own, in other colours than these. */
    private void refuseExisting(List<Path> pictures) {
        for (Path picture : pictures) {
            if (!force && Files.exists(picture)) {
                throw new InputException(picture + ": exists already; --force replaces it");
            }
        }
    }
}
