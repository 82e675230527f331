package ghostrow.app.mandelbrot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.self.SelfComm;
import ghostrow.grid.Deal;
import ghostrow.grid.PieceSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How rows are shared by a device and threads: 500 pieces of two rows of 1000 points. */
class SharesTest {
    private static final int ROWS = 1000;
    private static final int WIDTH = 1000;

    private final PieceSource pieces = new PieceSource(new SelfComm(), Deal.of(Deal.Schedule.dynamic, 2, ROWS, 1), null, 1);
    private final Shares shares = new Shares(pieces, 1 << 20, WIDTH);

    @Test
    void theDeviceTakesAPartOfWhatItIsLikelyToCount() {
        assertEquals(Optional.of(new Rows(0, 2 * (500 / 16))), shares.forDevice());
        assertEquals(Optional.of(new Rows(62, 2)), shares.forThread(0));
        shares.deviceTook(1e6, 62);
        assertEquals(468, pieces.left());
        assertEquals(Optional.of(new Rows(64, 2 * (468 / 4))), shares.forDevice());
        // The threads are as fast.
        shares.threadTook(62);
        assertEquals(351, pieces.left());
        assertEquals(Optional.of(new Rows(298, 2 * 44)), shares.forDevice());
    }

    @Test
    void aThreadLeavesAloneWhatTheDeviceIsSoonDoneWith() {
        shares.forDevice();
        assertTrue(shares.forThread(1e9).isPresent(), "nothing is known of the device yet");
        shares.deviceTook(62e3, 62);
        // 468 pieces of 2 microseconds each.
        assertTrue(shares.forThread(900e3).isPresent());
        assertTrue(shares.forThread(950e3).isEmpty());
        assertTrue(shares.forDevice().isPresent());
    }

    @Test
    void allRowsAreTakenOnceAndTheLastTakesAreSmall() {
        int next = 0;
        int last = 0;
        for (int turn = 0; ; turn++) {
            Optional<Rows> rows = turn % 3 == 0 ? shares.forDevice() : shares.forThread(0);
            if (rows.isEmpty()) {
                break;
            }
            assertEquals(next, rows.get().first());
            next = rows.get().end();
            if (turn % 3 == 0) {
                last = rows.get().count();
                shares.deviceTook(1e6, last);
            } else {
                shares.threadTook(rows.get().count());
            }
        }
        assertEquals(ROWS, next);
        assertEquals(2, last);
        assertTrue(shares.forDevice().isEmpty() && shares.forThread(0).isEmpty());
    }
}
