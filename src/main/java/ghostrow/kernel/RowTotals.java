package ghostrow.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The sum of each row, added from left to right, and the least and the greatest of all cells. An addition has to wait
 * for the one before; so four rows are added side by side, from copies in arrays, which also an interpreter reads fast.
 */
public final class RowTotals {
    private static final int ROWS_AT_A_TIME = 4;

    private final double[][] rows = new double[ROWS_AT_A_TIME][];
    private final double[] four = new double[ROWS_AT_A_TIME];
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    /** @param columns how many a row has */
    public RowTotals(int columns) {
        for (int row = 0; row < ROWS_AT_A_TIME; row++) {
            rows[row] = new double[columns];
        }
    }

    /** The least cell so far; NaN once there was one. Zero has no sign, so that the order of cells does not matter. */
    public double min() {
        return min + 0.0;
    }

    public double max() {
        return max + 0.0;
    }

    /**
     * Adds up {@code count} rows.
     *
     * @param sums where their sums go, from {@code at} on
     */
    public void add(Rows slab, long first, int count, double[] sums, int at) {
        for (int row = 0; row < count; row += ROWS_AT_A_TIME) {
            int many = Math.min(ROWS_AT_A_TIME, count - row);
            for (int i = 0; i < ROWS_AT_A_TIME; i++) {
                // Where fewer than four are left the last is there more than once.
                copy(slab, first + row + Math.min(i, many - 1), rows[i]);
            }
            four(rows[0], rows[1], rows[2], rows[3]);
            System.arraycopy(four, 0, sums, at + row, many);
        }
    }

    private static void copy(Rows slab, long row, double[] into) {
        MemorySegment.copy(slab.cells(), ValueLayout.JAVA_DOUBLE, slab.index(row, 1) * Double.BYTES, into, 0,
                into.length);
    }

    private void four(double[] a, double[] b, double[] c, double[] d) {
        double sumA = 0;
        double sumB = 0;
        double sumC = 0;
        double sumD = 0;
        double leastA = min;
        double leastB = min;
        double leastC = min;
        double leastD = min;
        double mostA = max;
        double mostB = max;
        double mostC = max;
        double mostD = max;
        for (int i = 0; i < a.length; i++) {
            double inA = a[i];
            double inB = b[i];
            double inC = c[i];
            double inD = d[i];
            sumA += inA;
            sumB += inB;
            sumC += inC;
            sumD += inD;
            // Plain comparisons are hardly ever true, and so cost next to nothing.
            leastA = inA < leastA ? inA : leastA;
            leastB = inB < leastB ? inB : leastB;
            leastC = inC < leastC ? inC : leastC;
            leastD = inD < leastD ? inD : leastD;
            mostA = inA > mostA ? inA : mostA;
            mostB = inB > mostB ? inB : mostB;
            mostC = inC > mostC ? inC : mostC;
            mostD = inD > mostD ? inD : mostD;
        }
        boolean numbers = areNumbers(a, sumA) && areNumbers(b, sumB) && areNumbers(c, sumC) && areNumbers(d, sumD);
        min = numbers ? Math.min(Math.min(leastA, leastB), Math.min(leastC, leastD)) : Double.NaN;
        max = numbers ? Math.max(Math.max(mostA, mostB), Math.max(mostC, mostD)) : Double.NaN;
        four[0] = sumA;
        four[1] = sumB;
        four[2] = sumC;
        four[3] = sumD;
    }

    /** No comparison finds a NaN, but every sum keeps it; the sum of infinities may be one as well. */
    private static boolean areNumbers(double[] row, double sum) {
        if (Double.isNaN(sum)) {
            for (double cell : row) {
                if (Double.isNaN(cell)) {
                    return false;
                }
            }
        }
        return true;
    }
}
