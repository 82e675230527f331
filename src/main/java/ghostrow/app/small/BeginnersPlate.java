package ghostrow.app.small;

import ghostrow.comm.Comm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A plate whose upper edge is hot, in plain rows and plain loops. Each of its slow spots can be mended without another
 * result.
 */
final class BeginnersPlate implements AutoCloseable {
    private static final int UP = 1;
    private static final int DOWN = 2;

    /** What is slow in it. */
    enum Spot {
        /** Makes its rows anew at each step. */
        allocating,
        /** Gives one rank half of the others' rows. */
        uneven,
        /** Has one rank write to a slow disk before it sends. */
        late
    }

    private final Comm comm;
    private final Spot spot;
    private final double pause;
    private final int columns;
    private final int rows;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment out;
    private final MemorySegment in;
    private double[][] now;
    private double[][] next;

    /** @param spot null for none; @param pause milliseconds */
    BeginnersPlate(Comm comm, int size, Spot spot, double pause) {
        this.comm = comm;
        this.spot = spot;
        this.pause = pause;
        this.columns = size;
        this.rows = rows(comm, size, spot);
        this.out = arena.allocate(ValueLayout.JAVA_DOUBLE, size + 2L);
        this.in = arena.allocate(ValueLayout.JAVA_DOUBLE, size + 2L);
        this.now = new double[rows + 2][columns + 2];
        this.next = new double[rows + 2][columns + 2];
        if (comm.rank() == 0) {
            heatEdge(now);
            heatEdge(next);
        }
    }

    /** The rank in the middle is the odd one out. */
    private static boolean isOdd(Comm comm) {
        return comm.rank() == comm.size() / 2;
    }

    private static int rows(Comm comm, int size, Spot spot) {
        int half = size / comm.size() / 2;
        if (spot == Spot.uneven && half > 0) {
            return isOdd(comm) ? size - (comm.size() - 1) * half : half;
        }
        return size / comm.size() + (comm.rank() < size % comm.size() ? 1 : 0);
    }

    private void heatEdge(double[][] plate) {
        for (int column = 1; column <= columns; column++) {
            plate[0][column] = 1;
        }
    }

    /** The edge rows go to the neighbours, whose edge rows come. */
    void exchange() {
        if (spot == Spot.late && isOdd(comm)) {
            writeLog();
        }
        int above = comm.rank() == 0 ? Comm.PROC_NULL : comm.rank() - 1;
        int below = comm.rank() == comm.size() - 1 ? Comm.PROC_NULL : comm.rank() + 1;
        swap(1, above, UP, rows + 1, below);
        swap(rows, below, DOWN, 0, above);
    }

    private void swap(int mine, int to, int tag, int ghost, int from) {
        MemorySegment.copy(now[mine], 0, out, ValueLayout.JAVA_DOUBLE, 0, columns + 2);
        comm.sendrecv(out, to, tag, in, from, tag);
        if (from != Comm.PROC_NULL) {
            MemorySegment.copy(in, ValueLayout.JAVA_DOUBLE, 0, now[ghost], 0, columns + 2);
        }
    }

    /** Stands for a line in a log on a disk that takes its time. */
    private void writeLog() {
        try {
            Thread.sleep((long) pause, (int) ((pause - (long) pause) * 1e6));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Each point becomes the average of itself and its four neighbours. */
    void step() {
        for (int row = 1; row <= rows; row++) {
            if (spot == Spot.allocating) {
                next[row] = new double[columns + 2];
            }
            average(now[row - 1], now[row], now[row + 1], next[row]);
        }
        double[][] before = now;
        now = next;
        next = before;
    }

    private void average(double[] above, double[] here, double[] below, double[] result) {
        for (int column = 1; column <= columns; column++) {
            result[column] = 0.2 * (here[column] + above[column] + below[column] + here[column - 1] + here[column + 1]);
        }
    }

    double heat() {
        double sum = 0;
        for (int row = 1; row <= rows; row++) {
            for (int column = 1; column <= columns; column++) {
                sum += now[row][column];
            }
        }
        return sum;
    }

    @Override
    public void close() {
        arena.close();
    }
}
