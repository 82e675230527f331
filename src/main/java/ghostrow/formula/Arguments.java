package ghostrow.formula;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values of a formula's operands, by name. */
public final class Arguments {
    /** Bits of a scalar, or of a ramp's start and step. */
    record Words(Kind kind, long first, long second, boolean ramp) {
    }

    /** The slices of an operand that are shifted by so many rows, or elements of a vector. */
    private record Slice(String name, long shift) {
    }

    private final Map<String, Memory> memory = new HashMap<>();
    private final Map<Slice, Memory> slices = new HashMap<>();
    final Map<String, Words> words = new LinkedHashMap<>();

    public Arguments memory(String name, Memory place) {
        memory.put(name, place);
        return this;
    }

    /**
     * Where an operand lies as far as slices of that one shift read it ({@link Compiled#shifts}), if not all of it lies
     * in one place.
     */
    public Arguments memory(String name, long shift, Memory place) {
        slices.put(new Slice(name, shift), place);
        return this;
    }

    /** Null if none was given. */
    Memory memory(String name, long shift) {
        return slices.getOrDefault(new Slice(name, shift), memory.get(name));
    }

    /** Element i is {@code start + i * step}; a start of -0 counts as 0. */
    public Arguments ramp(String name, double start, double step) {
        words.put(name, new Words(Kind.DOUBLE, Double.doubleToRawLongBits(start + 0.0),
            Double.doubleToRawLongBits(step), true));
        return this;
    }

    public Arguments scalar(String name, double value) {
        words.put(name, new Words(Kind.DOUBLE, Double.doubleToRawLongBits(value), 0, false));
        return this;
    }

    public Arguments scalar(String name, long value) {
        words.put(name, new Words(Kind.LONG, value, 0, false));
        return this;
    }

    public Arguments scalar(String name, boolean value) {
        words.put(name, new Words(Kind.BOOL, value ? 1 : 0, 0, false));
        return this;
    }
}
