package ghostrow.formula;

import java.util.LinkedHashMap;
import java.util.Map;

/** The values of a formula's operands, by name. */
public final class Arguments {
    /** Bits of a scalar, or of a ramp's start and step. */
    record Words(Kind kind, long first, long second, boolean ramp) {
    }

    final Map<String, Memory> memory = new LinkedHashMap<>();
    final Map<String, Words> words = new LinkedHashMap<>();

    public Arguments memory(String name, Memory place) {
        memory.put(name, place);
        return this;
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
