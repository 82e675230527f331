package ghostrow.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * The same lists of objects, but what a loop looks up again and again is looked up once, before it, and kept in local
 * variables: rows before the loop over their columns, and a cell when its turn comes, to be its neighbour's neighbour
 * afterwards.
 */
final class LocalStencil implements Stencil {

    private final Rule rule;

    LocalStencil(Rule rule) {
        this.rule = rule;
    }

    @Override
    public void advance(Rows from, Rows to, long first, long last, int steps) {
        Stencil.check(from, to, first, last, steps, maxSteps());
        List<List<Double>> now = NumberLists.of(from, first - 1, last + 1);
        List<List<Double>> next = new ArrayList<>();
        int columns = (int) from.columns();
        for (int r = 1; r <= last - first; r++) {
            List<Double> above = now.get(r - 1);
            List<Double> row = now.get(r);
            List<Double> below = now.get(r + 1);
            List<Double> out = new ArrayList<>();
            Double left = row.get(0);
            Double centre = row.get(1);
            for (int c = 1; c <= columns; c++) {
                Double right = row.get(c + 1);
                out.add(rule.next(centre, above.get(c), below.get(c), left, right));
                left = centre;
                centre = right;
            }
            next.add(out);
        }
        NumberLists.copy(next, to, first);
    }
}
