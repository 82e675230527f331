package ghostrow.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ghostrow.comm.Comm;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

/** After an exchange every ghost row holds the row of the grid that it stands for, and nothing else has changed. */
class GhostRowsTest {
    private static final int COLUMNS = 13;
    private static final double UNTOUCHED = -1;

    @Test
    void ghostRowsHoldTheNeighboursRows() {
        for (int ranks = 1; ranks <= 5; ranks++) {
            EmbeddedRuns.run(ranks, comm -> {
                for (int depth : new int[] {1, 2, 3, 7}) {
                    for (boolean oneByOne : new boolean[] {false, true}) {
                        exchanged(comm, comm.size() * depth + comm.size() / 2, depth, oneByOne, false);
                        exchanged(comm, 50, depth, oneByOne, false);
                    }
                }
            });
        }
    }

    @Test
    void soTheyDoIfTheMessagesWereSentForBefore() {
        for (int ranks = 1; ranks <= 5; ranks++) {
            EmbeddedRuns.run(ranks, comm -> {
                for (int depth : new int[] {1, 2, 3, 7}) {
                    exchanged(comm, comm.size() * depth + comm.size() / 2, depth, false, true);
                }
            });
        }
    }

    /** Cells are numbered through the whole grid, so that each tells where it comes from. */
    private static void exchanged(Comm comm, long total, int depth, boolean oneByOne, boolean start) {
        Strip strip = Strip.of(total, comm.size(), comm.rank());
        try (Arena arena = Arena.ofShared()) {
            Field[] fields = {new Field(strip, COLUMNS, depth, arena), new Field(strip, COLUMNS, depth, arena)};
            try (GhostRows ghosts = new GhostRows(comm, depth, oneByOne, fields[0], fields[1])) {
                for (int turn = 0; turn < 6; turn++) {
                    Field field = fields[turn % 2];
                    fill(field, turn);
                    if (start) {
                        ghosts.start(field);
                    }
                    ghosts.exchange(field);
                    verify(field, turn);
                }
                fill(fields[0], 9);
                if (start) {
                    // A run may end with messages on their way.
                    ghosts.start(fields[0]);
                    ghosts.finish();
                    verify(fields[0], 9);
                }
            }
        }
    }

    private static double number(long globalRow, long column, int turn) {
        return 1_000_000 * turn + 1000 * globalRow + column;
    }

    private static void fill(Field field, int turn) {
        for (long row = 1 - field.ghosts(); row <= field.count() + field.ghosts(); row++) {
            boolean own = row >= 1 && row <= field.count();
            for (long column = 0; column <= COLUMNS + 1; column++) {
                field.set(row, column, own ? number(field.strip().offset() + row, column, turn) : UNTOUCHED);
            }
        }
    }

    private static void verify(Field field, int turn) {
        for (long row = 1 - field.ghosts(); row <= field.count() + field.ghosts(); row++) {
            long global = field.strip().offset() + row;
            boolean inside = global >= 1 && global <= field.strip().total();
            for (long column = 0; column <= COLUMNS + 1; column++) {
                assertEquals(inside ? number(global, column, turn) : UNTOUCHED, field.get(row, column),
                        "row " + row + ", column " + column);
            }
        }
    }
}
