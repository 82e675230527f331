package ghostrow.app.curve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.InputException;
import ghostrow.data.Tools;
import ghostrow.formula.FormulaException;
import ghostrow.run.AppRun;
import ghostrow.run.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
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
                f['g/cube'] = numpy.ones((2, 2, 2))
                f['g/short'] = numpy.arange(5, dtype='i2')
            """;
    private static final String SAME = """
            import h5py, numpy, sys
            f = h5py.File(sys.argv[1])
            a, b, i, j = [f[k][:] for k in 'abij']
            p, q, big = [f['g/' + k][:] for k in ('p', 'q', 'big')]
            b = b.astype('f8')
            for file, formula in zip(sys.argv[2::2], sys.argv[3::2]):
                c = h5py.File(file)['x/c'][:]
                print(numpy.array_equal(eval(formula), c), c.dtype)
            """;

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
        List<String> results = new ArrayList<>(List.of(in.toString()));
        List<String> expected = new ArrayList<>();
        for (String[] one : cases) {
            for (int ranks : new int[] {1, 3}) {
                Path out = folder.resolve("out" + results.size() + ".h5");
                List<String> words = new ArrayList<>(List.of(one[0]));
                for (int i = 3; i < one.length; i++) {
                    words.add(one[i].replace("g/", "") + "=" + in + ":/" + one[i]);
                }
                words.addAll(List.of("--set", "s=2.5", "--to", out + ":/x/c", "--threads", "2"));
                AppRun.record(folder, EvalCommand::new, ranks, words.toArray(String[]::new));
                results.addAll(List.of(out.toString(), one[1]));
                expected.add("True " + one[2]);
            }
        }
        assertEquals(String.join("\n", expected), Tools.h5py(SAME, results.toArray(String[]::new)));
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
    void reductionsAreNumPysAndTheSameOnAnyRanksAndThreads() throws Exception {
        String[][] cases = {
            {"min(a*b)", "(a*b).min()"}, {"max(a*b)", "(a*b).max()"}, {"mean(a)", "math.fsum(a) / len(a)"},
            {"mean(i)", "i.mean()"}, {"min(i*j)", "int((i*j).min())"}, {"max(i)", "int(i.max())"},
            {"count(a > b)", "int(numpy.count_nonzero(a > b))"}, {"count(i)", "int(numpy.count_nonzero(i))"},
            {"any(i > 8)", "bool(numpy.any(i > 8))"}, {"any(i == 8)", "bool(numpy.any(i == 8))"},
            {"all(i < 8)", "bool(numpy.all(i < 8))"}, {"all(i < 9)", "bool(numpy.all(i < 9))"},
            {"min(a > 9)", "bool((a > 9).min())"}, {"max(where(i == j, a/0*0, b))", "float('nan')"},
            {"max(p[1:, :] - p[:-1, :])", "(p[1:] - p[:-1]).max()"}, {"count(p > q)", "int((p > q).sum())"},
            {"mean(where(p > 0, 0.5, 0.25))", "numpy.where(p > 0, 0.5, 0.25).mean()"},
        };
        List<String> words = new ArrayList<>(List.of(in.toString()));
        Stream.of(cases).forEach(one -> words.add(one[1]));
        List<String> expected = Tools.h5py("""
                import h5py, math, numpy, sys
                f = h5py.File(sys.argv[1])
                a, b, i, j = [f[k][:] for k in 'abij']
                p, q = [f['g/' + k][:] for k in 'pq']
                b = b.astype('f8')
                for formula in sys.argv[2:]:
                    value = eval(formula)
                    print(str(value).lower() if isinstance(value, (bool, int)) else float(value))
                """, words.toArray(String[]::new)).lines().toList();
        for (int ranks : new int[] {1, 3}) {
            for (int c = 0; c < cases.length; c++) {
                List<String> arrays = cases[c][0].contains("p") ? List.of("g/p", "g/q") : List.of("a", "b", "i", "j");
                Stream<String> operands = arrays.stream().map(name -> name.replace("g/", "") + "=" + in + ":/" + name);
                Object found = value(ranks, Stream.concat(Stream.of(cases[c][0], "--threads", "2"), operands)
                        .toArray(String[]::new));
                String wanted = expected.get(c);
                String what = cases[c][0] + " on " + ranks + " ranks";
                if (found instanceof Double) {
                    assertEquals(Double.valueOf(wanted), found, what);
                } else {
                    assertEquals(wanted, found.toString().toLowerCase(Locale.ROOT), what);
                }
            }
        }
    }

    @Test
    void anArrayMayBeCalledLikeAReductionAndHaveNoElements() throws Exception {
        assertEquals(value(1, "max(a)", "a=" + in + ":/a"), value(1, "max(max)", "max=" + in + ":/a"));
        Path empty = folder.resolve("empty.h5");
        Tools.h5py("import h5py, numpy, sys\nwith h5py.File(sys.argv[1], 'w') as f: f['x'] = numpy.zeros(0); "
                + "f['a'] = numpy.zeros(7)", empty.toString());
        String a = "a=" + empty + ":/a";
        for (int ranks : new int[] {1, 2}) {
            assertEquals("NaN", value(ranks, "mean(a[7:])", a).toString());
            assertEquals(0L, value(ranks, "count(a[7:])", a));
            assertEquals(false, value(ranks, "any(a[7:])", a));
            assertEquals(true, value(ranks, "all(a[7:])", a));
        }
        for (String[] nothing : new String[][] {{"max(a[7:])", a}, {"max(x)", "x=" + empty + ":/x"}}) {
            Program.Outcome outcome = Program.run("eval", nothing[0], nothing[1], "--ranks", "2");
            assertEquals(2, outcome.code(), outcome.toString());
            assertEquals("ghostrow: max() needs at least one element, and there is none\n    " + nothing[0] + "\n    ^",
                    outcome.err().strip());
        }
    }

    /** Far more than the heap and what lies off it could take, in a file with room for none of it. */
    @Test
    void ofASliceOnlyItsRowsAreRead() throws Exception {
        Path wide = folder.resolve("wide.h5");
        Tools.h5py("""
                import h5py, numpy, sys
                with h5py.File(sys.argv[1], 'w') as f:
                    d = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
                    d.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
                    d.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
                    for name, shape in (('p', (10**8, 1000)), ('v', (10**11,))):
                        h5py.h5d.create(f.id, name.encode(), h5py.h5t.IEEE_F64LE, h5py.h5s.create_simple(shape), d)
                    f['p'][0:10] = numpy.arange(10000.).reshape(10, 1000)
                    f['p'][10**8 - 10:] = 2 * numpy.arange(10000.).reshape(10, 1000)
                    f['v'][0:5] = 1, 2, 3, 4, 5
                    f['v'][10**11 - 5:] = 10, 20, 30, 40, 50
                    f['short'] = numpy.arange(2.)
                """, wide.toString());
        String p = "p=" + wide + ":/p";
        String v = "v=" + wide + ":/v";
        for (int ranks : new int[] {1, 2}) {
            assertEquals(9999 * 5000.0, value(ranks, "sum(p[0:10])", p));
            assertEquals(3 * 9999 * 5000.0, value(ranks, "sum(p[0:10] + p[-10:])", p));
            assertEquals(1 + 2 + 3 + 4 - 20 - 30 - 40 - 50 - 0.0, value(ranks, "sum(v[:4] - v[-4:])", v));
            assertEquals(15.0, value(ranks, "sum(v[:5])", v, "unused=" + wide + ":/short", p));
        }
    }

    @Test
    void whatAFileOnlyClaimsNeverReachesTheKernels() throws Exception {
        Path claim = folder.resolve("claim.h5");
        Tools.h5py("""
                import h5py, numpy, struct, sys
                with h5py.File(sys.argv[1], 'w') as f:
                    f['p'] = numpy.ones((3, 1237))
                text = open(sys.argv[1], 'rb').read()
                claimed = text.replace(struct.pack('<qq', 3, 1237), struct.pack('<qq', 1, 2**61))
                assert claimed != text
                open(sys.argv[1], 'wb').write(claimed)
                """, claim.toString());
        Program.Outcome outcome = Program.run("eval", "sum(p)", "p=" + claim + ":/p");
        assertEquals(2, outcome.code(), outcome.toString());
        assertEquals("ghostrow: " + claim + ":/p: claims 1 x 2305843009213693952 numbers, more bytes than 63 bits can "
                + "count; the file is damaged", outcome.err().strip());
    }

    @Test
    void theResultNeverTakesThePlaceOfWhatIsRead() throws Exception {
        Path part = folder.resolve("out.h5.part");
        Path out = folder.resolve("out.h5");
        Files.copy(in, part);
        byte[] before = Files.readAllBytes(part);
        AppRun.record(folder, EvalCommand::new, 1, "2*a", "a=" + part + ":/a", "--to", out + ":/c");
        assertArrayEquals(before, Files.readAllBytes(part));
        assertTrue(Files.size(out) > 1200001 * 8);
        Path link = Files.createSymbolicLink(folder.resolve("link.h5"), in);
        Path hard = Files.createLink(folder.resolve("hard.h5"), in);
        for (Path same : List.of(in, link, hard, inputs.resolve("./in.h5"))) {
            refused("is read as well", "2*a", "a=" + in + ":/a", "--to", same + ":/c", "--force");
            refused("is read as well", "2*a", "a=" + same + ":/a", "--to", in + ":/c", "--force");
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(Set.of("out.h5", "out.h5.part", "link.h5", "hard.h5", "record.json"),
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
        }
    }

    @Test
    void aRunThatFailsLeavesNothing() throws Exception {
        Path out = folder.resolve("o.h5");
        Program.Outcome outcome = Program.run("eval", "2**(0 - j)", "j=" + in + ":/j", "--to", out + ":/c");
        assertEquals(2, outcome.code(), outcome.toString());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
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
        refused("has 3 dimensions; expected 1 or 2", "a", "a=" + in + ":/g/cube");
        refused("holds int16", "a", "a=" + in + ":/g/short");
        refused("expected FILE:/PATH", "a", "a=" + in);
        refused("given twice", "a", a, a);
        refused("expected a number", "a", a, "--set", "s=two");
        Path text = Files.writeString(folder.resolve("text.h5"), "no HDF5");
        refused("cannot be read as HDF5", "a", "a=" + text + ":/a");
        assertThrows(FormulaException.class, () -> AppRun.execute(EvalCommand::new, List.of("a+p", a, "p=" + in + ":/g/p")));
        assertFalse(Files.exists(folder.resolve("o.h5")));
    }

    private static void refused(String why, String... words) {
        InputException refusal = assertThrows(InputException.class, () -> AppRun.execute(EvalCommand::new, List.of(words)));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }

    private Object value(int ranks, String... words) throws Exception {
        Map<?, ?> record = AppRun.record(folder, EvalCommand::new, ranks, words);
        return record.get("value");
    }
}
