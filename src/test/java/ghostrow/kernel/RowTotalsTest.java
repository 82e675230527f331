package ghostrow.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rows that are added four at a time have the sums of rows that are added one by one. */
class RowTotalsTest {
    private static final int COLUMNS = 13;
    private static final long STRIDE = 32;

    @Test
    void anyNumberOfRowsHasTheSumsOfPlainLoops() {
        for (int count = 0; count <= 11; count++) {
            try (Arena arena = Arena.ofConfined()) {
                Rows rows = rows(arena, count);
                double[] expected = new double[count + 2];
                double min = Double.POSITIVE_INFINITY;
                double max = Double.NEGATIVE_INFINITY;
                for (int row = 0; row < count; row++) {
                    double sum = 0;
                    for (int column = 1; column <= COLUMNS; column++) {
                        sum += rows.get(row, column);
                        min = Math.min(min, rows.get(row, column));
                        max = Math.max(max, rows.get(row, column));
                    }
                    expected[1 + row] = sum;
                }
                double[] sums = new double[count + 2];
                RowTotals totals = new RowTotals(COLUMNS);
                totals.add(rows, 0, count, sums, 1);
                assertArrayEquals(expected, sums, 0.0, count + " rows");
                assertEquals(min, totals.min());
                assertEquals(max, totals.max());
            }
        }
    }

    @Test
    void whatIsNotANumberIsKept() {
        try (Arena arena = Arena.ofConfined()) {
            Rows rows = rows(arena, 9);
            rows.set(2, 5, Double.NaN);
            double[] sums = new double[9];
            RowTotals totals = new RowTotals(COLUMNS);
            totals.add(rows, 0, 9, sums, 0);
            for (int row = 0; row < 9; row++) {
                assertEquals(row == 2, Double.isNaN(sums[row]), "row " + row);
            }
            assertEquals(Double.NaN, totals.min());
            assertEquals(Double.NaN, totals.max());
        }
    }

    private static Rows rows(Arena arena, int count) {
        MemorySegment cells = arena.allocate((count + 3) * STRIDE * Double.BYTES, 64);
        Rows rows = new Rows(cells, STRIDE + Rows.ALIGNMENT - 1, STRIDE, COLUMNS, 0, count - 1);
        Random random = new Random(count);
        for (int row = 0; row < count; row++) {
            for (int column = 1; column <= COLUMNS; column++) {
                rows.set(row, column, random.nextGaussian() * Math.pow(10, random.nextInt(30)));
            }
        }
        return rows;
    }
}
