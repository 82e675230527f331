package ghostrow.comm.check;

import ghostrow.comm.Transport.SpmdProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/** One run of a program, in the order that a seed makes: its ranks as threads, of which one runs at a time. */
final class CheckRun {
    /** So long a rank may compute between two calls before others go on beside it, and the order is no longer the seed's. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration LEAVE = Duration.ofSeconds(2);

    private final int size;
    private final Duration patience;
    private final Baton baton;
    private final Group world;
    private final List<Rank> ranks = new ArrayList<>();
    private final Counts counts = new Counts();
    private final List<Finding> findings = new ArrayList<>();
    private final ObjIntConsumer<Rank> abort;
    private Failed failed;

    /** A rank that has ended by an exception that is no finding. */
    record Failed(int rank, Throwable thrown) {
    }

    /** @param findings what was found, races included; @param failed the rank that failed, if one did */
    record Outcome(List<Finding> findings, Optional<Failed> failed, Counts counts) {
        boolean isClean() {
            return failed.isEmpty() && findings.stream().noneMatch(finding -> finding.kind().isMistake());
        }
    }

    /** @param abort ends all ranks with a code, for one of them */
    CheckRun(int size, long seed, ObjIntConsumer<Rank> abort) {
        this(size, seed, abort, PATIENCE);
    }

    CheckRun(int size, long seed, ObjIntConsumer<Rank> abort, Duration patience) {
        this.size = size;
        this.patience = patience;
        this.baton = new Baton(size, seed);
        this.abort = abort;
        this.world = new Group(this, IntStream.range(0, size).toArray());
        for (int rank = 0; rank < size; rank++) {
            ranks.add(new Rank(this, rank, size));
        }
    }

    /** Returns when all ranks have ended. */
    Outcome run(SpmdProgram program, List<ThreadGroup> groups) {
        List<Thread> threads = new ArrayList<>();
        for (Rank rank : ranks) {
            Thread thread = new Thread(groups.get(rank.number()), () -> live(rank, program), "rank " + rank.number());
            thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        threads.forEach(this::join);
        if (!isOver()) {
            ranks.forEach(Rank::ended);
        }
        // Threads that a rank has left behind may still call.
        baton.stop();
        return new Outcome(List.copyOf(findings), Optional.ofNullable(failed), counts);
    }

    /** A program that takes hold of everything that is thrown may go on for ever after the end of the run. */
    private void join(Thread thread) {
        try {
            while (!thread.join(patience) && !isOver()) {
                baton.look();
            }
            thread.join(LEAVE);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while the ranks ran", e);
        }
    }

    private void live(Rank rank, SpmdProgram program) {
        try {
            baton.begin(rank.number());
            program.run(CheckComm.world(rank, world));
            if (!isOver()) {
                goOn(baton.end(rank.number()));
            }
        } catch (RunOver over) {
            // Another rank, or this one, has said why.
        } catch (Throwable thrown) {
            fail(rank, thrown);
        }
    }

    private void fail(Rank rank, Throwable thrown) {
        if (isOver()) {
            // It was taken out of what it did, and its program has made something of that.
            return;
        }
        if (rank.refusal() != null) {
            Place place = Place.of(rank.refusal());
            note(Finding.of(Kind.MISMATCH, rank.number(), place.call() + " at " + place + ": "
                    + rank.refusal().getMessage(), "every transport refuses this call", place));
        } else {
            failed = new Failed(rank.number(), thrown);
        }
        baton.stop();
    }

    int size() {
        return size;
    }

    Baton baton() {
        return baton;
    }

    Counts counts() {
        return counts;
    }

    boolean isOver() {
        return baton.isOver();
    }

    void abort(Rank rank, int code) {
        abort.accept(rank, code);
        baton.stop();
        throw new RunOver();
    }

    /** Something is wrong, and the program may go on; threads of a rank's own may find it. */
    synchronized void note(Finding finding) {
        Optional<Finding> like = findings.stream().filter(finding::isLike).findFirst();
        if (like.isPresent()) {
            like.get().ranks().addAll(finding.ranks());
        } else {
            findings.add(finding);
        }
    }

    /** Something is wrong, and the program cannot go on. */
    void stop(Finding finding) {
        note(finding);
        baton.stop();
        throw new RunOver();
    }

    /** Unless none of the ranks can. */
    void goOn(Baton.Standstill standstill) {
        if (standstill != null) {
            stop(Deadlock.of(standstill));
        }
    }
}
