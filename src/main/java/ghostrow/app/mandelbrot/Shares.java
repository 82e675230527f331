package ghostrow.app.mandelbrot;

import ghostrow.grid.Deal;
import ghostrow.grid.PieceSource;
import ghostrow.grid.PieceSource.Run;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How a rank's device and the threads beside it come by rows. Pieces are small, for the threads. The device takes many
 * at a time, but no more than a part of what it is likely to count of those that are left: it may be a hundred times as
 * fast as a thread, or no faster, and neither is to wait long for the other at the end. A thread leaves alone what the
 * device would be done with before it.
 */
final class Shares {
    /** With two of them in flight and the next to be taken, some is left to be shared. */
    private static final int PART = 4;
    /** Of its largest take, or of all, what the device gets before anything is known of its speed. */
    private static final int FIRST = 16;

    private final PieceSource pieces;
    private final Deal deal;
    private final int most;
    private final AtomicLong deviceRows = new AtomicLong();
    private final AtomicLong threadRows = new AtomicLong();
    /** For a piece, about; 0 where nothing is known yet. */
    private volatile double deviceNanos;

    /** @param points that the device wants at a time */
    Shares(PieceSource pieces, int points, int width) {
        this.pieces = pieces;
        this.deal = pieces.deal();
        this.most = (int) Math.max(1, points / ((long) deal.largest() * width));
    }

    /** Rows of the largest that {@link #forDevice} takes. */
    int largest() {
        return most * deal.largest();
    }

    Optional<Rows> forDevice() {
        double counted = deviceRows.get();
        long wanted = counted == 0 ? Math.min(most, pieces.left()) / FIRST
                : Math.round(pieces.left() * counted / (counted + threadRows.get()) / PART);
        return rows(pieces.take(0, Math.clamp(wanted, 1, most)));
    }

    /** @param nanos that this thread needs for a piece, about */
    Optional<Rows> forThread(double nanos) {
        return deviceNanos > 0 && pieces.left() * deviceNanos < nanos ? Optional.empty() : rows(pieces.take(0, 1));
    }

    private Optional<Rows> rows(Optional<Run> taken) {
        return taken.map(run -> {
            int first = deal.starts()[run.first()];
            return new Rows(first, deal.starts()[run.first() + run.count()] - first);
        });
    }

    void deviceTook(double nanos, int rows) {
        deviceRows.addAndGet(rows);
        deviceNanos = nanos / rows * deal.largest();
    }

    void threadTook(int rows) {
        threadRows.addAndGet(rows);
    }
}
