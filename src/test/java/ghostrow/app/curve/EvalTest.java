package ghostrow.app.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.InputException;
import ghostrow.data.Tools;
import ghostrow.formula.FormulaException;
import ghostrow.run.AppRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Formulas over arrays in files agree with NumPy, whoever computes which block. */
class EvalTest {
    /** Several blocks of each array, and the last one not full. */
    private static final String MAKE = """
            import h5py, numpy, sys
            r = numpy.random.default_rng(1)
            with h5py.File(sys.argv[1], 'w', userblock_size=1024) as f:
                f['a'] = r.normal(size=1200001)
                f['b'] = r.normal(size=1200001).astype('f4')
                f['i'] = r.integers(-9, 9, 1200001)
                f['j'] = r.integers(-9, 9, 1200001).astype('i4')
                f['g/p'] = r.normal(size=(1300, 701))
                f.create_dataset('g/q', data=r.normal(size=(1300, 701)), chunks=(100, 77), compression='gzip')
                f['g/big'] = r.normal(size=(3, 5)).astype('>f8')
                f['g/short'] = numpy.arange(5, dtype='i2')
            """;
    private static final String SAME = """
            import h5py, numpy, sys
            f = h5py.File(sys.argv[1])
            a, b, i, j = [f[k][:] for k in 'abij']
            p, q, big = [f['g/' + k][:] for k in ('p', 'q', 'big')]
            b = b.astype('f8')
            c = h5py.File(sys.argv[2])['x/c'][:]
            expected = eval(sys.argv[3])
            print(numpy.array_equal(expected, c), c.dtype)
            """;

    @TempDir
    Path folder;
    private Path in;

    @BeforeEach
    void make() throws Exception {
        in = folder.resolve("in.h5");
        Tools.h5py(MAKE, in.toString());
    }

    @Test
    void arraysAgreeWithNumPy() throws Exception {
        String[][] cases = {
            {"a**2 + s*b", "a**2 + 2.5*b", "float64", "a", "b"},
            {"i*j + 3", "i*j + 3", "int64", "i", "j"},
            {"a > b", "a > b", "int8", "a", "b"},
            {"where(p > q, p, -q)", "numpy.where(p > q, p, -q)", "float64", "g/p", "g/q"},
            {"p[2:1300, 1:700] + p[0:1298, 1:700] - q[1:1299, 0:699]",
                "p[2:1300, 1:700] + p[0:1298, 1:700] - q[1:1299, 0:699]", "float64", "g/p", "g/q"},
            {"2*big", "2*big", "float64", "g/big"},
        };
        for (String[] one : cases) {
            for (int ranks : new int[] {1, 3}) {
                Path out = folder.resolve("out.h5");
                List<String> words = new ArrayList<>(List.of(one[0]));
                for (int i = 3; i < one.length; i++) {
                    words.add(one[i].replace("g/", "") + "=" + in + ":/" + one[i]);
                }
                words.addAll(List.of("--set", "s=2.5", "--to", out + ":/x/c", "--force", "--threads", "2"));
                AppRun.record(folder, Eval::new, ranks, words.toArray(String[]::new));
                assertEquals("True " + one[2], Tools.h5py(SAME, in.toString(), out.toString(), one[1]), one[0]);
            }
        }
    }

    @Test
    void sumsAreCorrectlyRoundedAndTheSameOnAnyRanks() throws Exception {
        String exact = Tools.h5py("import h5py, math, sys; f = h5py.File(sys.argv[1]); print(repr(math.fsum("
                + "f['a'][:] * f['b'][:].astype('f8'))), (f['i'][:] * f['j'][:]).sum())", in.toString());
        for (int ranks : new int[] {1, 2, 4}) {
            Object doubles = value(ranks, "sum(a*b)", "a=" + in + ":/a", "b=" + in + ":/b");
            Object integers = value(ranks, "sum(i*j)", "i=" + in + ":/i", "j=" + in + ":/j");
            assertEquals(exact, doubles + " " + integers, ranks + " ranks");
        }
    }

    @Test
    void aFormulaWithoutArraysIsPrinted() throws Exception {
        assertEquals(7.5, value(1, "3*x", "--set", "x=2.5"));
        assertEquals(6L, value(1, "3*x", "--set", "x=2"));
    }

    @Test
    void whatCannotWorkIsRefused() throws Exception {
        String a = "a=" + in + ":/a";
        refused("say where it goes", "a", a);
        refused("single number", "sum(a)", a, "--to", folder + "/o.h5:/c");
        refused("is read as well", "a", a, "--to", in + ":/c");
        refused("no 'nil' in it; there are a, b, g", "a", "a=" + in + ":/nil");
        refused("no such file", "a", "a=" + folder + "/nil.h5:/a");
        refused("is a group", "a", "a=" + in + ":/g");
        refused("of 2 bytes", "a", "a=" + in + ":/g/short");
        refused("expected FILE:/PATH", "a", "a=" + in);
        refused("given twice", "a", a, a);
        refused("expected a number", "a", a, "--set", "s=two");
        Path text = Files.writeString(folder.resolve("text.h5"), "no HDF5");
        refused("cannot be read as HDF5", "a", "a=" + text + ":/a");
        assertThrows(FormulaException.class, () -> AppRun.execute(Eval::new, List.of("a+p", a, "p=" + in + ":/g/p")));
        assertFalse(Files.exists(folder.resolve("o.h5")));
    }

    private static void refused(String why, String... words) {
        InputException refusal = assertThrows(InputException.class, () -> AppRun.execute(Eval::new, List.of(words)));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }

    private Object value(int ranks, String... words) throws Exception {
        Map<?, ?> record = AppRun.record(folder, Eval::new, ranks, words);
        return record.get("value");
    }
}
