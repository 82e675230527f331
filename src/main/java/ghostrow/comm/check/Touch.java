package ghostrow.comm.check;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.Set;

/**
 * What a method of the JDK's does to memory that it is given.
 *
 * @param memory which of its arguments lies there
 * @param from   which says where it begins; nothing for the beginning
 * @param count  which says how much there is of it; nothing for all, or for one element
 * @param layout which says what an element is; nothing for bytes, and for the elements of an array
 * @param way    what the numbers count
 */
record Touch(boolean writes, int memory, int from, int count, int layout, Way way) {
    private static final int NOTHING = -1;
    private static final Set<String> WRITING = Set.of("fill", "sort", "setAll", "parallelSetAll", "parallelSort",
            "parallelPrefix");

    private enum Way {
        /** From a place to the end. */
        REST,
        /** One element at a byte. */
        AT,
        /** One element, by its number. */
        NUMBERED,
        /** So many elements from a byte on, or from an element of an array on. */
        MANY,
        /** Elements from one number to another. */
        RANGE
    }

    /** How long an element of an array is; 0 where it is no number. */
    static int bytes(Object array) {
        return switch (array) {
            case byte[] _ -> Byte.BYTES;
            case short[] _ -> Short.BYTES;
            case char[] _ -> Character.BYTES;
            case int[] _ -> Integer.BYTES;
            case long[] _ -> Long.BYTES;
            case float[] _ -> Float.BYTES;
            case double[] _ -> Double.BYTES;
            default -> 0;
        };
    }

    private static Touch all(boolean writes, int memory) {
        return new Touch(writes, memory, NOTHING, NOTHING, NOTHING, Way.REST);
    }

    private static Touch many(boolean writes, int memory, int from, int count, int layout) {
        return new Touch(writes, memory, from, count, layout, Way.MANY);
    }

    /** @param name where the method belongs and what it is called, such as {@code Arrays_fill} */
    static Touch[] of(String name, MethodType type) {
        String method = name.substring(name.indexOf('_') + 1);
        int takes = type.parameterCount();
        return switch (name) {
            case "MemorySegment_get", "MemorySegment_set" ->
                    one(new Touch(method.equals("set"), 0, 2, NOTHING, 1, Way.AT));
            case "MemorySegment_getAtIndex", "MemorySegment_setAtIndex" ->
                    one(new Touch(method.equals("setAtIndex"), 0, 2, NOTHING, 1, Way.NUMBERED));
            case "MemorySegment_fill" -> one(all(true, 0));
            case "MemorySegment_toArray" -> one(all(false, 0));
            case "MemorySegment_copyFrom" -> new Touch[] {all(false, 1), all(true, 0)};
            case "MemorySegment_mismatch" -> takes == 2 ? new Touch[] {all(false, 0), all(false, 1)} : new Touch[0];
            case "MemorySegment_copy" -> copy(type, takes);
            case "System_arraycopy" -> new Touch[] {many(false, 0, 1, 4, NOTHING), many(true, 2, 3, 4, NOTHING)};
            default -> arrays(method, type);
        };
    }

    private static Touch[] one(Touch touch) {
        return new Touch[] {touch};
    }

    /** Its four forms: bytes, elements, out of an array and into one. */
    private static Touch[] copy(MethodType type, int takes) {
        if (takes == 5) {
            return new Touch[] {many(false, 0, 1, 4, NOTHING), many(true, 2, 3, 4, NOTHING)};
        } else if (takes == 7) {
            return new Touch[] {many(false, 0, 2, 6, 1), many(true, 3, 5, 6, 4)};
        } else if (type.parameterType(0) == MemorySegment.class) {
            return new Touch[] {many(false, 0, 2, 5, 1), many(true, 3, 4, 5, NOTHING)};
        }
        return new Touch[] {many(false, 0, 1, 5, NOTHING), many(true, 2, 4, 5, 3)};
    }

    /** Those of {@code java.util.Arrays}, and an array's own. */
    private static Touch[] arrays(String method, MethodType type) {
        boolean writes = WRITING.contains(method);
        boolean inRange = type.parameterCount() >= 3 && type.parameterType(1) == int.class
                && type.parameterType(2) == int.class;
        if (method.equals("equals") || method.equals("mismatch") || method.equals("compare")) {
            return type.parameterCount() == 2 ? new Touch[] {all(false, 0), all(false, 1)} : new Touch[0];
        }
        return one(inRange && !(method.equals("fill") && type.parameterCount() == 3) ? new Touch(writes, 0, 1, 2, NOTHING,
                Way.RANGE) : all(writes, 0));
    }

    void by(Object[] arguments, Guard guard) {
        Object one = arguments[memory];
        if (one == null) {
            return;
        }
        boolean isSegment = one instanceof MemorySegment;
        long each = layout != NOTHING ? Guard.bytes(arguments[layout]) : isSegment ? 1 : bytes(one);
        if (each == 0) {
            return;
        }
        // The place in a segment is counted in bytes, and in an array in elements.
        long scale = isSegment ? 1 : each;
        long start = from == NOTHING ? 0 : number(arguments[from]);
        switch (way) {
            case REST -> guard.touched(one, 0, isSegment ? ((MemorySegment) one).byteSize() : Array.getLength(one) * each,
                    writes);
            case AT -> guard.touched(one, start, each, writes);
            case NUMBERED -> guard.touched(one, start * each, each, writes);
            case MANY -> guard.touched(one, start * scale, number(arguments[count]) * each, writes);
            case RANGE -> guard.touched(one, start * each, (number(arguments[count]) - start) * each, writes);
        }
    }

    private static long number(Object argument) {
        return ((Number) argument).longValue();
    }
}
