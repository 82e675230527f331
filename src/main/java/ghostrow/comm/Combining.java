package ghostrow.comm;

import ghostrow.comm.Comm.Op;
import ghostrow.comm.Comm.Type;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What the operations of reductions do to two arrays, element by element. */
public final class Combining {
    private Combining() {
    }

    /** Combines what lower ranks have with what higher ones have. */
    public static void into(MemorySegment lower, MemorySegment higher, Op op, Type type) {
        if (op.takesPairs()) {
            pairs(lower, higher, op, type);
            return;
        }
        for (long at = 0; at < lower.byteSize(); at += type.bytes()) {
            if (type.isFraction()) {
                put(lower, at, type, fractions(op, fraction(lower, at, type), fraction(higher, at, type)));
            } else {
                put(lower, at, type, wholes(op, whole(lower, at, type), whole(higher, at, type)));
            }
        }
    }

    private static void pairs(MemorySegment lower, MemorySegment higher, Op op, Type type) {
        int each = type.bytes();
        for (long at = 0; at < lower.byteSize(); at += 2 * each) {
            int value = compare(higher, lower, at, type);
            int sign = op == Op.MINLOC ? value : -value;
            if (sign < 0 || sign == 0 && compare(higher, lower, at + each, type) < 0) {
                MemorySegment.copy(higher, at, lower, at, 2 * each);
            }
        }
    }

    private static int compare(MemorySegment one, MemorySegment other, long at, Type type) {
        return type.isFraction() ? Double.compare(fraction(one, at, type), fraction(other, at, type))
                : Long.compare(whole(one, at, type), whole(other, at, type));
    }

    private static long wholes(Op op, long a, long b) {
        return switch (op) {
            case SUM -> a + b;
            case PROD -> a * b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case LAND -> a != 0 && b != 0 ? 1 : 0;
            case LOR -> a != 0 || b != 0 ? 1 : 0;
            case LXOR -> a != 0 ^ b != 0 ? 1 : 0;
            case BAND -> a & b;
            case BOR -> a | b;
            case BXOR -> a ^ b;
            case MINLOC, MAXLOC -> throw new AssertionError(op);
        };
    }

    private static double fractions(Op op, double a, double b) {
        return switch (op) {
            case SUM -> a + b;
            case PROD -> a * b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case LAND, LOR, LXOR, BAND, BOR, BXOR, MINLOC, MAXLOC -> throw new AssertionError(op);
        };
    }

    private static long whole(MemorySegment array, long at, Type type) {
        return switch (type) {
            case BYTE -> array.get(ValueLayout.JAVA_BYTE, at);
            case INT -> array.get(ValueLayout.JAVA_INT_UNALIGNED, at);
            case LONG -> array.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
            case FLOAT, DOUBLE -> throw new AssertionError(type);
        };
    }

    private static double fraction(MemorySegment array, long at, Type type) {
        return type == Type.FLOAT ? array.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at)
                : array.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at);
    }

    private static void put(MemorySegment array, long at, Type type, long value) {
        switch (type) {
            case BYTE -> array.set(ValueLayout.JAVA_BYTE, at, (byte) value);
            case INT -> array.set(ValueLayout.JAVA_INT_UNALIGNED, at, (int) value);
            case LONG -> array.set(ValueLayout.JAVA_LONG_UNALIGNED, at, value);
            case FLOAT, DOUBLE -> throw new AssertionError(type);
        }
    }

    /** A sum or product of two floats is the same rounded from double. */
    private static void put(MemorySegment array, long at, Type type, double value) {
        if (type == Type.FLOAT) {
            array.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, (float) value);
        } else {
            array.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at, value);
        }
    }
}
