package ghostrow.formula;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/** Operands a, b, c of doubles, i, j of integers, s, t of truth values, with every awkward value in them. */
final class TestData {
    static final int LENGTH = 397;

    private static final double[] AWKWARD = {
        0.0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE,
        -Double.MIN_VALUE, 0x1p-1023, Double.MIN_NORMAL, Double.MAX_VALUE, -Double.MAX_VALUE, 0.5, 2, -2, 3,
        1e16, 1e-16, 0x1p53, Math.PI,
    };
    private static final long[] AWKWARD_INTEGERS = {
        0, 1, -1, 2, -2, 63, 64, 65, -64, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, (1L << 53) + 1,
    };

    private final Map<String, MemorySegment> memory = new LinkedHashMap<>();
    private final Arena arena;

    TestData(Arena arena, RandomGenerator random) {
        this.arena = arena;
        for (String name : new String[] {"a", "b", "c"}) {
            MemorySegment segment = arena.allocate(LENGTH * 8L, 8);
            for (int i = 0; i < LENGTH; i++) {
                segment.setAtIndex(ValueLayout.JAVA_DOUBLE, i, switch (random.nextInt(4)) {
                    case 0 -> AWKWARD[random.nextInt(AWKWARD.length)];
                    case 1 -> Double.longBitsToDouble(random.nextLong());
                    case 2 -> random.nextInt(-9, 10);
                    default -> random.nextDouble(-10, 10);
                });
            }
            memory.put(name, segment);
        }
        for (String name : new String[] {"i", "j"}) {
            MemorySegment segment = arena.allocate(LENGTH * 8L, 8);
            for (int i = 0; i < LENGTH; i++) {
                segment.setAtIndex(ValueLayout.JAVA_LONG, i, switch (random.nextInt(3)) {
                    case 0 -> AWKWARD_INTEGERS[random.nextInt(AWKWARD_INTEGERS.length)];
                    case 1 -> random.nextLong() >> random.nextInt(64);
                    default -> random.nextInt(-20, 21);
                });
            }
            memory.put(name, segment);
        }
        for (String name : new String[] {"s", "t"}) {
            MemorySegment segment = arena.allocate(LENGTH, 8);
            for (int i = 0; i < LENGTH; i++) {
                segment.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt(2));
            }
            memory.put(name, segment);
        }
    }

    static Kind kind(String name) {
        return switch (name) {
            case "i", "j" -> Kind.LONG;
            case "s", "t" -> Kind.BOOL;
            default -> Kind.DOUBLE;
        };
    }

    Formula formula(String text) {
        Formula formula = Formula.of(text);
        memory.keySet().forEach(name -> formula.operand(name, new Operand.Vector(kind(name))));
        return formula;
    }

    Arguments arguments() {
        Arguments arguments = new Arguments();
        memory.forEach((name, segment) -> arguments.memory(name, Memory.vector(segment)));
        return arguments;
    }

    /** The result as raw bits. */
    long[] evaluate(Compiled compiled) {
        MemorySegment out = arena.allocate((long) LENGTH * compiled.kind().bytes(), 8);
        compiled.bind(arguments()).run(Memory.vector(out), 0, LENGTH);
        long[] bits = new long[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            bits[i] = compiled.kind() == Kind.BOOL ? out.get(ValueLayout.JAVA_BYTE, i)
                : out.getAtIndex(ValueLayout.JAVA_LONG, i);
        }
        return bits;
    }

    /** A function of each element of a, as raw bits. */
    long[] map(DoubleUnaryOperator function) {
        return Arrays.stream(memory.get("a").toArray(ValueLayout.JAVA_DOUBLE)).map(function)
            .mapToLong(Double::doubleToRawLongBits).toArray();
    }

    void write(Path directory) throws IOException {
        for (Map.Entry<String, MemorySegment> entry : memory.entrySet()) {
            Files.write(directory.resolve(entry.getKey()), entry.getValue().toArray(ValueLayout.JAVA_BYTE));
        }
    }
}
