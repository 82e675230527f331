package ghostrow.app.diffusion;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The workloads on a grid as they are published, by plain loops: what every run has to end in, to the last bit. */
public final class PlainLoops {
    private PlainLoops() {
    }

    /** The hot plate of n x n cells, boundary included. */
    public static double[][] plate(int n, int steps) {
        double[][] plate = new double[n + 2][n + 2];
        for (int j = 1; j <= n; j++) {
            plate[0][j] = 1;
        }
        for (int step = 0; step < steps; step++) {
            plate = average(plate);
        }
        return plate;
    }

    static double[][] average(double[][] p) {
        double[][] next = copy(p);
        for (int i = 1; i < p.length - 1; i++) {
            for (int j = 1; j < p.length - 1; j++) {
                next[i][j] = 0.2 * (p[i][j] + p[i][j - 1] + p[i][j + 1] + p[i - 1][j] + p[i + 1][j]);
            }
        }
        return next;
    }

    /** Four peaks on the square from -10 to 10 after a run with D = 1, boundary included. */
    public static double[][] peaks(double givenDx, double runtime) {
        double x1 = -10;
        double x2 = 10;
        int n = (int) ((x2 - x1) / givenDx);
        double dx = (x2 - x1) / n;
        double dt = 0.25 * (dx * dx) / 1.0;
        double[] ridge = new double[n + 2];
        for (int i = 1; i <= n; i++) {
            double x = x1 + ((i - 1) * (x2 - x1)) / n;
            ridge[i] = 1 - Math.abs(1 - 4 * Math.abs((x - (x1 + x2) / 2) / (x2 - x1)));
        }
        double[][] p = new double[n + 2][n + 2];
        for (int i = 1; i <= n; i++) {
            for (int j = 1; j <= n; j++) {
                p[i][j] = ridge[i] * ridge[j];
            }
        }
        double factor = (1.0 / (dx * dx)) * dt;
        for (int step = 0; step < (int) (runtime / dt); step++) {
            double[][] next = copy(p);
            for (int i = 1; i <= n; i++) {
                for (int j = 1; j <= n; j++) {
                    double lapl = p[i + 1][j] + p[i - 1][j] + p[i][j + 1] + p[i][j - 1] - 4 * p[i][j];
                    next[i][j] = p[i][j] + factor * lapl;
                }
            }
            p = next;
        }
        return p;
    }

    private static double[][] copy(double[][] p) {
        double[][] copy = new double[p.length][];
        for (int i = 0; i < p.length; i++) {
            copy[i] = p[i].clone();
        }
        return copy;
    }

    /** What {@code --digest} is to say of the cells within the boundary. */
    public static String digest(double[][] field) throws Exception {
        MessageDigest all = MessageDigest.getInstance("SHA-256");
        for (int i = 1; i < field.length - 1; i++) {
            ByteBuffer row = ByteBuffer.allocate(8 * (field.length - 2)).order(ByteOrder.LITTLE_ENDIAN);
            for (int j = 1; j < field.length - 1; j++) {
                row.putDouble(field[i][j]);
            }
            all.update(MessageDigest.getInstance("SHA-256").digest(row.array()));
        }
        return HexFormat.of().formatHex(all.digest());
    }
}
