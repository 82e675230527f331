package ghostrow.comm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ghostrow.comm.CommException.ErrorClass;
import ghostrow.comm.self.SelfComm;
import org.junit.jupiter.api.Test;

/** The lengths that are proposed, and grids that cannot be. */
class CartesianTest {
    @Test
    void sidesAreAsEqualAsTheyCanBe() {
        assertArrayEquals(new int[] {1}, Cartesian.lengths(1, 1));
        assertArrayEquals(new int[] {4, 3}, Cartesian.lengths(12, 2));
        assertArrayEquals(new int[] {4, 2, 2}, Cartesian.lengths(16, 3));
        assertArrayEquals(new int[] {6, 4, 3}, Cartesian.lengths(72, 3));
        assertArrayEquals(new int[] {7, 1}, Cartesian.lengths(7, 2));
        assertArrayEquals(new int[] {5, 3, 2}, Cartesian.lengths(30, 3));
        assertArrayEquals(new int[] {1, 1, 1}, Cartesian.lengths(1, 3));
    }

    @Test
    void allRanksFindAPlaceInWhatIsProposed() {
        for (int ranks = 1; ranks <= 100; ranks++) {
            for (int dimensions = 1; dimensions <= 4; dimensions++) {
                int product = 1;
                for (int length : Cartesian.lengths(ranks, dimensions)) {
                    product *= length;
                }
                assertEquals(ranks, product);
            }
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        Comm alone = new SelfComm();
        for (int[] lengths : new int[][] {{}, {2}, {0}, {-1, -1}, {1, 3}}) {
            assertEquals(ErrorClass.DIMENSIONS, assertThrows(CommException.class, () -> alone.cartesian(lengths))
                    .errorClass());
        }
        assertThrows(CommException.class, () -> alone.cartesian(new int[] {1, 1}, true));
        Cartesian grid = alone.cartesian(new int[] {1, 1}, true, false).orElseThrow();
        assertEquals(new Cartesian.Shift(0, 0), grid.shift(0, 1));
        assertEquals(new Cartesian.Shift(Comm.PROC_NULL, Comm.PROC_NULL), grid.shift(1, 1));
        assertThrows(CommException.class, () -> grid.shift(2, 1));
        assertThrows(CommException.class, () -> grid.rank(0));
        assertThrows(CommException.class, () -> grid.coordinates(1));
        assertThrows(CommException.class, () -> grid.sub(true));
    }
}
