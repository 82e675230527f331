package ghostrow.grid;

import ghostrow.comm.Comm;
import ghostrow.comm.CommException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Gives the workers of one rank their next pieces. Pieces that whoever is free may take are counted by a counter of
 * all ranks, which nobody has to wait upon: no rank is lost to handing out work.
 */
public final class PieceSource implements AutoCloseable {
    private final Deal deal;
    private final int workers;
    private final int ranks;
    private final Comm.Counter counter;
    private final AtomicLongArray next;
    private volatile long taken;
    private volatile boolean stopped;

    /**
     * Collective.
     *
     * @param inTurn dealt in turn, instead of pieces for whoever is free, where ranks cannot share a counter or might
     *               wait for each other at it; null to deal the same pieces, in turn only where there is no counter
     */
    public PieceSource(Comm comm, Deal deal, Deal inTurn, int threads) {
        this.workers = comm.size() * threads;
        this.ranks = comm.size();
        this.counter = deal.shared() ? counter(comm, inTurn == null) : null;
        this.deal = deal.shared() && counter == null && inTurn != null ? inTurn : deal;
        this.next = new AtomicLongArray(threads);
        for (int thread = 0; thread < threads; thread++) {
            next.set(thread, (long) comm.rank() * threads + thread);
        }
    }

    /** Null where the library cannot share one that will do. */
    private static Comm.Counter counter(Comm comm, boolean mayWait) {
        try {
            Comm.Counter counter = comm.counter();
            if (mayWait || !counter.waits()) {
                return counter;
            }
            counter.close();
        } catch (CommException e) {
            // Then without.
        }
        return null;
    }

    public Deal deal() {
        return deal;
    }

    /** Whether pieces go to whoever is free. */
    public boolean counts() {
        return counter != null;
    }

    /** Lets no thread of this rank take another piece: one of them has failed, and the others need not go on. */
    public void stop() {
        stopped = true;
    }

    /** The number of the next piece for this thread, or a negative number when all are taken. */
    public int take(int thread) {
        if (stopped) {
            return -1;
        }
        long piece = counter == null ? next.getAndAdd(thread, workers) : fromCounter(1);
        return piece < deal.pieces() ? (int) piece : -1;
    }

    /** Pieces side by side. */
    public record Run(int first, int count) {
    }

    /**
     * The next pieces, one where they are dealt in turn; empty when all are taken.
     *
     * @param most how many may be taken
     */
    public Optional<Run> take(int thread, int most) {
        if (counter == null || most == 1 || stopped) {
            int piece = take(thread);
            return piece < 0 ? Optional.empty() : Optional.of(new Run(piece, 1));
        }
        long first = fromCounter(most);
        return first < deal.pieces() ? Optional.of(new Run((int) first, (int) Math.min(most, deal.pieces() - first)))
                : Optional.empty();
    }

    /** An even share for this rank of the pieces that nobody has taken yet, as far as it knows. */
    public int left() {
        return (int) Math.max(0, Math.ceilDiv(deal.pieces() - (counter == null ? next.get(0) : taken), ranks));
    }

    /** One thread of a rank at a time may call its Comm. */
    private synchronized long fromCounter(int pieces) {
        long first = counter.getAndAdd(pieces);
        taken = first + pieces;
        return first;
    }

    @Override
    public void close() {
        if (counter != null) {
            counter.close();
        }
    }
}
