package ghostrow.app.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.InputException;
import ghostrow.data.Tools;
import ghostrow.kernel.PlainMoments;
import ghostrow.run.AppRun;
import ghostrow.run.Program;
import ghostrow.spmd.Setting;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Means have the bits of a plain loop's, whoever adds up what in however little memory, and NumPy's value. */
class MeanTest {
    /** Three blocks, the last not full, of numbers with a mean far from zero. */
    private static final String MAKE = """
            import h5py, numpy, sys
            r = numpy.random.default_rng(1)
            a = r.normal(size=(3, 701, 1003)) + 100
            with h5py.File(sys.argv[1], 'w', userblock_size=1024) as f:
                f['data'] = a
                f['g/line'] = a.flatten()
                f.create_dataset('g/packed', data=a.reshape(701, 3009), chunks=(100, 77), compression='gzip')
                f['g/big'] = a.astype('>f8')
                f['f4'] = a.astype('f4')
                f['i8'] = (a * 1e15).astype('i8')
                f['i4'] = (a * 1e6).astype('i4')
                b = a.copy(); b[1, 20, 30] = numpy.nan; f['nan'] = b
                b[1, 20, 30] = numpy.inf; f['inf'] = b
                f['one'] = numpy.array([-7.5])
                f['empty'] = numpy.ones((3, 0))
                f['short'] = numpy.ones(3, 'i2')
                f['text'] = 'words'
                f['scalar'] = 3.0
                f.create_dataset('unwritten', shape=(10, 10), dtype='f8', fillvalue=3)
                f.create_dataset('wide', data=numpy.ones((2, 100000)), chunks=(1, 10))
                for name in ('f4', 'i8', 'i4', 'data', 'nan', 'inf'):
                    f[name][:].astype('f8').tofile(sys.argv[2] + '/' + name)
            """;

    @TempDir
    static Path inputs;
    private static Path in;

    @TempDir
    Path folder;

    @BeforeAll
    static void make() throws Exception {
        in = inputs.resolve("in.h5");
        Tools.h5py(MAKE, in.toString(), inputs.toString());
    }

    private static PlainMoments plain(String name) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(inputs.resolve(name))).order(ByteOrder.LITTLE_ENDIAN);
        double[] numbers = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(numbers);
        return PlainMoments.of(numbers);
    }

    private Map<?, ?> record(int ranks, String array, String... words) throws Exception {
        return AppRun.record(folder, MeanCommand::new, ranks, Stream.concat(Stream.of(in + ":/" + array),
                Stream.of(words)).toArray(String[]::new));
    }

    private static void same(PlainMoments expected, Map<?, ?> record) {
        assertEquals(expected.count(), record.get("elements"));
        assertEquals(expected.mean(), number(record, "mean"));
        assertEquals(expected.standardDeviation(), number(record, "std"));
        assertEquals(expected.min(), number(record, "min"));
        assertEquals(expected.max(), number(record, "max"));
    }

    /** JSON has no word for what is no number, so the record has a text. */
    private static double number(Map<?, ?> record, String name) {
        return Double.parseDouble(record.get(name).toString());
    }

    @Test
    void theBitsAreThoseOfAPlainLoop() throws Exception {
        PlainMoments expected = plain("data");
        same(expected, record(1, "data"));
        same(expected, record(1, "data", "--threads", "3", "--memory", "200KiB"));
        same(expected, record(2, "data", "--threads", "2", "--memory", "1.5MB"));
        same(expected, record(3, "g/line", "--mapped"));
        same(expected, record(1, "g/line", "--mapped", "--threads", "2", "--memory", "100000"));
        same(expected, record(2, "g/packed", "--threads", "2"));
        same(expected, record(1, "g/packed", "--memory", "4MB"));
        same(expected, record(3, "g/big", "--memory", "20GiB"));
        same(expected, AppRun.record(Setting.NATIVE_OPEN_MPI, 2, folder, "mean", in.toString()));
    }

    @Test
    void everyTypeIsWidened() throws Exception {
        for (String name : List.of("f4", "i8", "i4")) {
            PlainMoments expected = plain(name);
            same(expected, record(1, name));
            same(expected, record(2, name, "--mapped", "--memory", "200KiB"));
        }
    }

    @Test
    void theValuesAreThoseOfNumPy() throws Exception {
        List<String> names = List.of("data", "g/packed", "f4", "i8", "i4", "nan", "inf", "one", "unwritten");
        String[] expected = Tools.h5py("""
                import h5py, numpy, sys
                numpy.seterr(all='ignore')
                for name in sys.argv[2].split():
                    a = h5py.File(sys.argv[1])[name][...].astype('f8')
                    print(*map(float, (a.mean(), a.std(), a.min(), a.max())))
                """, in.toString(), String.join(" ", names)).replace("nan", "NaN").replace("inf", "Infinity").split("\\s+");
        int next = 0;
        for (String name : names) {
            Map<?, ?> record = record(1, name);
            for (String field : List.of("mean", "std", "min", "max")) {
                double wanted = Double.parseDouble(expected[next++]);
                double found = number(record, field);
                assertTrue(wanted == found || Double.compare(wanted, found) == 0
                        || Math.abs(wanted - found) <= Math.abs(wanted) * 1e-13, name + ": " + field + " is " + found);
            }
        }
    }

    @Test
    void whatIsNoNumberIsKeptOnAnyRanks() throws Exception {
        for (String name : List.of("nan", "inf")) {
            same(plain(name), record(1, name));
            same(plain(name), record(3, name, "--mapped"));
        }
    }

    @Test
    void arraysAreWrittenByAllAndAreTheSame() throws Exception {
        Path one = folder.resolve("one.h5");
        Path many = folder.resolve("many.h5");
        AppRun.record(folder, MeanCommand::new, 1, one.toString(), "--create", "1100", "--memory", "100kB");
        Map<?, ?> record = AppRun.record(folder, MeanCommand::new, 3, many + ":/g/x", "--create", "1100", "--threads", "2");
        assertEquals(1100 * 1100L * 8, record.get("bytes"));
        double[] numbers = new SplittableRandom(0).doubles(1100 * 1100).toArray();
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(numbers);
        Tools.h5py("""
                import h5py, sys
                for file, name in ((sys.argv[1], 'data'), (sys.argv[2], 'g/x')):
                    d = h5py.File(file)[name]
                    assert d.shape == (1100, 1100) and d.dtype == 'f8'
                    d[:].tofile(file + '.raw')
                """, one.toString(), many.toString());
        assertArrayEquals(bytes.array(), Files.readAllBytes(folder.resolve("one.h5.raw")));
        assertArrayEquals(bytes.array(), Files.readAllBytes(folder.resolve("many.h5.raw")));
        refused("exists already; --force replaces it", many.toString(), "--create", "5");
        AppRun.record(folder, MeanCommand::new, 1, many.toString(), "--create", "1", "--force");
        Map<?, ?> mean = AppRun.record(folder, MeanCommand::new, 2, many.toString());
        assertEquals(numbers[0], mean.get("mean"));
        assertEquals(0.0, mean.get("std"));
    }

    /** A gigabyte without a byte on the disk. */
    @Test
    void littleMemoryIsEnough() throws Exception {
        Path wide = folder.resolve("wide.h5");
        Tools.h5py("""
                import h5py, sys
                with h5py.File(sys.argv[1], 'w') as f:
                    d = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
                    d.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
                    d.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
                    h5py.h5d.create(f.id, b'data', h5py.h5t.IEEE_F64LE, h5py.h5s.create_simple((1024, 131072)), d)
                    f['data'][1023, 131071] = 2**27
                """, wide.toString());
        for (String how : List.of("--progress=off", "--mapped")) {
            Map<?, ?> record = AppRun.record(Setting.SELF, 1, folder, "mean", wide.toString(), how, "--memory", "64MiB");
            assertEquals(1.0, record.get("mean"));
            assertEquals((double) (1 << 27), record.get("max"));
            assertEquals(1L << 30, record.get("bytes"));
            assertEquals(how.equals("--mapped"), record.get("mapped"));
            assertEquals(64L << 20, record.get("memory"));
            for (String rate : List.of("bytesPerSecond", "diskBytesPerSecond", "memoryBytesPerSecond")) {
                assertTrue(number(record, rate) > 1e6, record.toString());
            }
            Map<?, ?> peak = (Map<?, ?>) ((Map<?, ?>) record.get("overRanks")).get("peakResidentBytes");
            assertTrue(number(peak, "max") < 350e6, peak.toString());
        }
    }

    @Test
    void smallArraysAreNotTimedAgainstTheMachine() throws Exception {
        Map<?, ?> record = record(1, "one");
        assertNull(record.get("diskBytesPerSecond"));
        assertNull(record.get("memoryBytesPerSecond"));
    }

    @Test
    void whatCannotWorkIsRefused() throws Exception {
        String data = in + ":/data";
        refused("no such file", folder + "/nil.h5");
        refused("cannot be read as HDF5", Files.writeString(folder.resolve("text.h5"), "no HDF5") + ":/data");
        refused("did you mean 'data'?", in + ":/dat");
        refused("is a group", in + ":/g");
        refused("holds int16", in + ":/short");
        refused("in.h5:/text: holds ", in + ":/text");
        refused("has 0 dimensions; expected an array", in + ":/scalar");
        refused("has no numbers", in + ":/empty");
        refused("--memory 1KiB: is too little; 1 thread takes at least 32", data, "--memory", "1KiB");
        refused("--memory 40KiB: is too little; 2 threads take", data, "--memory", "40KiB", "--threads", "2");
        refused("unpacked row by row, of 800000 bytes each", in + ":/wide", "--memory", "1MiB");
        for (String odd : List.of("many", "-1MiB", "0", "12 parsecs", "1e6", "9999999999GiB", "")) {
            refused("--memory " + odd + ": expected bytes, such as 256MiB", data, "--memory", odd);
        }
        for (String other : List.of("g/packed", "g/big", "unwritten")) {
            refused("--mapped: " + in + ":/" + other + " does not lie", in + ":/" + other, "--mapped");
        }
        refused("--threads 0", data, "--threads", "0");
        refused("--force", data, "--force");
        Path out = folder.resolve("out.h5");
        for (String odd : List.of("0", "-3", "1000000001")) {
            refused("--create " + odd + ": between 1 and", out.toString(), "--create", odd);
        }
        refused("takes 8000000000000000000 bytes, and the disk has", out.toString(), "--create", "1000000000");
        refused("--mapped: is for a mean", out.toString(), "--create", "10", "--mapped");
        refused("exists already", in.toString(), "--create", "10");
        refused("is a folder", folder.toString(), "--create", "10", "--force");
        refused("--memory 1kB: is too little", out.toString(), "--create", "10", "--memory", "1kB");
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(folder.resolve("text.h5")), files.toList());
        }
    }

    private void refused(String why, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--json", folder.resolve("refused.json").toString()));
        InputException refusal = assertThrows(InputException.class, () -> AppRun.execute(MeanCommand::new, all));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("\n"), refusal.getMessage());
    }

    @Test
    void aUserIsToldInOneLine() throws Exception {
        Program.Outcome outcome = Program.run("mean", in + ":/dta", "--ranks", "2");
        assertEquals(2, outcome.code(), outcome.toString());
        assertEquals("ghostrow: " + in + ":/dta: no 'dta' in it; did you mean 'data'?\n", outcome.err());
    }
}
