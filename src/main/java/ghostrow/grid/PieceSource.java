package ghostrow.app.mandelbrot;

import ghostrow.comm.Comm;
import ghostrow.comm.CommException;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Gives the workers of one rank their next pieces. Pieces that whoever is free may take are counted by a counter of
 * all ranks, which nobody has to wait upon: no rank is lost to handing out work.
 */
final class PieceSource implements AutoCloseable {
    private final RowDeal deal;
    private final int workers;
    private final Comm.Counter counter;
    private final AtomicLongArray next;
    private volatile boolean stopped;

    /** Collective. */
    PieceSource(Comm comm, RowDeal deal, int threads) {
        this.deal = deal;
        this.workers = comm.size() * threads;
        this.counter = deal.shared() ? counter(comm) : null;
        this.next = new AtomicLongArray(threads);
        for (int thread = 0; thread < threads; thread++) {
            next.set(thread, (long) comm.rank() * threads + thread);
        }
    }

    /** Null where the library cannot share one; then all pieces are still done, by whomever they fall to in turn. */
    private static Comm.Counter counter(Comm comm) {
        try {
            return comm.counter();
        } catch (CommException e) {
            if (comm.rank() == 0) {
                System.err.println("ghostrow: this MPI shares no counter between these hosts, so rows are dealt in turn"
                        + " (--schedule cyclic); Debian's Open MPI does with OMPI_MCA_osc=^ucx in the environment");
            }
            return null;
        }
    }

    /** Whether pieces go to whoever is free. */
    boolean counts() {
        return counter != null;
    }

    /** Lets no thread of this rank take another piece: one of them has failed, and the others need not go on. */
    void stop() {
        stopped = true;
    }

    /** The number of the next piece for this thread, or a negative number when all are taken. */
    int take(int thread) {
        if (stopped) {
            return -1;
        }
        long piece = counter == null ? next.getAndAdd(thread, workers) : fromCounter();
        return piece < deal.pieces() ? (int) piece : -1;
    }

    /** One thread of a rank at a time may call its Comm. */
    private synchronized long fromCounter() {
        return counter.getAndAdd(1);
    }

    @Override
    public void close() {
        if (counter != null) {
            counter.close();
        }
    }
}
