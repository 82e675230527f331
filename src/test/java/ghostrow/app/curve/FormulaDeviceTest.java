package ghostrow.app.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.InputException;
import ghostrow.data.Tools;
import ghostrow.formula.FormulaException;
import ghostrow.gpu.TestDevice;
import ghostrow.run.AppRun;
import ghostrow.run.Program;
import ghostrow.spmd.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a device computes for eval and auc is what they compute without. */
class FormulaDeviceTest {
    /** Several blocks of each array, and the last one not full. */
    private static final String MAKE = """
            import h5py, numpy, sys
            r = numpy.random.default_rng(1)
            with h5py.File(sys.argv[1], 'w') as f:
                f['a'] = r.normal(size=1200001)
                f['b'] = r.normal(size=1200001).astype('f4')
                f['i'] = r.integers(-9, 9, 1200001)
                f['p'] = r.normal(size=(1300, 701))
                f['q'] = r.normal(size=(1300, 701))
                f['e'] = numpy.zeros((0, 5))
            """;
    private static final String[] ON_DEVICE = {"--device", "gpu", "--gpu-device", TestDevice.NAME};

    @TempDir
    static Path inputs;
    private static Path in;

    @TempDir
    Path folder;

    @BeforeAll
    static void make() throws Exception {
        in = inputs.resolve("in.h5");
        Tools.h5py(MAKE, in.toString());
    }

    @Test
    void arraysAreTheSame() throws Exception {
        List<String> files = new ArrayList<>();
        for (String formula : new String[] {
            "where(a > b, a/3, s*b) + sqrt(abs(a)) % 0.3", "(i << 3) - i*5", "a > b",
            "p[2:1300, 1:700] + p[0:1298, 1:700] - q[1:1299, 0:699]/3",
            // Read by pieces that lie far apart.
            "p[:10] - q[-10:] + p[-10:]", "e + 1",
        }) {
            List<String> words = words(formula, "--set", "s=2.5", "--threads", "2");
            files.add(file(files.size(), 1, words));
            files.add(file(files.size(), 1, onDevice(words)));
            files.add(file(files.size(), 3, onDevice(words, "--gpu-copies")));
        }
        assertEquals("True True\n".repeat(files.size() / 3).strip(), Tools.h5py("""
                import h5py, sys
                all = [h5py.File(file)['c'][:] for file in sys.argv[1:]]
                for x, y, z in zip(all[::3], all[1::3], all[2::3]):
                    print(*(x.shape == o.shape and x.tobytes() == o.tobytes() for o in (y, z)))
                """, files.toArray(String[]::new)));
    }

    @Test
    void numbersAreTheSame() throws Exception {
        for (String formula : new String[] {"sum(a*b)", "min(a - b)", "mean(i)", "count(p > q)",
            "sum(p[:10] - q[-10:] + p[-10:])", "3*s"}) {
            List<String> words = words(formula, "--set", "s=2.5");
            Object alone = record(EvalCommand::new, 1, words).get("value");
            Map<?, ?> one = record(EvalCommand::new, 1, onDevice(words, "--gpu-copies"));
            assertEquals(alone, one.get("value"), formula);
            assertTrue(one.get("device").toString().contains("PoCL"), one.toString());
            assertTrue((double) one.get("deviceSeconds") > 0, one.toString());
            assertEquals(alone, record(EvalCommand::new, 3, onDevice(words, "--threads", "2")).get("value"), formula);
        }
    }

    /** The arrays that a formula names. */
    private static List<String> words(String formula, String... more) {
        List<String> words = new ArrayList<>(List.of(formula));
        for (String name : List.of("a", "b", "i", "p", "q", "e")) {
            if (formula.matches(".*\\b" + name + "\\b.*")) {
                words.add(name + "=" + in + ":/" + name);
            }
        }
        words.addAll(List.of(more));
        return words;
    }

    private static List<String> onDevice(List<String> words, String... more) {
        return Stream.of(words.stream(), Stream.of(ON_DEVICE), Stream.of(more)).flatMap(part -> part).toList();
    }

    private Map<?, ?> record(Function<List<String>, Callable<Integer>> app, int ranks, List<String> words)
            throws IOException {
        return AppRun.record(folder, app, ranks, words.toArray(String[]::new));
    }

    /** Where a run has put its array. */
    private String file(int number, int ranks, List<String> words) throws IOException {
        String file = folder.resolve(number + ".h5").toString();
        record(EvalCommand::new, ranks, Stream.concat(words.stream(), Stream.of("--to", file + ":/c")).toList());
        return file;
    }

    @Test
    void areasAreTheSame() throws Exception {
        for (String[] words : new String[][] {{"3000001"}, {"7", "--rule", "gauss", "--from", "-1"},
            {"100003", "--formula", "4/(1 + x**2)", "--rule", "simpson"}, {"20", "--formula", "4"},
            {"--formula", "sqrt(x)", "--tolerance", "1e-4"}}) {
            List<String> all = Stream.concat(Stream.of(words), Stream.of("--digest")).toList();
            Map<?, ?> alone = record(AucCommand::new, 1, all);
            assertEquals("cpu", alone.get("device"));
            // One rank for some, three for the others.
            int ranks = all.size() % 2 == 0 ? 1 : 3;
            Map<?, ?> there = record(AucCommand::new, ranks, onDevice(all, "--threads", "2"));
            for (String figure : new String[] {"area", "points", "settled", "digest"}) {
                assertEquals(alone.get(figure), there.get(figure), figure + " of " + all + " on " + ranks + " ranks");
            }
        }
    }

    @Test
    void ranksOfMpiShareTheDevices() throws Exception {
        Setting.NATIVE_OPEN_MPI.require();
        String[] words = {"auc", "2000003", "--digest", "--json", "-"};
        Program.Outcome alone = Program.run(words);
        Program.Outcome there = Program.run(Setting.NATIVE_OPEN_MPI, 3, onDevice(List.of(words)).toArray(String[]::new));
        assertEquals(0, there.code(), there.toString());
        assertEquals(alone.record().get("digest"), there.record().get("digest"));
        assertTrue(there.out().contains("\ndevice     " + there.record().get("device") + "\n"), there.out());
        Program.Outcome sum = Program.run(Setting.NATIVE_OPEN_MPI, 2, Stream.concat(Stream.of("eval"),
                onDevice(words("sum(a*b)", "--json", "-")).stream()).toArray(String[]::new));
        assertEquals(0, sum.code(), sum.toString());
        assertEquals(record(EvalCommand::new, 1, words("sum(a*b)")).get("value"), sum.record().get("value"));
    }

    @Test
    void aDeviceThatIsNotThereIsSaidBeforeAnythingIsWritten() throws Exception {
        Path out = folder.resolve("never.h5");
        Program.Outcome outcome = Program.run("eval", "2*a", "a=" + in + ":/a", "--to", out + ":/c", "--device", "gpu",
                "--gpu-device", "no such device");
        assertEquals(2, outcome.code(), outcome.toString());
        assertTrue(outcome.err().startsWith("ghostrow: --device gpu needs the device 'no such device', and OpenCL "
                + "finds only "), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertFalse(Files.exists(out));
        assertThrows(InputException.class, () -> AppRun.execute(AucCommand::new, List.of("10", "--device", "gpu",
                "--gpu-device", "no such device")));
    }

    @Test
    void whatADeviceRoundsOtherwiseIsRefusedBeforeAnythingIsWritten() throws Exception {
        Path out = folder.resolve("never.h5");
        FormulaException refusal = assertThrows(FormulaException.class, () -> AppRun.execute(EvalCommand::new,
                onDevice(words("a + exp(a)", "--to", out + ":/c"))));
        assertTrue(refusal.getMessage().startsWith("'exp' is not computed on a device"), refusal.getMessage());
        assertFalse(Files.exists(out));
        assertThrows(FormulaException.class, () -> AppRun.execute(AucCommand::new,
                onDevice(List.of("10", "--formula", "x**2.5"))));
    }

    @Test
    void explainShowsTheDevicesText() throws Exception {
        Program.Outcome eval = Program.run(Stream.concat(Stream.of("eval", "--explain"),
                onDevice(words("sum(p[1:] - p[:-1])")).stream()).toArray(String[]::new));
        assertEquals("0 ", eval.code() + " " + eval.err());
        for (String line : List.of("OpenCL C", "  kernel void formula(long first, long rows, long columns,",
            "          global const double *in0_p, long at0, long stride0) {",
            "      const double v2 = in0_p[at0 + (row + 1)*stride0 + column];")) {
            assertTrue(eval.out().contains("\n" + line + "\n"), eval.out());
        }
        assertFalse(eval.out().contains("bytecode"), eval.out());
        Program.Outcome auc = Program.run("auc", "--explain", "--device", "gpu");
        assertTrue(auc.out().contains("\n      const double v1 = start0 + (double)i*step0;\n"), auc.toString());
    }
}
