package ghostrow.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.formula.Arguments;
import ghostrow.formula.Compiled;
import ghostrow.formula.DeviceText;
import ghostrow.formula.Formula;
import ghostrow.formula.FormulaException;
import ghostrow.formula.Kind;
import ghostrow.formula.Memory;
import ghostrow.formula.Operand;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a device makes of a formula is what the processor makes of it, bit for bit. */
class ElementKernelTest {
    private static final double[] AWKWARD = {
        0.0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE,
        -Double.MIN_VALUE, 0x1p-1023, Double.MIN_NORMAL, Double.MAX_VALUE, -Double.MAX_VALUE, 0.5, 2, -2, 3, 0x1p53,
    };
    private static final long[] AWKWARD_INTEGERS = {
        0, 1, -1, 2, -2, 63, 64, 65, -64, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, (1L << 53) + 1,
    };
    private static final long[] LENGTHS = {1, 7, 1_000_003};
    private static final String[] FORMULAS = {
        "0.7*a**3 - 2*a*b + 4/b - sqrt(abs(a)) + s*x + i",
        "where(t & ~(a > b), a - 0.5, where(f | (b != b), -b, 1e400 - a)) + (a % b) + a % 0.7 - 5e-324",
        "i*j - -i + abs(j - k) - (i << j) + (j >> i) + (i % j) + (i & ~j | k) + (i << 3) - (~i >> 70) + t",
        "(i <= j) & t | (a >= 2*b) | (i == 3) | ~f & (a < i)",
        "a[1:] - b[:-1] + i[1:] + (a[1:] == a[:-1])",
    };
    /** Before the elements, so that none lies where memory begins. */
    private static final long GAP = 5;

    private static Arena arena;
    private static Device device;
    private static Queue queue;

    @BeforeAll
    static void open() {
        arena = Arena.ofShared();
        device = Device.open(Devices.find().of(TestDevice.NAME, 0));
        queue = device.queue();
    }

    @AfterAll
    static void close() {
        queue.close();
        device.close();
        arena.close();
    }

    /** Operands a, b of doubles, i, j of integers, t of truth values in memory; scalars s, k, f; a ramp x. */
    private static final class Operands implements AutoCloseable {
        private final Map<String, Operand> operands = new LinkedHashMap<>();
        private final Map<String, MemorySegment> memory = new LinkedHashMap<>();
        private final Map<String, Buffer> buffers = new LinkedHashMap<>();

        void add(String name, Operand operand, Kind kind, long elements, RandomGenerator random) {
            operands.put(name, operand);
            MemorySegment segment = arena.allocate((GAP + elements) * kind.bytes(), 8);
            for (long at = 0; at < GAP + elements; at++) {
                switch (kind) {
                    case DOUBLE -> segment.setAtIndex(ValueLayout.JAVA_DOUBLE, at, number(random));
                    case LONG -> segment.setAtIndex(ValueLayout.JAVA_LONG, at, integer(random));
                    case BOOL -> segment.set(ValueLayout.JAVA_BYTE, at, (byte) random.nextInt(2));
                }
            }
            memory.put(name, segment);
            Buffer buffer = device.buffer(segment.byteSize());
            queue.write(buffer, 0, segment);
            queue.finish();
            buffers.put(name, buffer);
        }

        Formula formula(String text) {
            Formula formula = Formula.of(text);
            operands.forEach(formula::operand);
            return formula.operand("s", new Operand.Scalar(Kind.DOUBLE)).operand("k", new Operand.Scalar(Kind.LONG))
                    .operand("f", new Operand.Scalar(Kind.BOOL)).operand("x", new Operand.Ramp());
        }

        /** @param stride of a grid in elements; 0 for vectors */
        Arguments arguments(long stride) {
            Arguments arguments = new Arguments().scalar("s", -0.75).scalar("k", 5L).scalar("f", true).ramp("x", -0.5, 1e-3);
            memory.forEach((name, segment) -> {
                int bytes = kind(operands.get(name)).bytes();
                arguments.memory(name, new Memory(segment, GAP * bytes, stride * bytes));
            });
            return arguments;
        }

        ElementKernel kernel(Program program, DeviceText text, long stride) {
            ElementKernel kernel = new ElementKernel(program, text).scalar("s", -0.75).scalar("k", 5L).scalar("f", true)
                    .ramp("x", -0.5, 1e-3);
            buffers.forEach((name, buffer) -> kernel.memory(name, new Cells(buffer, GAP, stride)));
            return kernel;
        }

        @Override
        public void close() {
            buffers.values().forEach(Buffer::close);
        }
    }

    private static Kind kind(Operand operand) {
        return operand instanceof Operand.Vector vector ? vector.kind() : ((Operand.Grid) operand).kind();
    }

    private static double number(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> AWKWARD[random.nextInt(AWKWARD.length)];
            case 1 -> Double.longBitsToDouble(random.nextLong());
            case 2 -> random.nextInt(-9, 10);
            default -> random.nextDouble(-10, 10);
        };
    }

    private static long integer(RandomGenerator random) {
        return switch (random.nextInt(3)) {
            case 0 -> AWKWARD_INTEGERS[random.nextInt(AWKWARD_INTEGERS.length)];
            case 1 -> random.nextLong() >> random.nextInt(64);
            default -> random.nextInt(-20, 70);
        };
    }

    private static Operands vectors(long length) {
        Operands operands = new Operands();
        Random random = new Random(length);
        for (String name : List.of("a", "b")) {
            operands.add(name, new Operand.Vector(Kind.DOUBLE, length), Kind.DOUBLE, length, random);
        }
        for (String name : List.of("i", "j")) {
            operands.add(name, new Operand.Vector(Kind.LONG, length), Kind.LONG, length, random);
        }
        operands.add("t", new Operand.Vector(Kind.BOOL, length), Kind.BOOL, length, random);
        return operands;
    }

    @Test
    void vectorsHaveTheProcessorsBits() {
        Map<String, Program> programs = new LinkedHashMap<>();
        try {
            for (long length : LENGTHS) {
                try (Operands operands = vectors(length)) {
                    for (String formula : FORMULAS) {
                        // The text is the same for every length.
                        Program program = programs.computeIfAbsent(operands.formula(formula).compile().openCl().source(),
                                device::build);
                        compareVectors(formula, length, operands, program);
                    }
                }
            }
            assertEquals(FORMULAS.length, programs.size());
        } finally {
            programs.values().forEach(Program::close);
        }
    }

    private static void compareVectors(String formula, long length, Operands operands, Program program) {
        Compiled compiled = operands.formula(formula).compile();
        long count = formula.contains("[") ? length - 1 : length;
        MemorySegment expected = arena.allocate(Math.max(1, count) * compiled.kind().bytes(), 8);
        compiled.bind(operands.arguments(0)).run(Memory.vector(expected), 0, count);
        DeviceText text = compiled.openCl();
        try (ElementKernel kernel = operands.kernel(program, text, 0); Buffer out = device.buffer(expected.byteSize())) {
            // In two parts, the second of which begins anywhere.
            kernel.run(queue, Cells.part(out, 0), 0, count / 3);
            kernel.run(queue, Cells.part(out, 0), count / 3, count);
            same(formula, compiled.kind(), expected, out, count);
        }
    }

    @Test
    void gridsHaveTheProcessorsBits() {
        long stride = 53;
        try (Operands operands = new Operands()) {
            Random random = new Random(4);
            for (String name : List.of("p", "q")) {
                operands.add(name, new Operand.Grid(Kind.DOUBLE, 61, 47), Kind.DOUBLE, 61 * stride, random);
            }
            operands.add("m", new Operand.Grid(Kind.BOOL, 61, 47), Kind.BOOL, 61 * stride, random);
            for (String formula : List.of("where(m, p*q, s/q) + k", "p[2:, 1:46] - s*q[:59, 2:]/p[1:60, :45]")) {
                Compiled compiled = operands.formula(formula).compile();
                long rows = formula.contains("[") ? 59 : 61;
                long columns = formula.contains("[") ? 45 : 47;
                MemorySegment expected = arena.allocate(rows * stride * 8, 8);
                compiled.bind(operands.arguments(stride)).run(Memory.grid(expected, 0, stride * 8), 0, rows);
                DeviceText text = compiled.openCl();
                try (Program program = device.build(text.source()); ElementKernel kernel = operands.kernel(program, text,
                        stride); Buffer out = device.buffer(expected.byteSize())) {
                    queue.write(out, 0, arena.allocate(expected.byteSize(), 8));
                    kernel.run(queue, new Cells(out, 0, stride), 0, 13, columns);
                    kernel.run(queue, new Cells(out, 0, stride), 13, rows, columns);
                    same(formula, compiled.kind(), expected, out, rows * stride);
                }
            }
        }
    }

    private static void same(String formula, Kind kind, MemorySegment expected, Buffer out, long count) {
        MemorySegment found = arena.allocate(expected.byteSize(), 8);
        queue.read(out, 0, found);
        queue.finish();
        for (long at = 0; at < count; at++) {
            long wanted = bits(kind, expected, at);
            long got = bits(kind, found, at);
            if (wanted != got) {
                throw new AssertionError(formula + ", element " + at + " of " + count + ": " + Long.toHexString(got)
                        + " on the device, " + Long.toHexString(wanted) + " on the processor");
            }
        }
    }

    /** All NaNs alike. */
    private static long bits(Kind kind, MemorySegment segment, long at) {
        return switch (kind) {
            case DOUBLE -> Double.doubleToLongBits(segment.getAtIndex(ValueLayout.JAVA_DOUBLE, at));
            case LONG -> segment.getAtIndex(ValueLayout.JAVA_LONG, at);
            case BOOL -> segment.get(ValueLayout.JAVA_BYTE, at);
        };
    }

    @Test
    void aReductionFoldsTheDevicesElementsToTheProcessorsBits() {
        try (Operands operands = vectors(1_000_003)) {
            for (String formula : new String[] {"sum(where(abs(a) < 1e9, a, 0.1) - k/7)",
                "product(1 + where(abs(b) < 9, b, 1)*1e-6)", "max(i*j)", "count(a > b)", "mean(i)",
                "sum(4/(1 + x**2) + 8*x*x)"}) {
                Compiled compiled = operands.formula(formula).compile();
                Number expected = compiled.bind(operands.arguments(0)).reduce(1_000_003);
                DeviceText text = compiled.openCl();
                try (Program program = device.build(text.source()); ElementKernel kernel = operands.kernel(program, text, 0);
                        Buffer out = device.buffer(1_000_003 * 8L)) {
                    kernel.run(queue, Cells.part(out, 0), 0, 1_000_003);
                    MemorySegment terms = arena.allocate(out.bytes(), 8);
                    queue.read(out, 0, terms);
                    queue.finish();
                    long pieces = Compiled.pieces(1_000_003);
                    MemorySegment partials = arena.allocate(pieces * Compiled.PARTIAL_BYTES, 8);
                    compiled.folding().bind(new Arguments().memory(Compiled.TERMS, Memory.vector(terms)))
                            .partials(1_000_003, 0, pieces, partials);
                    assertEquals(expected, compiled.total(partials, pieces, 1_000_003), formula);
                }
            }
        }
    }

    @Test
    void slicesThatLieFarApartNeedNotLieInOnePlace() {
        long length = 4000;
        try (Operands operands = vectors(length)) {
            Compiled compiled = operands.formula("a[0:900]*2 + a[1:901] - a[3000:3900]").compile();
            DeviceText text = compiled.openCl(100);
            assertEquals(List.of(List.of(0L, 1L), List.of(3000L)),
                    text.places().stream().map(DeviceText.Place::shifts).toList());
            MemorySegment expected = arena.allocate(900 * 8, 8);
            compiled.bind(operands.arguments(0)).run(Memory.vector(expected), 0, 900);
            try (Program program = device.build(text.source()); ElementKernel kernel = operands.kernel(program, text, 0);
                    Buffer far = device.buffer(900 * 8); Buffer out = device.buffer(900 * 8)) {
                queue.write(far, 0, operands.memory.get("a").asSlice((GAP + 3000) * 8, 900 * 8));
                kernel.place(1, Cells.part(far, 3000)).run(queue, Cells.part(out, 0), 0, 900);
                same("far apart", Kind.DOUBLE, expected, out, 900);
                assertThrows(IllegalArgumentException.class, () -> kernel.run(queue, Cells.part(out, 0), 0, 901));
                assertThrows(IllegalArgumentException.class,
                        () -> kernel.place(1, Cells.part(far, 3001)).run(queue, Cells.part(out, 0), 0, 900));
            }
        }
    }

    @Test
    void whatWouldHaveOtherBitsIsRefusedByName() {
        Formula sine = Formula.of("2*x + sin(x)").operand("x", new Operand.Ramp());
        FormulaException refusal = assertThrows(FormulaException.class, () -> sine.compile().openCl());
        assertEquals("'sin' is not computed on a device, where it would have other bits; use the CPU, or a formula without it"
                + "\n    2*x + sin(x)\n          ^", refusal.rendering());
        for (String call : new String[] {"exp(x)", "x**1.5", "arctan2(x, 2)", "log1p(x)"}) {
            FormulaException other = assertThrows(FormulaException.class,
                    () -> Formula.of(call).operand("x", new Operand.Ramp()).compile().openCl());
            assertTrue(other.getMessage().startsWith(call.startsWith("x") ? "'**'" : "'" + call.split("\\(")[0] + "'"),
                    other.getMessage());
        }
        // Of numbers that are known, the processor has computed it already.
        assertTrue(Formula.of("x*sin(2)").operand("x", new Operand.Ramp()).compile().openCl().source()
                .contains(Double.toHexString(StrictMath.sin(2))));
    }
}
