package ghostrow.study.scale;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Coefficients that make sums of given columns fit observations best, and how well they are known.
 *
 * @param residuals  observed less fitted, one an observation
 * @param covariance of the coefficients; all NaN where there are no more observations than coefficients
 */
record LeastSquares(double[] coefficients, double[][] covariance, double[] residuals) {

    /** @param rows one an observation: what each coefficient is multiplied by there */
    static LeastSquares solve(double[][] rows, double[] observed) {
        int count = rows[0].length;
        DMatrixRMaj x = new DMatrixRMaj(rows);
        DMatrixRMaj y = new DMatrixRMaj(observed);
        // Columns of like size keep the inverse accurate, though one may hold squares of thousands.
        double[] scale = new double[count];
        for (int c = 0; c < count; c++) {
            for (double[] row : rows) {
                scale[c] = Math.max(scale[c], Math.abs(row[c]));
            }
            CommonOps_DDRM.scaleCol(1 / scale[c], x, c);
        }
        DMatrixRMaj inverse = new DMatrixRMaj(count, count);
        CommonOps_DDRM.multTransA(x, x, inverse);
        if (!CommonOps_DDRM.invert(inverse)) {
            throw new IllegalArgumentException("the columns depend on each other");
        }
        DMatrixRMaj right = new DMatrixRMaj(count, 1);
        CommonOps_DDRM.multTransA(x, y, right);
        DMatrixRMaj solution = new DMatrixRMaj(count, 1);
        CommonOps_DDRM.mult(inverse, right, solution);
        DMatrixRMaj left = y.copy();
        CommonOps_DDRM.multAdd(-1, x, solution, left);
        double[] residuals = left.data;
        double squares = 0;
        for (double residual : residuals) {
            squares += residual * residual;
        }
        int freedom = rows.length - count;
        double variance = freedom > 0 ? squares / freedom : Double.NaN;
        double[] coefficients = new double[count];
        double[][] covariance = new double[count][count];
        for (int i = 0; i < count; i++) {
            coefficients[i] = solution.get(i, 0) / scale[i];
            for (int j = 0; j < count; j++) {
                covariance[i][j] = variance * inverse.get(i, j) / (scale[i] * scale[j]);
            }
        }
        return new LeastSquares(coefficients, covariance, residuals);
    }

    int freedom() {
        return residuals.length - coefficients.length;
    }

    /** The standard error of a quantity whose derivative by each coefficient is given. */
    double standardError(double... gradient) {
        double variance = 0;
        for (int i = 0; i < gradient.length; i++) {
            for (int j = 0; j < gradient.length; j++) {
                variance += gradient[i] * covariance[i][j] * gradient[j];
            }
        }
        return Math.sqrt(Math.max(0, variance));
    }
}
