package ghostrow.many;

import ghostrow.data.InputException;
import ghostrow.formula.Arguments;
import ghostrow.formula.Compiled;
import ghostrow.formula.Formula;
import ghostrow.formula.FormulaException;
import ghostrow.formula.Kind;
import ghostrow.formula.Memory;
import ghostrow.formula.Operand;
import ghostrow.formula.Reduction;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Formulas that make one number of the columns of a table. The lines come in the order of the cases, whoever ran them
 * and when, so the number is the same bits each time.
 */
final class Reductions {
    /** Columns that a formula needs, and what it is compiled to. */
    private record Reduced(List<String> columns, Compiled compiled) {
    }

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    private final Map<String, Reduced> formulas = new LinkedHashMap<>();

    /**
     * Refuses what is no formula over these columns.
     *
     * @param names of the columns
     */
    Reductions(List<String> formulas, List<String> names) {
        formulas.forEach(text -> this.formulas.put(text, reduced(text, names)));
    }

    private static Reduced reduced(String text, List<String> names) {
        try {
            Formula formula = Formula.of(text);
            List<String> columns = formula.names().stream().filter(names::contains).toList();
            // All of them, so that a name that is misspelt finds the one that was meant.
            names.stream().filter(NAME.asMatchPredicate())
                    .forEach(name -> formula.operand(name, new Operand.Vector(Kind.DOUBLE)));
            // Few lines: to be compiled for vectors would take longer than they.
            Compiled compiled = formula.compileScalar();
            if (compiled.reduction() == Reduction.NONE || columns.isEmpty()) {
                throw new InputException("--reduce '" + text + "': expected a reduction of columns, such as max(sum) or "
                        + "mean(seconds)");
            }
            return new Reduced(columns, compiled);
        } catch (FormulaException e) {
            throw new InputException("--reduce '" + text + "': " + e.getMessage() + " (the columns: "
                    + String.join(", ", names) + ")");
        }
    }

    /**
     * What each formula makes of the table, in words; of a table without lines there may be nothing to say.
     *
     * @param column of the table, by its name
     */
    Map<String, Object> over(Function<String, double[]> column) {
        Map<String, Object> results = new LinkedHashMap<>();
        formulas.forEach((text, reduced) -> results.put(text, value(reduced, column)));
        return results;
    }

    private static Object value(Reduced reduced, Function<String, double[]> column) {
        try (Arena arena = Arena.ofConfined()) {
            Arguments arguments = new Arguments();
            int length = 0;
            for (String name : reduced.columns) {
                double[] values = column.apply(name);
                length = values.length;
                arguments.memory(name, Memory.vector(arena.allocateFrom(ValueLayout.JAVA_DOUBLE, values)));
            }
            Number value = reduced.compiled.bind(arguments).reduce(length);
            return reduced.compiled.kind() == Kind.BOOL ? (Object) (value.longValue() != 0) : value;
        } catch (FormulaException none) {
            return Double.NaN;
        }
    }
}
