package ghostrow.formula;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A formula's text and what its names stand for. A formula can name nothing but these operands and
 * parameters, the constants and the listed functions.
 * <pre>
 *   Compiled area = Formula.of("0.7*x**3 - 2*x**2 + 4").operand("x", new Operand.Ramp()).compileSum();
 * </pre>
 */
public final class Formula {
    /** Longer texts are refused. */
    public static final int LONGEST = 64 * 1024;

    private final String text;
    private final Map<String, Operand> operands = new LinkedHashMap<>();
    private final Map<String, Number> parameters = new LinkedHashMap<>();

    private Formula(String text) {
        this.text = text;
    }

    public static Formula of(String text) {
        return new Formula(text);
    }

    /** Names an operand, whose values come with each run. */
    public Formula operand(String name, Operand operand) {
        operands.put(name, operand);
        return this;
    }

    /** Names a number that is known now: an integer type is an int64, Float and Double a float64. */
    public Formula parameter(String name, Number value) {
        parameters.put(name, value);
        return this;
    }

    /** Compiles for the fastest vectors of this machine, or without vectors where the JVM has none. */
    public Compiled compile() {
        return compile(false, Generator.hasVectors());
    }

    /** As {@code sum(text)}, with positions in errors that still fit the text. */
    public Compiled compileSum() {
        return compile(true, Generator.hasVectors());
    }

    /** Compiles to plain loops; the results are the same bits. */
    public Compiled compileScalar() {
        return compile(false, false);
    }

    Compiled compile(boolean sum, boolean vectors) {
        return compile(sum, vectors ? VectorNotation.ofThisMachine() : null);
    }

    Compiled compile(boolean sum, Notation notation) {
        Checker.Checked checked = check();
        Reduction reduction = checked.reduction();
        if (sum) {
            if (reduction != Reduction.NONE) {
                throw new FormulaException(text, 0, "the formula is summed as it is; leave the reduction out");
            }
            reduction = Reduction.SUM;
        }
        return new Compiled(text, checked, reduction, operands, notation);
    }

    /**
     * What the text names in the order of appearance: names that no parenthesis follows, which are operands, parameters
     * or constants. A formula whose names are all known may still be refused.
     */
    public Set<String> names() {
        tree();
        List<Token> tokens = Lexer.tokens(text);
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; tokens.get(i).type() != Token.Type.END; i++) {
            if (tokens.get(i).type() == Token.Type.NAME && !tokens.get(i + 1).is("(")) {
                names.add(tokens.get(i).text());
            }
        }
        return names;
    }

    /** Everything that can be wrong with the text is found here. */
    Checker.Checked check() {
        return Checker.check(text, tree(), operands, parameters);
    }

    private Syntax tree() {
        if (text.length() > LONGEST) {
            throw new FormulaException(text, LONGEST, "the formula has " + text.length()
                + " characters, the most is " + LONGEST + "; split it");
        }
        return Parser.parse(text);
    }
}
