package ghostrow.app;

import ghostrow.grid.Field;

/** The published start of the diffusion: four peaks of density 1, since along each axis it rises and falls twice. */
final class Peaks {
    private Peaks() {
    }

    static void fill(Field field, double x1, double x2) {
        long size = field.columns();
        double[] along = new double[Math.toIntExact(size) + 1];
        for (int i = 1; i <= size; i++) {
            double x = x1 + ((i - 1) * (x2 - x1)) / size;
            along[i] = 1 - Math.abs(1 - 4 * Math.abs((x - (x1 + x2) / 2) / (x2 - x1)));
        }
        for (long row = 1; row <= field.count(); row++) {
            double a = along[Math.toIntExact(field.strip().offset() + row)];
            for (int column = 1; column <= size; column++) {
                field.set(row, column, a * along[column]);
            }
        }
    }
}
