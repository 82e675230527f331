package ghostrow.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Arrays of numbers in place of lists of objects: the type of an element is known, and a row is one piece of memory.
 * Only a cell with its neighbours still travels as an object.
 */
final class TypedStencil implements Stencil {

    private final Rule rule;

    TypedStencil(Rule rule) {
        this.rule = rule;
    }

    /** A cell and those beside it. */
    private record Cross(double centre, double up, double down, double left, double right) {
        double next(Rule rule) {
            return rule.next(centre, up, down, left, right);
        }
    }

    @Override
    public void advance(Rows from, Rows to, long first, long last, int steps) {
        Stencil.check(from, to, first, last, steps, maxSteps());
        double[][] now = read(from, first - 1, last + 1);
        double[] next = new double[(int) from.columns()];
        for (int r = 1; r <= last - first; r++) {
            for (int c = 1; c <= next.length; c++) {
                next[c - 1] = new Cross(now[r][c], now[r - 1][c], now[r + 1][c], now[r][c - 1], now[r][c + 1])
                        .next(rule);
            }
            MemorySegment.copy(next, 0, to.cells(), ValueLayout.JAVA_DOUBLE,
                    to.index(first + r - 1, 1) * Double.BYTES, next.length);
        }
    }

    private static double[][] read(Rows rows, long first, long last) {
        double[][] arrays = new double[(int) (last - first)][(int) rows.columns() + 2];
        for (int r = 0; r < arrays.length; r++) {
            MemorySegment.copy(rows.cells(), ValueLayout.JAVA_DOUBLE, rows.index(first + r, 0) * Double.BYTES,
                    arrays[r], 0, arrays[r].length);
        }
        return arrays;
    }
}
