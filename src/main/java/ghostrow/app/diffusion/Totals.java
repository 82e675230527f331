package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.grid.Field;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Sum, minimum and maximum of a field. The sum adds cell after cell, row after row, as one loop over the whole grid
 * would: a running sum travels from rank to rank, so it has the same bits for any number of them. (A sum of the
 * ranks' own sums would not: additions in another order round differently.)
 */
record Totals(double sum, double min, double max) {
    private static final int TAG = 3;

    /** Collective. */
    static Totals of(Comm comm, Field field) {
        int last = comm.size() - 1;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment running = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, 0.0, Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY);
            comm.recv(running, comm.rank() == 0 ? Comm.PROC_NULL : comm.rank() - 1, TAG);
            Totals totals = read(running).plus(field);
            running.copyFrom(MemorySegment.ofArray(new double[] {totals.sum, totals.min, totals.max}));
            comm.send(running, comm.rank() == last ? Comm.PROC_NULL : comm.rank() + 1, TAG);
            comm.bcast(running, last);
            return read(running);
        }
    }

    private Totals plus(Field field) {
        double sum = this.sum;
        double min = this.min;
        double max = this.max;
        double[] line = new double[Math.toIntExact(field.columns())];
        for (long row = 1; row <= field.count(); row++) {
            field.getRow(row, line);
            for (double cell : line) {
                sum += cell;
                min = Math.min(min, cell);
                max = Math.max(max, cell);
            }
        }
        return new Totals(sum, min, max);
    }

    private static Totals read(MemorySegment running) {
        return new Totals(running.getAtIndex(ValueLayout.JAVA_DOUBLE, 0),
                running.getAtIndex(ValueLayout.JAVA_DOUBLE, 1), running.getAtIndex(ValueLayout.JAVA_DOUBLE, 2));
    }
}
