package ghostrow.app.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ghostrow.comm.Comm;
import ghostrow.grid.Field;
import ghostrow.grid.Strip;
import ghostrow.grid.Team;
import ghostrow.spmd.Setting;
import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The totals of a field have the bits of plain loops over all of it, whoever has which rows and sends how many. */
class TotalsTest {
    private static final int ROWS = 23;
    private static final int COLUMNS = 9;

    @Test
    void anyRanksThreadsAndPiecesGiveTheBitsOfPlainLoops() {
        double[][] cells = cells();
        check(cells, new Totals(sum(cells), smallest(cells), -smallest(negated(cells))));
    }

    @Test
    void aCellThatIsNoNumberIsSeenByAll() {
        double[][] cells = cells();
        cells[17][3] = Double.NaN;
        check(cells, new Totals(Double.NaN, Double.NaN, Double.NaN));
    }

    @Test
    void infinitiesAreNumbers() {
        double[][] cells = cells();
        cells[5][1] = Double.POSITIVE_INFINITY;
        cells[5][2] = Double.NEGATIVE_INFINITY;
        check(cells, new Totals(Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    @Test
    void zeroHasNoSign() {
        double[][] cells = new double[ROWS][COLUMNS];
        cells[2][2] = -0.0;
        cells[20][4] = -0.0;
        check(cells, new Totals(0, 0, 0));
    }

    private static void check(double[][] cells, Totals expected) {
        for (int ranks = 1; ranks <= 4; ranks++) {
            Setting setting = ranks == 1 ? Setting.SELF : Setting.MPJ;
            setting.require();
            Throwable[] failure = new Throwable[1];
            Setting.find(setting.transport()).run(ranks, comm -> {
                try {
                    compare(comm, cells, expected);
                } catch (Throwable e) {
                    failure[0] = e;
                }
            });
            if (failure[0] != null) {
                throw new AssertionError(ranks + " ranks: " + failure[0], failure[0]);
            }
        }
    }

    private static void compare(Comm comm, double[][] cells, Totals expected) {
        Strip strip = Strip.of(ROWS, comm.size(), comm.rank());
        for (int threads = 1; threads <= 3; threads++) {
            for (int piece : new int[] {1, 3, ROWS}) {
                try (Arena arena = Arena.ofShared(); Team team = new Team(threads, comm.size())) {
                    Field field = new Field(strip, COLUMNS, 1, arena);
                    for (long row = 1; row <= strip.count(); row++) {
                        field.setRow(row, cells[(int) (strip.offset() + row - 1)]);
                    }
                    Totals totals = Totals.of(comm, team, field, piece);
                    if (comm.rank() == 0) {
                        assertEquals(expected, totals, threads + " threads, pieces of " + piece);
                    }
                }
            }
        }
    }

    private static double[][] cells() {
        Random random = new Random(4);
        double[][] cells = new double[ROWS][COLUMNS];
        for (double[] row : cells) {
            for (int column = 0; column < COLUMNS; column++) {
                row[column] = random.nextGaussian() * Math.pow(10, random.nextInt(20));
            }
        }
        return cells;
    }

    private static double sum(double[][] cells) {
        double sum = 0;
        for (double[] row : cells) {
            double of = 0;
            for (double cell : row) {
                of += cell;
            }
            sum += of;
        }
        return sum;
    }

    private static double smallest(double[][] cells) {
        double smallest = Double.POSITIVE_INFINITY;
        for (double[] row : cells) {
            for (double cell : row) {
                smallest = Math.min(smallest, cell);
            }
        }
        return smallest;
    }

    private static double[][] negated(double[][] cells) {
        double[][] negated = new double[ROWS][COLUMNS];
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                negated[row][column] = -cells[row][column];
            }
        }
        return negated;
    }
}
