package ghostrow.comm.check;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one rank run at a time, so that all that happens is ordered, by the seed alone. With seed 0 a rank goes on for as
 * long as it can, and then the next one that can does; with others whoever can go on may come first at each call.
 */
final class Baton {
    /** So often ranks may ask in vain, all of them, before they are taken to be lost: some have deadlines of their own. */
    private static final int MOST_IN_VAIN = 100_000;
    private static final int NOBODY = -1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition[] turns;
    private final Waiting[] waiting;
    private final boolean[] ended;
    /** After how many changes a rank asked for something in vain. */
    private final long[] askedAt;
    private final SplittableRandom random;
    private int holder;
    private long changes = 1;
    private int inVain;
    private boolean over;
    /** Whether the holder is inside a call, and nobody else may be. */
    private boolean inCall;
    /** How often somebody has come to call, and how often that was when it was last looked at. */
    private long calls;
    private long callsBefore;

    Baton(int ranks, long seed) {
        this.turns = new Condition[ranks];
        for (int rank = 0; rank < ranks; rank++) {
            turns[rank] = lock.newCondition();
        }
        this.waiting = new Waiting[ranks];
        this.ended = new boolean[ranks];
        this.askedAt = new long[ranks];
        this.random = seed == 0 ? null : new SplittableRandom(seed);
        this.holder = random == null ? 0 : random.nextInt(ranks);
    }

    /** What the ranks do, when none of them can go on. */
    record Standstill(Waiting[] waiting, boolean[] ended) {
    }

    /** Something was done that others may have asked for. */
    void changed() {
        changes++;
        inVain = 0;
    }

    /** One of several, by the schedule; the first with seed 0. */
    int choose(int count) {
        return random == null || count == 1 ? 0 : random.nextInt(count);
    }

    boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    /** Takes all ranks out of what they wait for. */
    void stop() {
        lock.lock();
        try {
            over = true;
            for (Condition turn : turns) {
                turn.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Before the first call. */
    void begin(int rank) {
        lock.lock();
        try {
            awaitTurn(rank);
            inCall = false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets another rank go on, if the one whose turn it is has not called since the last look: it may be waiting for what
     * another writes into memory that they share. It goes on as well, and has to wait at its next call.
     */
    void look() {
        lock.lock();
        try {
            if (!over && !inCall && holder != NOBODY && calls == callsBefore) {
                List<Integer> others = able(holder).stream().filter(rank -> rank != holder).toList();
                if (!others.isEmpty()) {
                    give(others.getFirst());
                }
            }
            callsBefore = calls;
        } finally {
            lock.unlock();
        }
    }

    /** A call is over. */
    void leave(int rank) {
        lock.lock();
        try {
            inCall &= holder != rank;
        } finally {
            lock.unlock();
        }
    }

    /** A call begins; another rank may go first. */
    void offer(int rank) {
        lock.lock();
        try {
            goOn();
            calls++;
            awaitTurn(rank);
            if (random != null) {
                List<Integer> able = able(rank);
                give(able.get(random.nextInt(able.size())));
                awaitTurn(rank);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns when what the rank waits for is there.
     *
     * @return nothing in the way; or that none of the ranks can go on
     */
    Standstill await(int rank, Waiting what) {
        lock.lock();
        try {
            goOn();
            if (what.isOver()) {
                return null;
            }
            waiting[rank] = what;
            if (!handOn(rank)) {
                return new Standstill(waiting.clone(), ended.clone());
            }
            awaitTurn(rank);
            waiting[rank] = null;
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** The rank has asked for something that is not there, and may ask again. */
    Standstill ask(int rank, Place place) {
        lock.lock();
        try {
            goOn();
            waiting[rank] = new Waiting.Asking(place);
            askedAt[rank] = changes;
            if (++inVain > MOST_IN_VAIN) {
                return new Standstill(waiting.clone(), ended.clone());
            }
            handOn(rank);
            awaitTurn(rank);
            waiting[rank] = null;
            return null;
        } finally {
            lock.unlock();
        }
    }

    Standstill end(int rank) {
        lock.lock();
        try {
            awaitTurn(rank);
            ended[rank] = true;
            return handOn(rank) || allEnded() ? null : new Standstill(waiting.clone(), ended.clone());
        } finally {
            lock.unlock();
        }
    }

    private boolean allEnded() {
        for (boolean one : ended) {
            if (!one) {
                return false;
            }
        }
        return true;
    }

    private void goOn() {
        if (over) {
            throw new RunOver();
        }
    }

    /** Those that can go on, beginning behind a rank; who asks in vain only where there is nobody else. */
    private List<Integer> able(int last) {
        List<Integer> able = new ArrayList<>();
        List<Integer> asking = new ArrayList<>();
        for (int i = 1; i <= turns.length; i++) {
            int rank = (last + i) % turns.length;
            if (!ended[rank] && (waiting[rank] == null || waiting[rank].isOver())) {
                (waiting[rank] instanceof Waiting.Asking && askedAt[rank] == changes ? asking : able).add(rank);
            }
        }
        return able.isEmpty() ? asking : able;
    }

    private boolean handOn(int rank) {
        List<Integer> able = able(rank);
        if (able.isEmpty()) {
            holder = NOBODY;
            return false;
        }
        give(able.get(choose(able.size())));
        return true;
    }

    private void give(int rank) {
        holder = rank;
        inCall = false;
        turns[rank].signalAll();
    }

    private void awaitTurn(int rank) {
        while (holder != rank && !over) {
            turns[rank].awaitUninterruptibly();
        }
        goOn();
        inCall = true;
    }
}
