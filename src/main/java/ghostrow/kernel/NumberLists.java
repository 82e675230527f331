package ghostrow.kernel;

import java.util.ArrayList;
import java.util.List;

/** Rows as lists of lists of number objects: how languages without arrays keep a grid. */
final class NumberLists {

    private NumberLists() {
    }

    /** Rows {@code first} up to but not including {@code last}, with their boundary cells. */
    static List<List<Double>> of(Rows rows, long first, long last) {
        List<List<Double>> lists = new ArrayList<>();
        for (long r = first; r < last; r++) {
            List<Double> row = new ArrayList<>();
            for (long c = 0; c <= rows.columns() + 1; c++) {
                row.add(rows.get(r, c));
            }
            lists.add(row);
        }
        return lists;
    }

    /** Back into rows, from row {@code first} and column 1 on. */
    static void copy(List<List<Double>> lists, Rows to, long first) {
        for (int r = 0; r < lists.size(); r++) {
            List<Double> row = lists.get(r);
            for (int c = 0; c < row.size(); c++) {
                to.set(first + r, c + 1, row.get(c));
            }
        }
    }
}
