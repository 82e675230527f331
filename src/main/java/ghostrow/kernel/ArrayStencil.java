package ghostrow.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Whole arrays instead of loops: the rule is written once, for all cells at a time, and each of its operations makes an
 * array of intermediate results. Those of a large grid go to memory and come back for the next operation; in pieces of
 * rows that fit into a cache they stay there.
 */
final class ArrayStencil implements Stencil {

    private final Rule rule;
    private final int piece;
    private final FreeArrays arrays = new FreeArrays();

    /** @param piece cells at a time, rounded to rows */
    ArrayStencil(Rule rule, int piece) {
        this.rule = rule;
        this.piece = piece;
    }

    @Override
    public void advance(Rows from, Rows to, long first, long last, int steps) {
        Stencil.check(from, to, first, last, steps, maxSteps());
        long rows = Math.max(1, piece / from.columns());
        for (long r = first; r < last; r += rows) {
            step(from, to, r, (int) Math.min(rows, last - r));
        }
    }

    private void step(Rows from, Rows to, long first, int rows) {
        int columns = (int) from.columns();
        Slice p = Slice.of(rows + 2, columns + 2, arrays);
        for (int r = 0; r < rows + 2; r++) {
            MemorySegment.copy(from.cells(), ValueLayout.JAVA_DOUBLE, from.index(first - 1 + r, 0) * Double.BYTES,
                    p.data(), r * p.stride(), p.stride());
        }
        Slice next = next(p.inner(0, 0), p.inner(-1, 0), p.inner(1, 0), p.inner(0, -1), p.inner(0, 1));
        for (int r = 0; r < rows; r++) {
            MemorySegment.copy(next.data(), r * columns, to.cells(), ValueLayout.JAVA_DOUBLE,
                    to.index(first + r, 1) * Double.BYTES, columns);
        }
        next.used();
        p.used();
    }

    private Slice next(Slice centre, Slice up, Slice down, Slice left, Slice right) {
        return switch (rule) {
            case Rule.Diffusion(double factor) ->
                    centre.plus(down.plus(up).plus(right).plus(left).minus(centre.times(4)).times(factor));
            case Rule.Jacobi() -> centre.plus(left).plus(right).plus(up).plus(down).times(0.2);
        };
    }
}
