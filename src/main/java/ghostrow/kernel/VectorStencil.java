package ghostrow.kernel;

import java.lang.ref.Reference;

/** A row at a time in whole vectors. No tail: the last vector runs into the padding. */
final class VectorStencil implements Stencil {

    private final RowStep rule;

    VectorStencil(Rule rule) {
        this.rule = RowStep.of(rule);
    }

    @Override
    public void advance(Rows from, Rows to, long first, long last, int steps) {
        Stencil.check(from, to, first, last, steps, maxSteps());
        if (first >= last) {
            return;
        }
        from.require(first - 1, last + 1);
        to.require(first, last);
        int bytes = Math.toIntExact(from.columns() * Double.BYTES);
        long stride = from.stride() * Double.BYTES;
        for (long r = first; r < last; r++) {
            long mid = from.address(r);
            long out = to.address(r);
            rule.row(out, mid - stride, mid, mid + stride, bytes);
            Memory.copy(mid + bytes, out + bytes);
        }
        Reference.reachabilityFence(from);
        Reference.reachabilityFence(to);
    }
}
