package ghostrow.app.mandelbrot;

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
import java.util.function.DoubleToIntFunction;

/** Draws the counts of a file, a few rows at a time, so that pictures may be larger than memory. */
final class EscapePicture {
    private static final long BATCH = 1 << 22;
    private static final double RADIUS_SQUARED = 4;
    /** Larger counts differ by so little in colour that nothing needs to be put between them. */
    private static final int SMOOTH_COUNTS = 48;
    private static final int BEYOND = 3;

    private EscapePicture() {
    }

    static void draw(Path counts, View view, CountPalette palette, Path png) throws IOException {
        Path part = png.resolveSibling(png.getFileName() + ".part");
        int width = view.width();
        long rowBytes = (long) width * Integer.BYTES;
        int batch = (int) Math.max(1, BATCH / rowBytes);
        DoubleToIntFunction colours = palette.colours();
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
                        double x = view.plane().x()[column];
                        if (count == 0 && x * x + y * y <= RADIUS_SQUARED) {
                            rgb[column] = palette.inside();
                        } else {
                            rgb[column] = colours.applyAsInt(palette.isSmooth() ? smooth(x, y, count) : count);
                        }
                    }
                    writer.row(rgb, 0);
                }
            }
        }
        Files.move(part, png, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * A count that grows evenly from one whole count to the next: a few iterations after the escape |z| squares each
     * time, so that the logarithm of its logarithm tells how far past the radius it was.
     */
    private static double smooth(double x, double y, int count) {
        if (count >= SMOOTH_COUNTS) {
            return count;
        }
        double re = 0;
        double im = 0;
        for (int i = 0; i <= count + BEYOND; i++) {
            double next = re * re - im * im + x;
            im = 2 * re * im + y;
            re = next;
        }
        double doublings = Math.log(Math.log(re * re + im * im) / Math.log(RADIUS_SQUARED)) / Math.log(2);
        return Math.max(0, count + 1 + BEYOND - doublings);
    }
}
