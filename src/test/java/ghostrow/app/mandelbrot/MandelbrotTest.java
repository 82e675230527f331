package ghostrow.app.mandelbrot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.grid.Deal;
import ghostrow.data.InputException;
import ghostrow.data.Tools;
import ghostrow.kernel.Escapes;
import ghostrow.kernel.Plane;
import ghostrow.run.AppRun;
import ghostrow.spmd.Setting;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Rows of the Mandelbrot set, dealt in every way, come out as the definition has them. */
class MandelbrotTest {
    @TempDir
    Path folder;

    @Test
    void everyScheduleGivesTheSameCountsOnAnyRanksAndThreads() throws Exception {
        int[][] counts = counts(Plane.whole(300), 100);
        String digest = digest(counts);
        for (Deal.Schedule schedule : Deal.Schedule.values()) {
            for (int ranks = 1; ranks <= 4; ranks++) {
                for (int threads = 1; threads <= 3; threads++) {
                    for (String interior : List.of("exact", "skip")) {
                        Map<?, ?> record = run(ranks, "300", "100", "--no-output", "--schedule", schedule.name(),
                                "--threads", Integer.toString(threads), "--interior", interior, "--digest");
                        String which = schedule + ", " + ranks + " x " + threads + ", " + interior;
                        assertEquals(75014L, record.get("validationSum"), which);
                        assertEquals(555686L, record.get("evaluations"), which);
                        assertEquals(17872L, record.get("escaped"), which);
                        assertEquals(digest, record.get("digest"), which);
                        assertEquals(interior, record.get("interior"), which);
                    }
                }
            }
        }
    }

    /** The larger picture by those that take no seconds for it; EscapeTest has it by all. */
    @Test
    void everyKernelGivesThePublishedSums() throws Exception {
        Object digest = run(1, "300", "100", "--no-output", "--kernel", "plain", "--digest").get("digest");
        List<Escapes> here = EscapeRungs.all().stream().filter(rung -> rung.missing().isEmpty()).toList();
        for (Escapes rung : here) {
            Map<?, ?> record = run(3, "300", "100", "--no-output", "--kernel", rung.label(), "--threads",
                    rung instanceof GpuEscapes ? "1" : "2", "--digest");
            assertEquals(75014L, record.get("validationSum"), rung.label());
            assertEquals(555686L, record.get("evaluations"), rung.label());
            assertEquals(17872L, record.get("escaped"), rung.label());
            assertEquals(digest, record.get("digest"), rung.label());
            assertEquals(rung.manyRowsAtOnce() ? "block" : "dynamic", record.get("schedule"), rung.label());
        }
        List<String> quick = List.of("plain", "c", "vector", "skip");
        for (String kernel : here.stream().map(Escapes::label).filter(quick::contains).toList()) {
            Map<?, ?> record = run(2, "1000", "1000", "--no-output", "--kernel", kernel);
            assertEquals(1148485L, record.get("validationSum"), kernel);
            assertEquals(51414419L, record.get("evaluations"), kernel);
            assertEquals(199934L, record.get("escaped"), kernel);
            assertEquals(!kernel.equals("skip"), record.get("performed").equals(record.get("evaluations")), kernel);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyTransportGivesTheSameFile() {
        return Setting.all().map(setting -> DynamicTest.dynamicTest(setting.toString(), () -> {
            Path out = folder.resolve("out");
            Map<?, ?> record = AppRun.record(setting, setting.equals(Setting.SELF) ? 1 : 3, folder, "mandelbrot", "300",
                    "100", "--threads", "2", "--chunk", "4", "--out", out.toString(), "--force", "--digest");
            int[][] counts = counts(Plane.whole(300), 100);
            assertEquals(75014L, record.get("validationSum"));
            assertEquals(digest(counts), record.get("digest"));
            assertEquals("int32 (150, 150) 75014 [" + counts[3][70] + " " + counts[149][149] + "] -1.0",
                    Tools.h5py("""
                            import h5py, sys
                            v = h5py.File(sys.argv[1])['VTKHDF']
                            c = v['PointData/count']
                            print(c.dtype, c.shape, c[:].sum(), '[%d %d]' % (c[3, 70], c[149, 149]),
                                  v.attrs['Direction'][4])
                            """, out.resolve("mandelbrot.vtkhdf").toString()));
        }));
    }

    @Test
    void thePictureHasThePublishedColours() throws Exception {
        run(2, "--pixels", "61x40", "--region", "-0.75,-0.73,0.1,0.12", "--maxiter", "300", "--palette", "original",
                "--out", folder.toString());
        BufferedImage picture = ImageIO.read(folder.resolve("mandelbrot.png").toFile());
        double[] x = new double[61];
        double[] y = new double[40];
        Arrays.setAll(x, i -> -0.75 + (i + 0.5) * ((-0.73 - -0.75) / 61));
        Arrays.setAll(y, i -> 0.12 + (i + 0.5) * ((0.1 - 0.12) / 40));
        int[][] counts = counts(new Plane(x, y), 300);
        assertEquals(61, picture.getWidth());
        assertEquals(40, picture.getHeight());
        for (int row = 0; row < 40; row++) {
            for (int column = 0; column < 61; column++) {
                int count = counts[row][column];
                assertEquals((count + 256 * count + 65536 * count) * 8 & 0xFFFFFF,
                        picture.getRGB(column, row) & 0xFFFFFF);
            }
        }
    }

    @Test
    void thePictureIsBlackInsideAndColouredOutside() throws Exception {
        run(1, "300", "100", "--out", folder.toString());
        BufferedImage picture = ImageIO.read(folder.resolve("mandelbrot.png").toFile());
        assertEquals(0, picture.getRGB(100, 75) & 0xFFFFFF);
        assertTrue((picture.getRGB(0, 0) & 0xFFFFFF) != 0);
        assertFalse(Files.exists(folder.resolve("mandelbrot.png.part")));
    }

    @Test
    void piecesCoverAllRowsWhateverTheSchedule() {
        for (Deal.Schedule schedule : Deal.Schedule.values()) {
            for (int rows : new int[] {1, 7, 500, 20001}) {
                for (int workers : new int[] {1, 3, 12}) {
                    int[] starts = Deal.of(schedule, null, rows, workers).starts();
                    assertEquals(0, starts[0]);
                    assertEquals(rows, starts[starts.length - 1]);
                    for (int piece = 1; piece < starts.length; piece++) {
                        assertTrue(starts[piece] >= starts[piece - 1]);
                    }
                }
            }
        }
    }

    @Test
    void earlierFilesStayUnlessForced() throws Exception {
        run(1, "30", "10", "--out", folder.toString());
        byte[] before = Files.readAllBytes(folder.resolve("mandelbrot.vtkhdf"));
        refused("--force replaces it", "40", "10", "--out", folder.toString());
        assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(folder.resolve("mandelbrot.vtkhdf"))));
        run(1, "40", "10", "--out", folder.toString(), "--force");
    }

    @Test
    void whatCannotWorkIsRefused() {
        refused("between 1 and", "0", "10");
        refused("at least 1", "100", "0");
        refused("block, cyclic, dynamic, guided", "100", "10", "--schedule", "random");
        refused("use cyclic", "100", "10", "--schedule", "block", "--chunk", "3");
        refused("at least 1", "100", "10", "--chunk", "0");
        refused("exclude each other", "100", "10", "--pixels", "10x10");
        refused("WIDTHxHEIGHT", "--pixels", "10");
        refused("WIDTHxHEIGHT", "--pixels", "0x10");
        refused("x1 < x2", "--pixels", "10x10", "--region", "1,0,0,1");
        refused("x1 < x2", "--pixels", "10x10", "--region", "0,1,0,nan");
        refused("needs --pixels", "--region", "0,1,0,1");
        refused("there are boxed, local, typed, expanded, plain, whole-array, blocked-array, formula, c, vector, skip, "
                + "gpu-array, gpu-element, gpu", "100", "10", "--kernel", "fast");
        refused("did you mean vector?", "100", "10", "--kernel", "vectro");
        refused("only --kernel blocked-array", "100", "10", "--kernel", "plain", "--piece", "100");
        refused("between 1 and", "100", "10", "--kernel", "blocked-array", "--piece", "0");
        refused("night, original", "100", "10", "--palette", "pink");
        refused("GiB of Java's heap for this picture", "100000", "10", "--kernel", "whole-array");
        refused("100 ranks for 10 rows", "20", "10", "--ranks", "100", "--transport", "mpj");
        assertFalse(Files.exists(folder.resolve("none")));
    }

    private void refused(String why, String... words) {
        List<String> all = Stream.concat(Stream.of(words), Stream.of("--out", folder.resolve("none").toString()))
                .toList();
        if (Arrays.asList(words).contains("--out")) {
            all = List.of(words);
        }
        List<String> line = all;
        InputException refusal = assertThrows(InputException.class, () -> AppRun.execute(MandelbrotCommand::new, line));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }

    private Map<?, ?> run(int ranks, String... words) throws IOException {
        return AppRun.record(folder, MandelbrotCommand::new, ranks, words);
    }

    /** The definition, word for word. */
    private static int[][] counts(Plane plane, int maxiter) {
        int[][] counts = new int[plane.y().length][plane.x().length];
        for (int row = 0; row < counts.length; row++) {
            for (int column = 0; column < counts[row].length; column++) {
                double re = 0;
                double im = 0;
                for (int i = 0; i < maxiter; i++) {
                    double next = re * re - im * im + plane.x()[column];
                    im = re * im + im * re + plane.y()[row];
                    re = next;
                    if (Math.hypot(re, im) > 2) {
                        counts[row][column] = i;
                        break;
                    }
                }
            }
        }
        return counts;
    }

    private static String digest(int[][] counts) throws Exception {
        MessageDigest all = MessageDigest.getInstance("SHA-256");
        for (int[] row : counts) {
            ByteBuffer bytes = ByteBuffer.allocate(row.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asIntBuffer().put(row);
            all.update(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        }
        return HexFormat.of().formatHex(all.digest());
    }
}
