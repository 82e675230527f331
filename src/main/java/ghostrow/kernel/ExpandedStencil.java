package ghostrow.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * No object and no call is left in the loop: which rule it is, is asked once a row, the rule's arithmetic stands
 * there written out, and a cell is a number of a place in memory that grows by one from column to column.
 */
final class ExpandedStencil implements Stencil {

    private final Rule rule;

    ExpandedStencil(Rule rule) {
        this.rule = rule;
    }

    @Override
    public void advance(Rows from, Rows to, long first, long last, int steps) {
        Stencil.check(from, to, first, last, steps, maxSteps());
        for (long r = first; r < last; r++) {
            long mid = from.index(r, 1);
            long out = to.index(r, 1);
            switch (rule) {
                case Rule.Diffusion(double factor) ->
                        diffusion(from.cells(), mid, from.stride(), to.cells(), out, from.columns(), factor);
                case Rule.Jacobi() -> jacobi(from.cells(), mid, from.stride(), to.cells(), out, from.columns());
            }
        }
    }

    private static void diffusion(MemorySegment now, long mid, long stride, MemorySegment next, long out, long columns,
            double factor) {
        for (long c = 0; c < columns; c++) {
            double centre = at(now, mid + c);
            double laplacian = at(now, mid + c + stride) + at(now, mid + c - stride) + at(now, mid + c + 1)
                    + at(now, mid + c - 1) - 4 * centre;
            next.setAtIndex(ValueLayout.JAVA_DOUBLE, out + c, centre + factor * laplacian);
        }
    }

    private static void jacobi(MemorySegment now, long mid, long stride, MemorySegment next, long out, long columns) {
        for (long c = 0; c < columns; c++) {
            double sum = at(now, mid + c) + at(now, mid + c - 1) + at(now, mid + c + 1) + at(now, mid + c - stride)
                    + at(now, mid + c + stride);
            next.setAtIndex(ValueLayout.JAVA_DOUBLE, out + c, 0.2 * sum);
        }
    }

    private static double at(MemorySegment cells, long place) {
        return cells.getAtIndex(ValueLayout.JAVA_DOUBLE, place);
    }
}
