package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.grid.Field;
import ghostrow.grid.Strip;
import ghostrow.grid.Team;
import ghostrow.kernel.RowTotals;
import ghostrow.kernel.Rows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Sum, minimum and maximum of a field. Each row is added from left to right, then the rows' sums from top to bottom:
 * a row belongs to one rank, so ranks and threads add their rows side by side, and rank 0 has a number a row to add.
 * That order, and with it the sum's bits, is the same for any number of them.
 */
record Totals(double sum, double min, double max) {
    private static final int TAG = 3;

    /** Rows whose sums rank 0 takes at a time: half a megabyte. */
    private static final int PIECE = 1 << 16;

    /** Collective; the answer is that of the whole field at rank 0 alone. */
    static Totals of(Comm comm, Team team, Field field) {
        return of(comm, team, field, PIECE);
    }

    static Totals of(Comm comm, Team team, Field field, int piece) {
        double[] sums = new double[Math.toIntExact(field.count())];
        Totals mine = own(team, field, sums);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment extremes = arena.allocate(ValueLayout.JAVA_DOUBLE, 2);
            MemorySegment buffer = arena.allocate(ValueLayout.JAVA_DOUBLE, piece);
            if (comm.rank() != 0) {
                mine.send(comm, sums, extremes, buffer);
                return mine;
            }
            Totals totals = mine;
            for (int rank = 1; rank < comm.size(); rank++) {
                totals = totals.plus(comm, rank, Strip.of(field.strip().total(), comm.size(), rank).count(), extremes,
                        buffer);
            }
            return totals;
        }
    }

    private static Totals own(Team team, Field field, double[] sums) {
        RowTotals[] parts = new RowTotals[team.threads()];
        Rows rows = field.rows();
        team.run(thread -> {
            Strip mine = Strip.of(sums.length, team.threads(), thread);
            parts[thread] = new RowTotals(Math.toIntExact(field.columns()));
            parts[thread].add(rows, 1 + mine.offset(), (int) mine.count(), sums, (int) mine.offset());
        });
        double sum = 0;
        for (double row : sums) {
            sum += row;
        }
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (RowTotals part : parts) {
            min = Math.min(min, part.min());
            max = Math.max(max, part.max());
        }
        return new Totals(sum, min, max);
    }

    private void send(Comm comm, double[] sums, MemorySegment extremes, MemorySegment buffer) {
        extremes.setAtIndex(ValueLayout.JAVA_DOUBLE, 0, min);
        extremes.setAtIndex(ValueLayout.JAVA_DOUBLE, 1, max);
        comm.send(extremes, 0, TAG);
        int piece = (int) (buffer.byteSize() / Double.BYTES);
        for (int first = 0; first < sums.length; first += piece) {
            int count = Math.min(piece, sums.length - first);
            MemorySegment.copy(sums, first, buffer, ValueLayout.JAVA_DOUBLE, 0, count);
            comm.send(buffer.asSlice(0, (long) count * Double.BYTES), 0, TAG);
        }
    }

    /** With the rows of another rank, which follow those that are in already. */
    private Totals plus(Comm comm, int rank, long rows, MemorySegment extremes, MemorySegment buffer) {
        comm.recv(extremes, rank, TAG);
        double sum = this.sum;
        long piece = buffer.byteSize() / Double.BYTES;
        for (long first = 0; first < rows; first += piece) {
            long count = Math.min(piece, rows - first);
            comm.recv(buffer.asSlice(0, count * Double.BYTES), rank, TAG);
            for (long row = 0; row < count; row++) {
                sum += buffer.getAtIndex(ValueLayout.JAVA_DOUBLE, row);
            }
        }
        return new Totals(sum, Math.min(min, extremes.getAtIndex(ValueLayout.JAVA_DOUBLE, 0)),
                Math.max(max, extremes.getAtIndex(ValueLayout.JAVA_DOUBLE, 1)));
    }
}
