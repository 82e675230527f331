package ghostrow.app;

import ghostrow.data.SnapshotReader;
import ghostrow.data.picture.CountPalette;
import ghostrow.data.picture.PngWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.IntUnaryOperator;

/** Draws the counts of a file, a few rows at a time, so that pictures may be larger than memory. */
final class EscapePicture {
    private static final long BATCH = 1 << 22;
    private static final double RADIUS_SQUARED = 4;

    private EscapePicture() {
    }

    static void draw(Path counts, View view, int maxiter, CountPalette palette, Path png) throws IOException {
        Path part = png.resolveSibling(png.getFileName() + ".part");
        int width = view.width();
        long rowBytes = (long) width * Integer.BYTES;
        int batch = (int) Math.max(1, BATCH / rowBytes);
        IntUnaryOperator colours = palette.colours(maxiter);
        int[] rgb = new int[width];
        try (Arena arena = Arena.ofConfined(); SnapshotReader reader = SnapshotReader.open(counts);
                PngWriter writer = new PngWriter(part, width, view.height())) {
            MemorySegment rows = arena.allocate(batch * rowBytes, Integer.BYTES);
            for (int first = 0; first < view.height(); first += batch) {
                int many = Math.min(batch, view.height() - first);
                reader.readRows(0, first, many, rows, rowBytes);
                for (int row = 0; row < many; row++) {
                    double y = view.plane().y()[first + row];
                    for (int column = 0; column < width; column++) {
                        int count = rows.getAtIndex(ValueLayout.JAVA_INT, (long) row * width + column);
                        rgb[column] = count == 0 && isNear(view.plane().x()[column], y) ? palette.inside()
                                : colours.applyAsInt(count);
                    }
                    writer.row(rgb, 0);
                }
            }
        }
        Files.move(part, png, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether a count of 0 means that the point never escaped, rather than that it was out from the start. */
    private static boolean isNear(double x, double y) {
        return x * x + y * y <= RADIUS_SQUARED;
    }
}
