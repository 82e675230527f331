package ghostrow.app.mandelbrot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.InputException;
import ghostrow.explain.Explained;
import ghostrow.run.AppRun;
import ghostrow.run.GpuOptions;
import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import ghostrow.spmd.Setting;
import ghostrow.study.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs whose rows a device counts, alone and with threads beside it. */
class GpuMandelbrotTest {
    @TempDir
    private Path folder;

    private Map<?, ?> run(int ranks, String... words) throws Exception {
        return AppRun.record(folder, MandelbrotCommand::new, ranks, words);
    }

    /** Started as users do. */
    @Test
    void aDeviceGivesTheDigestOfThePlainLoopOnAnyRanks() throws Exception {
        Needs.build();
        Object digest = run(1, "1000", "1000", "--no-output", "--kernel", "plain", "--digest").get("digest");
        Map<?, ?> alone = AppRun.record(Setting.SELF, 1, folder, "mandelbrot", "1000", "1000", "--kernel", "gpu",
                "--out", folder.resolve("out").toString(), "--digest");
        assertEquals(1148485L, alone.get("validationSum"));
        assertEquals(51414419L, alone.get("evaluations"));
        assertEquals(digest, alone.get("digest"));
        assertTrue(Files.size(folder.resolve("out/mandelbrot.png")) > 1000);
        Map<?, ?> three = AppRun.record(Setting.NATIVE_OPEN_MPI, 3, folder, "mandelbrot", "1000", "1000", "--kernel",
                "gpu", "--no-output", "--digest");
        assertEquals(1148485L, three.get("validationSum"));
        assertEquals(digest, three.get("digest"));
        assertEquals(alone.get("device"), three.get("device"));
        assertEquals(7L, three.get("pieces"), "two for each rank, and two rows");
    }

    @Test
    void threadsBesideTheDeviceTakeRowsToo() throws Exception {
        Object digest = run(1, "1000", "1000", "--no-output", "--kernel", "plain", "--digest").get("digest");
        for (int ranks : new int[] {1, 2}) {
            Map<?, ?> mixed = run(ranks, "1000", "1000", "--out", folder.resolve("mixed").toString(), "--force",
                    "--kernel", "gpu", "--with-cpu", "--threads", "2", "--digest");
            assertEquals(1148485L, mixed.get("validationSum"));
            assertEquals(digest, mixed.get("digest"));
            long device = (long) mixed.get("devicePoints");
            long threads = (long) mixed.get("threadPoints");
            assertTrue(device > 0 && threads > 0, device + " and " + threads);
            assertEquals(250000, device + threads);
            assertEquals(2L, mixed.get("threads"));
        }
    }

    @Test
    void otherShapesAndSchedulesAreCountedAsWell() throws Exception {
        String[] shape = {"--pixels", "203x37", "--region", "-0.8,-0.7,0.05,0.15", "--maxiter", "700", "--no-output",
            "--digest"};
        Object digest = run(1, with(shape, "--kernel", "plain")).get("digest");
        for (String schedule : List.of("block", "cyclic", "guided")) {
            assertEquals(digest, run(1, with(shape, "--kernel", "gpu", "--schedule", schedule)).get("digest"));
        }
        assertEquals(digest, run(1, with(shape, "--kernel", "gpu", "--gpu-copies", "--chunk", "3")).get("digest"));
        assertEquals(digest, run(1, with(shape, "--kernel", "gpu-element", "--with-cpu", "--chunk", "5"))
                .get("digest"));
    }

    private static String[] with(String[] words, String... more) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void whatCannotWorkIsRefusedInOneLine() throws Exception {
        Needs.build();
        Ended ended = Children.end(Children.launch("./ghostrow", "mandelbrot", "100", "10", "--kernel", "gpu",
                "--gpu-device", "no-such-device", "--out", folder.resolve("none").toString()).errorsApart());
        assertEquals(2, ended.code(), ended.err());
        assertEquals(1, ended.err().lines().count(), ended.err());
        assertTrue(ended.err().startsWith("ghostrow: --kernel gpu needs the device 'no-such-device', and OpenCL finds "
                + "only "), ended.err());
        refused("--kernel gpu-array needs the device 'no-such-device', and OpenCL finds only ", "--kernel", "gpu-array",
                "--gpu-device", "no-such-device");
        refused("--with-cpu needs a rung that counts on a device, such as --kernel gpu; --kernel plain counts on the "
                + "processor anyway", "--with-cpu", "--kernel", "plain");
        refused("--threads 2: one thread drives the device of --kernel gpu; --with-cpu has so many more count beside "
                + "it", "--kernel", "gpu", "--threads", "2");
        refused("--schedule block: with --with-cpu whoever is free takes rows", "--kernel", "gpu", "--with-cpu",
                "--schedule", "block");
        refused("--kernel gpu does every iteration", "--kernel", "gpu", "--interior", "skip");
        assertFalse(Files.exists(folder.resolve("none")));
    }

    private void refused(String expected, String... words) {
        List<String> line = List.of(with(words, "100", "10", "--out", folder.resolve("none").toString()));
        InputException refusal = assertThrows(InputException.class, () -> AppRun.execute(MandelbrotCommand::new, line));
        assertTrue(refusal.getMessage().startsWith(expected), refusal.getMessage());
    }

    @Test
    void explanationsShowTheLoopInOpenCl() {
        for (GpuEscapes.Style style : GpuEscapes.Style.values()) {
            Explained explained = Explained.by(new EscapeExplanation(new GpuEscapes(style, new GpuOptions()),
                    Duration.ofMillis(1))::print);
            explained.fitsATerminal();
            explained.says(style == GpuEscapes.Style.ARRAY ? "kernel void zeroWhere(" : "kernel void escape(");
        }
    }
}
