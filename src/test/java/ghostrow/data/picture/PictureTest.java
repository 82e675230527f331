package ghostrow.data.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.Content;
import ghostrow.data.Element;
import ghostrow.data.InputException;
import ghostrow.data.Layout;
import ghostrow.data.SnapshotFile;
import ghostrow.data.SnapshotReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {
    @TempDir
    Path folder;

    private interface Value {
        double at(long snapshot, long row, long column);
    }

    private SnapshotReader file(long rows, long columns, int snapshots, Value value) throws IOException {
        Path path = folder.resolve("diffusion.vtkhdf");
        double[] times = new double[snapshots];
        for (int k = 0; k < snapshots; k++) {
            times[k] = 0.5 * k;
        }
        Layout layout = SnapshotFile.create(path, new Content("density", Element.FLOAT64, rows, columns,
                times, -10, -10,
                20.0 / columns, 20.0 / rows, Map.of(), Map.of()), true);
        try (SnapshotFile file = SnapshotFile.open(path, layout); Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(rows * columns * 8, 8);
            for (int k = 0; k < snapshots; k++) {
                for (long cell = 0; cell < rows * columns; cell++) {
                    memory.setAtIndex(ValueLayout.JAVA_DOUBLE, cell,
                            value.at(k, cell / columns, cell % columns));
                }
                file.writeChecksums(k, 0, file.writeRows(k, 0, rows, memory, columns * 8));
                file.commit(k + 1);
            }
        }
        return SnapshotReader.open(path);
    }

    private static int[] pixels(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return Arrays.stream(pixels).map(argb -> argb & 0xFFFFFF).toArray();
    }

    private static Canvas canvas(int width, int height, IntFunction<Integer> colour) {
        Canvas canvas = new Canvas(width, height, 0);
        Arrays.setAll(canvas.pixels, colour::apply);
        return canvas;
    }

    @Test
    void pngsReadBackPixelByPixel() throws IOException {
        Random random = new Random(5);
        List<Canvas> canvases = List.of(canvas(1, 1, i -> 0x123456),
                canvas(3, 700, i -> random.nextInt(1 << 24)),
                canvas(901, 577, i -> i * 7 & 0xFFFFFF), canvas(640, 480, i -> 0xFF0000));
        for (Canvas canvas : canvases) {
            Path file = folder.resolve("a.png");
            PngWriter.write(file, canvas);
            BufferedImage image = ImageIO.read(file.toFile());
            assertEquals(List.of(canvas.width, canvas.height), List.of(image.getWidth(), image.getHeight()));
            assertArrayEquals(canvas.pixels, pixels(image));
        }
    }

    @Test
    void aPngThatWasGivenUpIsNotMistakenForAWholeOne() throws IOException {
        Path file = folder.resolve("a.png");
        try (PngWriter png = new PngWriter(file, 10, 10)) {
            png.row(new int[10], 0);
        }
        assertThrows(IOException.class, () -> ImageIO.read(file.toFile()));
    }

    @Test
    void gifsReadBackFrameByFrame() throws IOException {
        Random random = new Random(6);
        // Noise fills the table of codes many times over; plain and short frames end it at every width.
        List<Canvas> frames = List.of(canvas(300, 200, i -> 0x0A0B0C),
                canvas(300, 200, i -> random.nextInt(256) * 257),
                canvas(300, 200, i -> i / 300), canvas(300, 200, i -> random.nextInt(2) * 0xFFFFFF),
                canvas(300, 200, i -> (i % 300) * (i / 300) / 250));
        assertGif(300, 200, frames);
        for (int width = 1; width < 600; width++) {
            assertGif(width, 1, List.of(canvas(width, 1, i -> random.nextInt(200))));
        }
    }

    private void assertGif(int width, int height, List<Canvas> frames) throws IOException {
        Path file = folder.resolve("a.gif");
        try (GifWriter gif = new GifWriter(file, width, height)) {
            for (Canvas frame : frames) {
                gif.frame(frame, 10);
            }
        }
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (var in = ImageIO.createImageInputStream(file.toFile())) {
            reader.setInput(in);
            assertEquals(frames.size(), reader.getNumImages(true));
            for (int i = 0; i < frames.size(); i++) {
                assertArrayEquals(frames.get(i).pixels, pixels(reader.read(i)), "frame " + i + " of "
                        + width);
            }
        }
    }

    @Test
    void fieldsAreReducedToTheMeansOfBlocksWithTheLargestYOnTop() throws IOException {
        try (SnapshotReader reader = file(25, 7, 1, (k, row, column) -> row * 100 + column)) {
            Raster raster = Raster.read(reader, 0, 10);
            assertEquals(List.of(3, 9), List.of(raster.width(), raster.height()));
            double[] top = {2400 + 1, 2400 + 4, 2400 + 6};
            double[] bottom = {100 + 1, 100 + 4, 100 + 6};
            assertArrayEquals(top, Arrays.copyOf(raster.cells(), 3), 1e-9);
            assertArrayEquals(bottom, Arrays.copyOfRange(raster.cells(), 24, 27), 1e-9);
            assertEquals(List.of(101.0, 2406.0), List.of(raster.low(), raster.high()));
        }
    }

    @Test
    void picturesOfEveryShapeAreDrawnWithinTheirBounds() throws IOException {
        for (long[] size : new long[][] {{1, 1}, {1, 3000}, {3000, 1}, {20, 30}, {1001, 999}}) {
            try (SnapshotReader reader = file(size[0], size[1], 2,
                    (k, row, column) -> row == 3 ? Double.NaN : (k + 1) * Math.sin(row + column))) {
                new SnapshotPictures(reader, Palette.VIRIDIS).png(1, folder.resolve("a.png"));
                BufferedImage image = ImageIO.read(folder.resolve("a.png").toFile());
                assertTrue(Math.max(image.getWidth(), image.getHeight()) >= 400, "side");
                assertTrue(Math.max(image.getWidth(), image.getHeight()) <= 1400, "side");
            }
        }
    }

    @Test
    void fieldsWithoutRangeOrWithoutNumbersAreDrawnToo() throws IOException {
        for (double value : new double[] {0, -5, Double.NaN, Double.POSITIVE_INFINITY, 1e300,
                Double.MIN_VALUE}) {
            try (SnapshotReader reader = file(4, 4, 1, (k, row, column) -> value)) {
                SnapshotPictures pictures = new SnapshotPictures(reader, Palette.GREY);
                pictures.png(0, folder.resolve("a.png"));
                assertFalse(pictures.preview(0, TerminalPreview.ASCII).isEmpty());
            }
        }
    }

    @Test
    void theGifHasAFrameForEverySnapshotAndOneRangeOfColours() throws IOException {
        try (SnapshotReader reader = file(40, 40, 12, (k, row, column) -> (row == 20 ? 1.0 : 0.5)
                / (k + 1))) {
            new SnapshotPictures(reader, Palette.VIRIDIS).gif(folder.resolve("a.gif"));
        }
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (var in = ImageIO.createImageInputStream(folder.resolve("a.gif").toFile())) {
            reader.setInput(in);
            assertEquals(12, reader.getNumImages(true));
            int yellow = Palette.VIRIDIS.rgb(1, 0, 1);
            int ofBar = countOf(reader, 11, yellow);
            assertTrue(countOf(reader, 0, yellow) > ofBar + 1000);
        }
    }

    private static int countOf(ImageReader reader, int frame, int rgb) throws IOException {
        return (int) Arrays.stream(pixels(reader.read(frame))).filter(pixel -> pixel == rgb).count();
    }

    @Test
    void ticksAreRoundAndLabelsSayWhereTheyAre() {
        Ticks ticks = Ticks.between(-9.95, 9.95, 5);
        assertEquals(List.of(-5.0, 0.0, 5.0), ticks.values());
        assertEquals(List.of("-5", "0", "5"), ticks.values().stream().map(ticks::label).toList());
        Ticks small = Ticks.between(0, 0.201, 9);
        assertEquals(List.of("0", "0.05", "0.10", "0.15", "0.20"),
                small.values().stream().map(small::label).toList());
        Ticks tiny = Ticks.between(0, 3.1e-9, 4);
        assertEquals(List.of("0", "1e-9", "2e-9", "3e-9"), tiny.values().stream().map(tiny::label).toList());
        Ticks huge = Ticks.between(1e6, 3e6, 5);
        assertEquals("1.0e6", huge.label(huge.values().getFirst()));
        assertTrue(Ticks.between(1, 1, 5).values().isEmpty());
        Random random = new Random(8);
        for (int i = 0; i < 20_000; i++) {
            double low = Double.longBitsToDouble(random.nextLong());
            double high = Double.longBitsToDouble(random.nextLong());
            int most = 2 + random.nextInt(8);
            Ticks any = Ticks.between(low, high, most);
            assertTrue(any.values().size() <= most);
            any.values().forEach(any::label);
        }
    }

    @Test
    void palettesRunFromEndToEndAndTheOriginalFollowsItsFormula() {
        assertEquals(0x440154, Palette.VIRIDIS.rgb(-1, 0, 1));
        assertEquals(0xFDE725, Palette.VIRIDIS.rgb(2, 0, 1));
        assertEquals(0x000000, Palette.GREY.rgb(0, 0, 1));
        assertEquals(0xFFFFFF, Palette.GREY.rgb(1, 0, 1));
        for (int count : new int[] {0, 1, 31, 32, 1000, Integer.MAX_VALUE}) {
            long formula = (count + 256L * count + 65536L * count) * 8 % (1 << 24);
            assertEquals(formula, Palette.ofCount(count));
        }
        assertEquals(Palette.GREY, Palette.named("grey"));
        assertEquals("--palette blue: no such palette; there are viridis, grey, original",
                assertThrows(InputException.class, () -> Palette.named("blue")).getMessage());
    }

    @Test
    void everyLetterThatPicturesUseIsDrawn() {
        Font font = Font.load();
        String all = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,-+=():/*^%_<>'";
        for (char letter : all.toCharArray()) {
            assertFalse(Arrays.deepEquals(font.dots(letter), font.dots('?')), "letter " + letter);
        }
    }

    @Test
    void terminalsGetWhatTheyCanShow() throws IOException {
        assertEquals(TerminalPreview.TRUE_COLOUR,
                TerminalPreview.of(Map.of("LANG", "en_US.UTF-8", "TERM", "xterm", "COLORTERM", "truecolor")));
        assertEquals(TerminalPreview.COLOURS_256,
                TerminalPreview.of(Map.of("LC_ALL", "C.utf8", "TERM", "xterm-256color")));
        assertEquals(TerminalPreview.ASCII,
                TerminalPreview.of(Map.of("LANG", "C", "TERM", "xterm-256color")));
        assertEquals(TerminalPreview.ASCII, TerminalPreview.of(Map.of()));
        assertEquals(TerminalPreview.ASCII, TerminalPreview.of(
                Map.of("LANG", "C.UTF-8", "TERM", "xterm-256color", "NO_COLOR", "1")));
        try (SnapshotReader reader = file(300, 299, 1, (k, row, column) -> row)) {
            SnapshotPictures pictures = new SnapshotPictures(reader, Palette.VIRIDIS);
            for (TerminalPreview terminal : TerminalPreview.values()) {
                String preview = pictures.preview(0, terminal);
                for (String line : preview.replaceAll("\u001B\\[[0-9;]*m", "").split("\n")) {
                    assertTrue(line.length() <= 80, line);
                }
                assertEquals(terminal == TerminalPreview.ASCII,
                        preview.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 127));
            }
        }
    }

    @Test
    void whatCannotBeDrawnIsRefused() throws IOException {
        try (SnapshotReader reader = file(4, 4, 1, (k, row, column) -> 1)) {
            assertTrue(assertThrows(InputException.class,
                    () -> new SnapshotPictures(reader, Palette.ORIGINAL)).getMessage()
                    .startsWith("--palette original: colours escape counts, but "));
            SnapshotPictures pictures = new SnapshotPictures(reader, Palette.GREY);
            assertTrue(assertThrows(InputException.class, () -> pictures.png(5, folder.resolve("a.png")))
                    .getMessage()
                    .endsWith("snapshot 5 is not there; complete are 1, counted from 0"));
            assertFalse(Files.exists(folder.resolve("a.png")));
        }
    }
}
