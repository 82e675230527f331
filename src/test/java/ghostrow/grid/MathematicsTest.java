package ghostrow.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ghostrow.kernel.Rule;
import ghostrow.kernel.Rung;
import java.lang.foreign.Arena;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Test;

/**
 * The step against what linear algebra says of it. With the boundary at 0 a step is a symmetric matrix, and its
 * eigenvectors are products of sines: mode (m, n) on a grid of R x C cells shrinks in every step by
 *
 * <pre>
 *   1 - 4 f (sin²(π m / (2 (R + 1))) + sin²(π n / (2 (C + 1))))
 * </pre>
 */
class MathematicsTest {
    private static final double FACTOR = 0.2;
    private static final double ROUNDING = 1e-13;

    @Test
    void aSineModeDecaysByTheExactFactor() {
        int rows = 31;
        int columns = 23;
        int steps = 50;
        for (int[] mode : new int[][] {{1, 1}, {2, 1}, {1, 3}, {5, 4}, {31, 23}}) {
            double[][] start = new double[rows][columns];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    start[i][j] = Math.sin(Math.PI * mode[0] * (i + 1) / (rows + 1))
                            * Math.sin(Math.PI * mode[1] * (j + 1) / (columns + 1));
                }
            }
            double up = Math.sin(Math.PI * mode[0] / (2.0 * (rows + 1)));
            double across = Math.sin(Math.PI * mode[1] / (2.0 * (columns + 1)));
            double decay = Math.pow(1 - 4 * FACTOR * (up * up + across * across), steps);
            double[][] end = stepped(start, steps);
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    assertEquals(decay * start[i][j], end[i][j], ROUNDING, "mode " + mode[0] + ", " + mode[1]);
                }
            }
        }
    }

    @Test
    void manyStepsAreThePowerOfTheStepMatrix() {
        int rows = 9;
        int columns = 7;
        int steps = 40;
        int cells = rows * columns;
        Random random = new Random(4);
        double[][] start = new double[rows][columns];
        DMatrixRMaj vector = new DMatrixRMaj(cells, 1);
        DMatrixRMaj matrix = new DMatrixRMaj(cells, cells);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int cell = i * columns + j;
                start[i][j] = random.nextDouble();
                vector.set(cell, 0, start[i][j]);
                matrix.set(cell, cell, 1 - 4 * FACTOR);
                if (i > 0) {
                    matrix.set(cell, cell - columns, FACTOR);
                    matrix.set(cell - columns, cell, FACTOR);
                }
                if (j > 0) {
                    matrix.set(cell, cell - 1, FACTOR);
                    matrix.set(cell - 1, cell, FACTOR);
                }
            }
        }
        DMatrixRMaj expected = power(matrix, steps, vector);
        double[][] end = stepped(start, steps);
        for (int cell = 0; cell < cells; cell++) {
            assertEquals(expected.get(cell, 0), end[cell / columns][cell % columns], ROUNDING, "cell " + cell);
        }
    }

    /** V Λⁿ Vᵀ applied to the start. */
    private static DMatrixRMaj power(DMatrixRMaj matrix, int n, DMatrixRMaj start) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(matrix.numRows, true, true);
        eigen.decompose(matrix.copy());
        DMatrixRMaj sum = new DMatrixRMaj(matrix.numRows, 1);
        for (int k = 0; k < eigen.getNumberOfEigenvalues(); k++) {
            DMatrixRMaj mode = eigen.getEigenVector(k);
            double share = CommonOps_DDRM.dot(mode, start) * Math.pow(eigen.getEigenvalue(k).getReal(), n);
            CommonOps_DDRM.addEquals(sum, share, mode);
        }
        return sum;
    }

    /** The fastest rung on three ranks with deep ghost rows: all others have the same bits. */
    private static double[][] stepped(double[][] start, int steps) {
        int rows = start.length;
        int columns = start[0].length;
        double[][] end = new double[rows][columns];
        EmbeddedRuns.run(3, comm -> {
            Strip strip = Strip.of(rows, comm.size(), comm.rank());
            try (Arena arena = Arena.ofShared(); Team team = new Team(1, comm.size())) {
                Field now = new Field(strip, columns, 3, arena);
                Field next = new Field(strip, columns, 3, arena);
                for (int i = 0; i < strip.count(); i++) {
                    for (int j = 0; j < columns; j++) {
                        now.set(i + 1, j + 1, start[(int) strip.offset() + i][j]);
                    }
                }
                try (GhostRows ghosts = new GhostRows(comm, 3, false, now, next)) {
                    Stepper stepper = new Stepper(team, Rung.auto(), new Rule.Diffusion(FACTOR), ghosts, 3, false);
                    for (int step = 0; step < steps;) {
                        int many = Math.min(stepper.maxSteps(), steps - step);
                        if (stepper.stale()) {
                            stepper.exchange(now);
                        }
                        stepper.step(now, next, many);
                        Field before = now;
                        now = next;
                        next = before;
                        step += many;
                    }
                }
                for (int i = 0; i < strip.count(); i++) {
                    for (int j = 0; j < columns; j++) {
                        end[(int) strip.offset() + i][j] = now.get(i + 1, j + 1);
                    }
                }
            }
        });
        return end;
    }
}
