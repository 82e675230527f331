package ghostrow.data;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays that h5py wrote are read to the last bit or refused, and never taken for something else. */
class ArrayReaderTest {
    private static final String START = """
            import h5py, numpy, os, sys
            from h5py import h5d, h5p, h5s, h5t
            os.chdir(sys.argv[1])
            def create(file, type, values, layout=h5d.CONTIGUOUS):
                plist = h5p.create(h5p.DATASET_CREATE)
                plist.set_layout(layout)
                with h5py.File(file, 'w') as f:
                    d = h5d.create(f.id, b'd', type, h5s.create_simple(values.shape), plist)
                    d.write(h5s.ALL, h5s.ALL, values)
            def dataset(file, libver=None, **how):
                f = h5py.File(file, 'w', libver=libver)
                return f.create_dataset('d', **how)
            """;
    private static final long ROWS = 3;
    private static final long COLUMNS = 1237;

    @TempDir
    Path folder;

    private void make(String lines) throws Exception {
        Tools.h5py(START + lines, folder.toString());
    }

    private ArrayReader open(String name) {
        return ArrayReader.open(ArrayPath.of(folder.resolve(name) + ":/d"));
    }

    private void refused(String name, String why) {
        refused(name, "/d", why);
    }

    private void refused(String name, String path, String why) {
        ArrayPath array = ArrayPath.of(folder.resolve(name) + ":" + path);
        InputException refusal = assertThrows(InputException.class, () -> ArrayReader.open(array).close(), name);
        assertTrue(refusal.getMessage().startsWith(array + ": " + why), refusal.getMessage());
    }

    @Test
    void typesThatAreNotOursAreRefusedByName() throws Exception {
        make("""
                ten = numpy.arange(10)
                for name in 'longdouble', 'float16', 'uint32', 'uint64', 'int16', 'uint8', 'bool', 'complex64':
                    dataset(name, data=ten.astype(name))
                dataset('bigHalf', data=ten.astype('>f2'))
                t = h5t.STD_I32LE.copy(); t.set_precision(24); create('int24in4', t, ten.astype('i4'))
                t.set_size(3); create('int24', t, ten.astype('i4'))
                t = h5t.STD_I64BE.copy(); t.set_precision(40); t.set_offset(8); create('int40', t, ten)
                t = h5t.IEEE_F32LE.copy(); t.set_ebias(100); create('bias', t, ten.astype('f4'))
                t = h5t.IEEE_F64LE.copy(); t.set_fields(63, 55, 8, 0, 55); create('fields', t, ten.astype('f8'))
                t = h5t.IEEE_F32LE.copy(); t.set_fields(15, 7, 8, 0, 7); t.set_precision(16); t.set_size(2)
                create('brain', t, ten.astype('f4'))
                """);
        Map<String, String> names = new LinkedHashMap<>();
        names.put("longdouble", "float80 in 16 bytes (15 bits of exponent, 64 of mantissa)");
        names.put("float16", "float16 (5 bits of exponent, 10 of mantissa)");
        names.put("bigHalf", "float16 (5 bits of exponent, 10 of mantissa)");
        names.put("brain", "float16 (8 bits of exponent, 7 of mantissa)");
        names.put("bias", "float32 (8 bits of exponent, 23 of mantissa)");
        names.put("fields", "float64 (8 bits of exponent, 55 of mantissa)");
        names.put("int24in4", "int24 in 4 bytes");
        names.put("int24", "int24");
        names.put("int40", "int40 in 8 bytes from bit 8 on");
        names.put("uint32", "uint32");
        names.put("uint64", "uint64");
        names.put("int16", "int16");
        names.put("uint8", "uint8");
        names.put("bool", "EnumDataType of 1 bytes");
        names.put("complex64", "CompoundDataType of 8 bytes");
        assertAll(names.entrySet().stream().map(type -> () -> refused(type.getKey(), "holds " + type.getValue()
                + "; expected float64, float32, int64 or int32")));
    }

    @Test
    void ourTypesAreReadInEveryOrderAndLayout() throws Exception {
        make("""
                a = (numpy.arange(60) * 7 - 100).reshape(12, 5)
                for type in '<f8', '>f8', '<f4', '>f4', '<i8', '>i8', '<i4', '>i4':
                    dataset('whole' + type, data=a.astype(type))
                    dataset('line' + type, data=a.flatten().astype(type))
                    dataset('chunks' + type, data=a.astype(type), chunks=(5, 3), compression='gzip')
                    dataset('cube' + type, data=a.astype(type).reshape(12, 1, 5))
                    dataset('cubes' + type, data=a.astype(type).reshape(12, 5, 1), chunks=(5, 3, 1))
                    dataset('new' + type, libver='latest', data=a.astype(type), chunks=(5, 3))
                    create('compact' + type, h5t.py_create(numpy.dtype(type)), a.astype(type), h5d.COMPACT)
                    dataset('unwritten' + type, shape=(12, 5), dtype=type, fillvalue=7)
                    dataset('unwrittenChunks' + type, shape=(12, 5), dtype=type, chunks=(5, 3), fillvalue=7)
                    h = dataset('holes' + type, shape=(12, 5), dtype=type, chunks=(5, 3))
                    h[5:10, 0:3] = a[5:10, 0:3]
                    f = dataset('filled' + type, shape=(12, 5, 1), dtype=type, chunks=(5, 3, 1), fillvalue=7)
                    f[...] = a.reshape(12, 5, 1)
                with h5py.File('block', 'w', userblock_size=1024) as f:
                    f['d'] = a.astype('f8')
                """);
        LongUnaryOperator number = i -> i * 7 - 100;
        for (String type : new String[] {"<f8", ">f8", "<f4", ">f4", "<i8", ">i8", "<i4", ">i4"}) {
            for (String layout : new String[] {"whole", "line", "chunks", "cube", "cubes", "new", "compact", "filled"}) {
                check(layout + type, number);
            }
            check("unwritten" + type, i -> 7);
            check("unwrittenChunks" + type, i -> 7);
            check("holes" + type, i -> i / 5 >= 5 && i / 5 < 10 && i % 5 < 3 ? number.applyAsLong(i) : 0);
        }
        check("block", number);
    }

    /** All rows at once, and those in the middle. */
    private void check(String name, LongUnaryOperator expected) throws IOException {
        try (ArrayReader reader = open(name); Arena arena = Arena.ofConfined()) {
            for (long[] rows : new long[][] {{0, reader.rows()}, {4, 5}}) {
                long first = rows[0] * reader.columns();
                long count = rows[1] * reader.columns();
                MemorySegment to = arena.allocate(count * Long.BYTES, Long.BYTES);
                reader.read(rows[0], rows[1], to);
                double[] wanted = LongStream.range(first, first + count).map(expected).asDoubleStream().toArray();
                double[] found = reader.numbers().isFloating() ? to.toArray(ValueLayout.JAVA_DOUBLE)
                        : LongStream.of(to.toArray(ValueLayout.JAVA_LONG)).asDoubleStream().toArray();
                assertArrayEquals(wanted, found, name);
            }
        }
    }

    @Test
    void whatOnlyHdf5ItselfCouldReadIsRefused() throws Exception {
        make("""
                for libver in 'earliest', 'latest':
                    h = dataset('holes-' + libver, libver=(libver, 'latest') if libver == 'latest' else None,
                                shape=(12, 5), dtype='f8', chunks=(5, 3), fillvalue=7)
                    h[5:10, 0:3] = 1
                    h = dataset('cube-' + libver, libver=(libver, 'latest') if libver == 'latest' else None,
                                shape=(4, 12, 5), dtype='f8', chunks=(2, 5, 3), fillvalue=7)
                    h[:, :, 0:3] = 1
                    h[:, 0:10, 3:5] = 1
                    h[0:2, 10:12, 3:5] = 1
                dataset('elsewhere', data=numpy.arange(10.), external=[('data', 0, h5py.h5f.UNLIMITED)])
                """);
        refused("holes-earliest", "has chunks that were never written, and 7.0 in place of their numbers; h5repack");
        refused("holes-latest", "has chunks that were never written, and 7.0 in place of their numbers; h5repack");
        refused("cube-earliest", "has chunks that were never written, and 7.0 in place of their numbers; h5repack");
        refused("cube-latest", "has chunks that were never written, and 7.0 in place of their numbers; h5repack");
        assertThrows(InputException.class, () -> open("elsewhere").close());
    }

    /** A header without checksums, in which another size can be claimed. */
    @Test
    void sizesThatTheFileCannotHaveAreRefused() throws Exception {
        make("dataset('true', data=numpy.ones((" + ROWS + ", " + COLUMNS + ")))\n"
                + "dataset('wide', shape=(1, 2**60), dtype='f8', chunks=(1, 1024))\n"
                + "dataset('long', shape=(1, 2**32), dtype='f4', chunks=(1, 1024))[0, 0] = 1\n"
                + "create('compact', h5t.IEEE_F64LE, numpy.ones((" + ROWS + ", " + COLUMNS + ")), h5d.COMPACT)\n");
        open("true").close();
        String countless = ", more bytes than 63 bits can count";
        claim("true", 1, 1L << 61, "claims 1 x 2305843009213693952 numbers" + countless);
        claim("true", ROWS, 1L << 60, "claims 3 x 1152921504606846976 numbers" + countless);
        claim("true", 1L << 32, 1L << 32, "claims 4294967296 x 4294967296 numbers" + countless);
        claim("true", 1, -1, "claims 1 x -1 numbers" + countless);
        claim("true", ROWS, 1L << 50, "claims 3 x 1125899906842624 numbers, 27021597764222976 bytes, but the file has");
        claim("true", ROWS + 1, COLUMNS, "claims 4 x 1237 numbers, 39584 bytes, but the file has room for 29688");
        claim("compact", ROWS + 1, COLUMNS, "claims 4 x 1237 numbers, 39584 bytes, but the file has room for 29688");
        refused("wide", "claims 1 x 1152921504606846976 numbers" + countless);
        refused("long", "has rows of 4294967296 numbers, more than 2147483647");
    }

    private void claim(String name, long rows, long columns, String why) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name))).order(ByteOrder.LITTLE_ENDIAN);
        int changed = 0;
        for (int at = 0; at < 4096; at++) {
            if (file.getLong(at) == ROWS && file.getLong(at + Long.BYTES) == COLUMNS) {
                file.putLong(at, rows).putLong(at + Long.BYTES, columns);
                changed++;
            }
        }
        assertTrue(changed > 0, name);
        Files.write(folder.resolve("claim"), file.array());
        refused("claim", why);
    }

    @Test
    void aFileThatWasCutShortIsRefused() throws Exception {
        make("dataset('whole', data=numpy.ones((1000, 1000)))");
        byte[] whole = Files.readAllBytes(folder.resolve("whole"));
        Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(whole, whole.length / 2));
        InputException refusal = assertThrows(InputException.class, () -> open("cut").close());
        assertTrue(refusal.getMessage().contains("cut short") || refusal.getMessage().contains("cannot be read as HDF5"),
                refusal.getMessage());
    }

    @Test
    void scalarsAreRefused() throws Exception {
        make("dataset('scalar', data=3.0)\ndataset('null', data=h5py.Empty('f8'))");
        refused("scalar", "has 0 dimensions; expected an array");
        refused("null", "has 0 dimensions; expected an array");
    }

    @Test
    void whatIsMisspeltIsFound() throws Exception {
        make("""
                with h5py.File('names', 'w') as f:
                    f['density'] = f['x'] = numpy.ones(3)
                    f.create_group('empty')
                """);
        refused("names", "/densty", "no 'densty' in it; did you mean 'density'?");
        refused("names", "/y", "no 'y' in it; there are ");
        refused("names", "/empty/y", "no 'y' in it, nor anything else");
        refused("names", "/x/y", "no 'y' in it");
        refused("names", "/empty", "is a group; expected an array");
    }
}
