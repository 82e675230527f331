package ghostrow.formula;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Formulas whose loops would be long: of many operations, and of those that take the most code. */
record LargeFormulas(String text, boolean sum, List<String> operands) {
    static final List<String> NAMES = List.of("a polynomial of a ramp", "comparisons of a ramp",
        "truth values of a ramp", "functions of a ramp", "a polynomial of memory", "comparisons of memory",
        "comparisons of integers", "a sum of integers", "truth values of memory", "functions of memory");

    private static final List<String> MEMORY = List.of("a", "b", "i", "j", "s");

    static LargeFormulas of(String name, int terms) {
        IntFunction<String> term = switch (name.split(" of ")[0]) {
            case "a polynomial" -> k -> "2*x*" + 1.0 / k;
            case "comparisons" -> k -> "where(x > " + k + ", x*" + k + ", where(x <= -" + k + ", 8*x, x))";
            case "truth values" -> k -> "((x > " + k + ") | (x*x < " + k + "))*0." + k;
            // One function each cuts the loop, so that a later loop finds all of its arguments in memory.
            case "functions" -> k -> "where(cos(x*" + k + ") > 0, sin(x*" + k + "), tan(x*" + k + "))";
            default -> k -> "where(i*" + k + " > j, i, where(j > " + k + ", j, i & " + k + "))";
        };
        String text = IntStream.rangeClosed(1, terms).mapToObj(term).collect(Collectors.joining(" + "));
        if (name.endsWith("ramp")) {
            return new LargeFormulas(text, true, List.of("x"));
        }
        if (name.equals("comparisons of integers")) {
            return new LargeFormulas(text.replace("x", "i"), false, MEMORY);
        }
        return new LargeFormulas(name.startsWith("a sum") ? text + " + 0.5" : text.replace("x", "a"), true, MEMORY);
    }

    Formula formula() {
        Formula formula = Formula.of(text);
        operands.forEach(name -> formula.operand(name, name.equals("x") ? new Operand.Ramp()
            : new Operand.Vector(TestData.kind(name))));
        return formula;
    }
}
