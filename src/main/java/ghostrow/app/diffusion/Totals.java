package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.grid.Field;
import ghostrow.grid.Strip;
import ghostrow.grid.Team;
import ghostrow.kernel.RowTotals;
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
        Totals totals = new Totals(0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment piece = arena.allocate(ValueLayout.JAVA_DOUBLE, 2 + Math.min(PIECE, mostRows(comm, field)));
            for (int rank = 0; rank < comm.size(); rank++) {
                if (rank == comm.rank() || comm.rank() == 0) {
                    totals = totals.plus(comm, team, field, rank, piece);
                }
            }
        }
        return totals;
    }

    private static long mostRows(Comm comm, Field field) {
        return Strip.of(field.strip().total(), comm.size(), 0).count();
    }

    /** The rows of one rank, which sends them to rank 0. */
    private Totals plus(Comm comm, Team team, Field field, int rank, MemorySegment buffer) {
        Totals totals = this;
        long rows = Strip.of(field.strip().total(), comm.size(), rank).count();
        for (long first = 0; first < rows; first += PIECE) {
            int count = (int) Math.min(PIECE, rows - first);
            MemorySegment piece = buffer.asSlice(0, (2L + count) * Double.BYTES);
            if (rank == comm.rank()) {
                fill(piece, team, field, 1 + first, count);
            }
            if (rank != 0) {
                exchange(comm, rank, piece);
            }
            totals = totals.plus(piece, count);
        }
        return totals;
    }

    private static void exchange(Comm comm, int rank, MemorySegment piece) {
        if (comm.rank() == 0) {
            comm.recv(piece, rank, TAG);
        } else {
            comm.send(piece, 0, TAG);
        }
    }

    /** The least and the greatest cell, then the sums of the rows. */
    private static void fill(MemorySegment piece, Team team, Field field, long first, int count) {
        double[] sums = new double[count];
        RowTotals[] parts = new RowTotals[team.threads()];
        team.run(thread -> {
            Strip mine = Strip.of(count, team.threads(), thread);
            parts[thread] = new RowTotals(Math.toIntExact(field.columns()));
            parts[thread].add(field.rows(), first + mine.offset(), (int) mine.count(), sums, (int) mine.offset());
        });
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (RowTotals part : parts) {
            min = Math.min(min, part.min());
            max = Math.max(max, part.max());
        }
        piece.setAtIndex(ValueLayout.JAVA_DOUBLE, 0, min);
        piece.setAtIndex(ValueLayout.JAVA_DOUBLE, 1, max);
        MemorySegment.copy(sums, 0, piece, ValueLayout.JAVA_DOUBLE, 2L * Double.BYTES, count);
    }

    private Totals plus(MemorySegment piece, int count) {
        double sum = this.sum;
        for (int row = 0; row < count; row++) {
            sum += piece.getAtIndex(ValueLayout.JAVA_DOUBLE, 2L + row);
        }
        return new Totals(sum, Math.min(min, piece.getAtIndex(ValueLayout.JAVA_DOUBLE, 0)),
                Math.max(max, piece.getAtIndex(ValueLayout.JAVA_DOUBLE, 1)));
    }
}
