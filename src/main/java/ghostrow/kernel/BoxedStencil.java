package ghostrow.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * What an interpreted, dynamic language does: every number is an object of its own in a list of lists, and is looked
 * up from the outermost list on each time that it is needed. No line is slow by itself; there are just so many of them
 * behind each cell.
 */
final class BoxedStencil implements Stencil {

    private final Rule rule;

    BoxedStencil(Rule rule) {
        this.rule = rule;
    }

    @Override
    public void advance(Rows from, Rows to, long first, long last, int steps) {
        Stencil.check(from, to, first, last, steps, maxSteps());
        List<List<Double>> now = NumberLists.of(from, first - 1, last + 1);
        List<List<Double>> next = new ArrayList<>();
        for (int r = 1; r <= last - first; r++) {
            next.add(new ArrayList<>());
            for (int c = 1; c <= from.columns(); c++) {
                next.get(r - 1).add(rule.next(now.get(r).get(c), now.get(r - 1).get(c), now.get(r + 1).get(c),
                        now.get(r).get(c - 1), now.get(r).get(c + 1)));
            }
        }
        NumberLists.copy(next, to, first);
    }
}
