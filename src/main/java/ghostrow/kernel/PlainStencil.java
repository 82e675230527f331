package ghostrow.kernel;

/**
 * The readable definition: a loop over the cells, one step at a time. What the other rungs must agree with.
 */
final class PlainStencil implements Stencil {

    private final Rule rule;

    PlainStencil(Rule rule) {
        this.rule = rule;
    }

    @Override
    public void advance(Rows from, Rows to, long first, long last, int steps) {
        Stencil.check(from, to, first, last, steps, maxSteps());
        for (long r = first; r < last; r++) {
            for (long c = 1; c <= from.columns(); c++) {
                to.set(r, c, rule.next(from.get(r, c), from.get(r - 1, c), from.get(r + 1, c),
                        from.get(r, c - 1), from.get(r, c + 1)));
            }
        }
    }
}
