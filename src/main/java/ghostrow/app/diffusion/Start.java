package ghostrow.app.diffusion;

import ghostrow.data.InputException;
import ghostrow.formula.Arguments;
import ghostrow.formula.Bound;
import ghostrow.formula.Compiled;
import ghostrow.formula.Formula;
import ghostrow.formula.Kind;
import ghostrow.formula.Memory;
import ghostrow.formula.Operand;
import ghostrow.formula.Reduction;
import ghostrow.grid.Field;
import ghostrow.run.Digest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The density that a diffusion begins with: the published peaks, or a formula of the user's in x, which grows from
 * column to column, and y, which grows from row to row.
 *
 * @param formula null for the peaks
 */
record Start(String formula) {
    /** By this name files keep which start it was. */
    static final String NAME = "initial";

    /** Refuses a formula that cannot be used. */
    void check() {
        if (formula != null && compile().reduction() != Reduction.NONE) {
            throw new InputException("--initial " + formula + ": is one number for the whole grid; expected a formula "
                    + "in x and y without sum, max or another reduction");
        }
    }

    private Compiled compile() {
        return Formula.of(formula).operand("x", new Operand.Vector(Kind.DOUBLE))
                .operand("y", new Operand.Scalar(Kind.DOUBLE)).compile();
    }

    void fill(Field field, double x1, double x2) {
        if (formula == null) {
            Peaks.fill(field, x1, x2);
            return;
        }
        Compiled density = compile();
        long size = field.columns();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment x = arena.allocate(size * Double.BYTES, Double.BYTES);
            for (long i = 1; i <= size; i++) {
                x.setAtIndex(ValueLayout.JAVA_DOUBLE, i - 1, coordinate(i, size, x1, x2));
            }
            MemorySegment values = arena.allocate(size * Double.BYTES, Double.BYTES);
            for (long row = 1; row <= field.count(); row++) {
                Bound along = density.bind(new Arguments().memory("x", Memory.vector(x))
                        .scalar("y", coordinate(field.strip().offset() + row, size, x1, x2)));
                along.run(Memory.vector(values), 0, size);
                for (long column = 1; column <= size; column++) {
                    field.set(row, column, value(values, density.kind(), column - 1));
                }
            }
        }
    }

    private static double coordinate(long i, long size, double x1, double x2) {
        return x1 + ((i - 1) * (x2 - x1)) / size;
    }

    private static double value(MemorySegment values, Kind kind, long i) {
        return switch (kind) {
            case DOUBLE -> values.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
            case LONG -> values.getAtIndex(ValueLayout.JAVA_LONG, i);
            case BOOL -> values.get(ValueLayout.JAVA_BYTE, i);
        };
    }

    /** The parameters with one more, a number made of the formula: files keep numbers to compare at a restart. */
    Map<String, Double> with(Map<String, Double> physics) {
        Map<String, Double> all = new HashMap<>(physics);
        all.put(NAME, fingerprint());
        return all;
    }

    /** Six bytes of the formula's SHA-256, so that a double holds it exactly; 0 for the peaks. */
    private double fingerprint() {
        return formula == null ? 0
                : ByteBuffer.wrap(Digest.sha256().digest(formula.getBytes(StandardCharsets.UTF_8))).getLong() >>> 16;
    }

    @Override
    public String toString() {
        return formula == null ? "published" : formula;
    }
}
