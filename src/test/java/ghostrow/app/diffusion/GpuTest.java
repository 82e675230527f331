package ghostrow.app.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.Mpirun;
import ghostrow.gpu.TestDevice;
import ghostrow.run.Program;
import ghostrow.spmd.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A grid on a device, alone and among ranks, ends in the bits of plain loops, and what goes wrong is said in words. */
class GpuTest {
    private static final List<String> JACOBI = List.of("jacobi", "--size", "61", "--steps", "100");
    private static final List<String> DIFFUSION = List.of("diffusion", "params/diff2d-small.params", "--set", "runtime=1.0",
            "--snapshots", "none");
    /** Rows that are no multiple of what groups take, and strips that a tile does not cover. */
    private static final List<String> LARGER = List.of("diffusion", "--set", "dx=0.09", "--set", "runtime=0.2",
            "--snapshots", "none");

    /** Long enough on a device to be stopped in the middle. */
    private static final List<String> LONG = List.of("diffusion", "--set", "dx=0.1", "--set", "runtime=60", "--set",
            "outtime=6");
    private static final int STOPPED = 75;

    @TempDir
    private Path out;

    @BeforeEach
    void require() {
        TestDevice.require();
    }

    private record Shape(Setting setting, int ranks, List<String> app, String kernel, List<String> options) {
        Shape(Setting setting, int ranks, List<String> app, String kernel, String... options) {
            this(setting, ranks, app, kernel, List.of(options));
        }

        @Override
        public String toString() {
            return setting + ", " + ranks + " ranks, " + app.getFirst() + ", " + kernel + " " + String.join(" ", options);
        }
    }

    /** Every pair of kernel, exchange, and copies or not, at least once. */
    private static Stream<Shape> shapes() {
        return Stream.of(
                new Shape(Setting.SELF, 1, DIFFUSION, "gpu"),
                new Shape(Setting.SELF, 1, LARGER, "gpu", "--gpu-kernel", "steps", "--gpu-copies"),
                new Shape(Setting.MPJ, 3, LARGER, "gpu", "--gpu-kernel", "cell", "--exchange", "overlap", "--ghosts", "1"),
                new Shape(Setting.MPJ, 2, JACOBI, "gpu-array", "--exchange", "sendrecv", "--gpu-copies", "--threads", "2"),
                new Shape(Setting.NATIVE_OPEN_MPI, 3, LARGER, "gpu", "--gpu-kernel", "rows", "--exchange", "sendrecv"),
                new Shape(Setting.NATIVE_OPEN_MPI, 2, JACOBI, "gpu", "--gpu-kernel", "steps", "--exchange", "overlap",
                        "--gpu-copies"),
                new Shape(Setting.NATIVE_OPEN_MPI, 3, DIFFUSION, "gpu", "--exchange", "deep", "--gpu-copies"),
                new Shape(Setting.NATIVE_MPICH, 3, DIFFUSION, "gpu", "--gpu-kernel", "rows", "--exchange", "overlap",
                        "--gpu-copies", "--ghosts", "1"),
                new Shape(Setting.NATIVE_MPICH, 2, LARGER, "gpu-array", "--exchange", "persistent"),
                new Shape(Setting.OPENMPI, 2, LARGER, "gpu", "--gpu-kernel", "steps", "--exchange", "persistent", "--ghosts",
                        "3"));
    }

    @TestFactory
    Stream<DynamicTest> everyExchangeEndsInTheBitsOfPlainLoops() throws Exception {
        Map<List<String>, String> expected = Map.of(JACOBI, PlainLoops.digest(PlainLoops.plate(61, 100)),
                DIFFUSION, PlainLoops.digest(PlainLoops.peaks(0.25, 1.0)),
                LARGER, PlainLoops.digest(PlainLoops.peaks(0.09, 0.2)));
        return shapes().map(shape -> DynamicTest.dynamicTest(shape.toString(), () -> {
            shape.setting.require();
            List<String> words = new ArrayList<>(shape.app);
            words.addAll(List.of("--kernel", shape.kernel, "--digest", "--json", "-"));
            words.addAll(shape.options);
            if (shape.app != JACOBI) {
                words.addAll(List.of("--out", out.toString()));
            }
            Program.Outcome outcome = Program.run(shape.setting, shape.ranks, words.toArray(String[]::new));
            assertEquals(0, outcome.code(), outcome.toString());
            assertEquals((long) shape.ranks, outcome.record().get("ranks"));
            assertEquals(shape.kernel, outcome.record().get("kernel"));
            assertTrue(((String) outcome.record().get("device")).contains("PoCL"), outcome.toString());
            assertEquals(expected.get(shape.app), outcome.record().get("digest"));
        }));
    }

    /** Two devices for three ranks, and a look at how much the plate still changes. */
    @Test
    void ranksShareDevicesAndSettleAsOnTheProcessor() throws Exception {
        Setting.NATIVE_OPEN_MPI.require();
        List<String> plate = List.of("jacobi", "--size", "40", "--tolerance", "1e-3", "--digest", "--json", "-");
        Map<String, Object> here = Program.run(plate.toArray(String[]::new)).record();
        List<String> words = new ArrayList<>(plate);
        words.addAll(List.of("--kernel", "gpu", "--transport", "native", "--ranks", "3"));
        Map<String, Object> there = Program.run(Map.of("POCL_DEVICES", "pthread basic"), words.toArray(String[]::new))
                .record();
        for (String name : List.of("digest", "steps", "sum", "settled")) {
            assertEquals(here.get(name), there.get(name), name);
        }
    }

    /** Of the kernels that are tried, the record says which it was. */
    @Test
    void saysWhichKernelWasFastest() throws Exception {
        Map<String, Object> record = Program.run("jacobi", "--size", "100", "--steps", "10", "--kernel", "gpu", "--json", "-")
                .record();
        assertTrue(List.of("cell", "rows").contains((String) record.get("gpuKernel")), record.toString());
    }

    @TestFactory
    Stream<DynamicTest> aRunGoesOnOnTheOtherSide(@TempDir Path parent) throws Exception {
        String digest = (String) Program.run(words(LONG, parent.resolve("whole"), "--digest", "--json", "-")).record()
                .get("digest");
        return Stream.of(new Hop("gpu", "USR1", "blocked"), new Hop("gpu", "TERM", "gpu"), new Hop("plain", "TERM", "gpu"))
                .map(hop -> DynamicTest.dynamicTest(hop.toString(), () -> {
                    Path folder = Files.createTempDirectory(parent, "hop");
                    try (Program program = Program.start(Setting.MPJ, 2, words(LONG, folder, "--kernel", hop.from, "--ghosts",
                            "1"))) {
                        program.awaitLines(2);
                        Program.signal(hop.signal, program.launcher());
                        Program.Outcome outcome = program.end();
                        assertEquals(STOPPED, outcome.code(), outcome.toString());
                    }
                    Program.Outcome outcome = Program.run(words(LONG, folder, "--kernel", hop.to, "--restart", "--digest",
                            "--json", "-"));
                    assertEquals(0, outcome.code(), outcome.toString());
                    assertFalse(outcome.out().contains("from the beginning"), outcome.toString());
                    assertEquals(digest, outcome.record().get("digest"));
                }));
    }

    /** MPICH asks hwloc for the machine's cores, and hwloc's plug-in OpenCL for its GPUs: PoCL would take the signals. */
    @Test
    void ranksHeedSignalsWhereTheirLibraryLooksForDevices() throws Exception {
        Setting.NATIVE_MPICH.require();
        String mpirun = Mpirun.find(Mpirun.Library.MPICH).orElseThrow().command(2, List.of()).getFirst();
        try (Program program = Program.startBy(List.of(mpirun, "-np", "2"), words(LONG, out.resolve("stop"), "--kernel",
                "plain", "--ghosts", "1"))) {
            program.awaitLines(1);
            for (ProcessHandle rank : program.ranks()) {
                assertFalse(Files.readString(Path.of("/proc/" + rank.pid() + "/maps")).contains("pocl"), "PoCL in a rank");
            }
            Program.signal("USR1", program.launcher());
            Program.Outcome outcome = program.end();
            assertTrue(outcome.out().contains("stopped by a signal after step "), outcome.toString());
        }
    }

    private record Hop(String from, String signal, String to) {
    }

    private static String[] words(List<String> app, Path folder, String... more) {
        List<String> words = new ArrayList<>(app);
        words.addAll(List.of("--out", folder.toString()));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    @Test
    void refusesWhatItCannotDoBeforeItWritesAnything() throws Exception {
        refused("--kernel gpu needs the device 'no-such', and OpenCL finds only ", "--kernel", "gpu", "--gpu-device", "no-such");
        refused("--kernel gpu needs a GPU, and OpenCL finds only ", "--kernel", "gpu", "--gpu-device", "auto");
        refused("--gpu-kernel tiles: ", "--kernel", "gpu", "--gpu-kernel", "tiles");
        refused("--gpu-kernel rows: belongs to --kernel gpu", "--kernel", "plain", "--gpu-kernel", "rows");
        refused("--gpu-device pocl: belongs to --kernel gpu", "--gpu-device", "pocl");
        refused("--gpu-copies: belongs to --kernel gpu", "--kernel", "vector", "--gpu-copies");
    }

    private void refused(String why, String... words) throws Exception {
        Path folder = out.resolve("none");
        Program.Outcome outcome = Program.run(words(List.of("diffusion", "params/diff2d-small.params"), folder, words));
        assertEquals(2, outcome.code(), outcome.toString());
        assertTrue(outcome.err().startsWith("ghostrow: " + why), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertFalse(Files.exists(folder));
    }
}
