package ghostrow.grid;

/** The reference: the whole grid in plain arrays, stepped by plain loops as the workloads are published. */
final class Plate {
    final int rows;
    final int columns;
    double[][] cells;

    Plate(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.cells = new double[rows + 2][columns + 2];
    }

    /** Some start with no symmetry and many different exponents; a border of {@code top} above and 0 elsewhere. */
    static Plate scattered(int rows, int columns, double top) {
        Plate plate = new Plate(rows, columns);
        java.util.Random random = new java.util.Random(rows * 1000L + columns);
        for (int i = 1; i <= rows; i++) {
            for (int j = 1; j <= columns; j++) {
                plate.cells[i][j] = random.nextDouble() * Math.scalb(1.0, -random.nextInt(20));
            }
        }
        for (int j = 1; j <= columns; j++) {
            plate.cells[0][j] = top;
        }
        return plate;
    }

    void diffuse(double factor, int steps) {
        for (int step = 0; step < steps; step++) {
            double[][] p = cells;
            double[][] next = copy();
            for (int i = 1; i <= rows; i++) {
                for (int j = 1; j <= columns; j++) {
                    double lapl = p[i + 1][j] + p[i - 1][j] + p[i][j + 1] + p[i][j - 1] - 4 * p[i][j];
                    next[i][j] = p[i][j] + factor * lapl;
                }
            }
            cells = next;
        }
    }

    void average(int steps) {
        for (int step = 0; step < steps; step++) {
            double[][] p = cells;
            double[][] next = copy();
            for (int i = 1; i <= rows; i++) {
                for (int j = 1; j <= columns; j++) {
                    next[i][j] = 0.2 * (p[i][j] + p[i][j - 1] + p[i][j + 1] + p[i - 1][j] + p[i + 1][j]);
                }
            }
            cells = next;
        }
    }

    private double[][] copy() {
        double[][] copy = new double[rows + 2][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = cells[i].clone();
        }
        return copy;
    }

    /** Gives a rank its part, and both fields their border. */
    void into(Field field, boolean border) {
        long offset = field.strip().offset();
        for (long row = 0; row <= field.count() + 1; row++) {
            long global = offset + row;
            boolean fixed = global == 0 || global == rows + 1;
            for (int column = 0; column <= columns + 1; column++) {
                if (fixed || !border && row >= 1 && row <= field.count()) {
                    field.set(row, column, cells[(int) global][column]);
                }
            }
        }
    }
}
