package ghostrow.app.diffusion;

import ghostrow.formula.Arguments;
import ghostrow.formula.Compiled;
import ghostrow.formula.DeviceText;
import ghostrow.formula.Formula;
import ghostrow.formula.Kind;
import ghostrow.formula.Memory;
import ghostrow.formula.Operand;
import ghostrow.kernel.Rows;
import ghostrow.kernel.Rule;
import ghostrow.kernel.Stencil;
import ghostrow.kernel.Stencils;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Steps rows by the formula that a textbook would print, compiled at run time: the neighbours are slices of the
 * field {@code p}, moved by a row or a column. The order of the operations is that of the other rungs, and so are
 * the bits.
 */
final class FormulaStencils implements Stencils {
    private static final String CENTRE = "p[1:n+1, 1:m+1]";
    private static final String DOWN = "p[2:n+2, 1:m+1]";
    private static final String UP = "p[0:n, 1:m+1]";
    private static final String RIGHT = "p[1:n+1, 2:m+2]";
    private static final String LEFT = "p[1:n+1, 0:m]";
    /** A formula wants to know how many rows there are; a run takes as many of them as it likes. */
    private static final long ANY_ROWS = 1L << 40;

    private record Case(Rule rule, long columns) {
    }

    private final Map<Case, Compiled> compiled = new ConcurrentHashMap<>();

    @Override
    public String label() {
        return "formula";
    }

    @Override
    public String description() {
        return "the rule as a formula of slices, compiled at run time, a step at a time";
    }

    @Override
    public Stencil worker(Rule rule) {
        return new FormulaStencil(rule);
    }

    static String text(Rule rule) {
        return switch (rule) {
            case Rule.Diffusion _ -> String.join(" + ", CENTRE, "factor*(" + DOWN, UP, RIGHT, LEFT) + " - 4*" + CENTRE + ")";
            case Rule.Jacobi _ -> "0.2*(" + String.join(" + ", CENTRE, LEFT, RIGHT, UP, DOWN) + ")";
        };
    }

    /** What becomes of a rule's formula. */
    static String explain(Rule rule, long columns) {
        return compile(new Case(rule, columns)).explain();
    }

    /**
     * A rule's formula for devices, the same for any number of columns. Its operand {@code p} begins with the row above
     * the first one that is stepped and with column 0, and its result with that first row and column 1.
     */
    static DeviceText openCl(Rule rule) {
        return compile(new Case(rule, 1)).openCl();
    }

    private static Compiled compile(Case step) {
        Formula formula = Formula.of(text(step.rule))
                .operand("p", new Operand.Grid(Kind.DOUBLE, ANY_ROWS + 2, step.columns + 2))
                .parameter("n", ANY_ROWS).parameter("m", step.columns);
        if (step.rule instanceof Rule.Diffusion diffusion) {
            formula.parameter("factor", diffusion.factor());
        }
        return formula.compile();
    }

    /** Threads share what was compiled, and so what the JVM makes of it. */
    private final class FormulaStencil implements Stencil {
        private final Rule rule;

        FormulaStencil(Rule rule) {
            this.rule = rule;
        }

        @Override
        public void advance(Rows from, Rows to, long first, long last, int steps) {
            Stencil.check(from, to, first, last, steps, maxSteps());
            from.require(first - 1, last + 1);
            to.require(first, last);
            Compiled step = compiled.computeIfAbsent(new Case(rule, from.columns()), FormulaStencils::compile);
            // Row 0 of the operand is the row above the first one that is stepped.
            step.bind(new Arguments().memory("p", memory(from, first - 1, 0)))
                    .run(memory(to, first, 1), 0, last - first);
        }

        private static Memory memory(Rows rows, long row, long column) {
            return Memory.grid(rows.cells(), rows.index(row, column) * Double.BYTES, rows.stride() * Double.BYTES);
        }
    }
}
