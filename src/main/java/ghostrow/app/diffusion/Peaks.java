package ghostrow.app.diffusion;

import ghostrow.grid.Field;

/** The published start of the diffusion: four peaks of density 1, since along each axis it rises and falls twice. */
final class Peaks {
    private Peaks() {
    }

    static void fill(Field field, double x1, double x2) {
        int size = Math.toIntExact(field.columns());
        double[] along = new double[size];
        for (int i = 0; i < size; i++) {
            double x = x1 + (i * (x2 - x1)) / size;
            along[i] = 1 - Math.abs(1 - 4 * Math.abs((x - (x1 + x2) / 2) / (x2 - x1)));
        }
        double[] line = new double[size];
        for (long row = 1; row <= field.count(); row++) {
            double a = along[Math.toIntExact(field.strip().offset() + row - 1)];
            for (int i = 0; i < size; i++) {
                line[i] = a * along[i];
            }
            field.setRow(row, line);
        }
    }
}
