package ghostrow.many;

import ghostrow.comm.Comm;
import ghostrow.comm.Comm.Op;
import ghostrow.comm.Comm.Type;
import ghostrow.comm.self.SelfComm;
import ghostrow.run.Agreement;
import ghostrow.run.GroupBroken;
import ghostrow.run.ProgressLine;
import ghostrow.run.StopSignals;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/**
 * All ranks of a job, in groups that take one piece of work after the other from a bag until it is empty, or until the
 * job is told to stop.
 */
final class Crew {
    private static final int LEADER = 0;

    private final Bag bag;
    private final Depot depot;
    private final StopSignals signals;
    private final int groupSize;
    private final int retries;
    private final boolean again;

    /**
     * @param groupSize ranks that work on a piece together; the last group has what is left
     * @param retries   how often a piece that fails is tried once more at once
     * @param again     whether what has failed in earlier starts is tried again
     */
    Crew(Bag bag, Depot depot, StopSignals signals, int groupSize, int retries, boolean again) {
        this.bag = bag;
        this.depot = depot;
        this.signals = signals;
        this.groupSize = groupSize;
        this.retries = retries;
        this.again = again;
    }

    /** What a piece is, in a word. */
    String noun() {
        return bag.noun();
    }

    /**
     * How a start of the job went.
     *
     * @param workers how many groups there were
     * @param stopped whether it was told to stop
     * @param dealing seconds that a group took from one piece to the next, on average
     */
    record Shift(Plan plan, int workers, boolean stopped, double dealing, double seconds, String how) {
    }

    /**
     * Collective.
     *
     * @param line tells how far it is
     */
    Shift work(Comm world, ProgressLine line) throws IOException {
        long[] words = Agreement.fromFirst(world, bag.count() + 1, () -> {
            long[] told = Plan.words(depot.account(), again);
            depot.beginStart();
            return told;
        });
        Plan plan = Plan.of(words, costs(world, words));
        int worker = world.rank() / groupSize;
        int workers = Math.ceilDiv(world.size(), groupSize);
        Comm group = groupSize == 1 ? new SelfComm() : world.split(worker, world.rank());
        Depot.Start start = new Depot.Start(plan.start(), workers, plan.costs());
        Agreement.check(world, () -> depot.write(start));
        double[] figures = new double[3];
        String how;
        try (Dealer dealer = Dealer.over(world, bag.count(), depot.claims());
                Journal journal = Journal.open(depot.journal(), world.rank());
                StopWord _ = StopWord.among(depot.stopWord(), signals);
                Watch _ = Watch.begin(line, bag.noun(), depot, start)) {
            how = dealer.how();
            world.barrier();
            long begun = System.nanoTime();
            new Worker(plan, worker, world.processorName(), dealer, journal).run(group, figures);
            figures[2] = group.rank() == LEADER ? (System.nanoTime() - begun) / 1e9 : 0;
        }
        // The journal is complete when all have closed theirs; until then all may ask the first rank's counter.
        double dealt = world.allreduce(Op.SUM, figures[0]);
        double dealing = world.allreduce(Op.SUM, figures[1]);
        double seconds = world.allreduce(Op.MAX, figures[2]);
        boolean stopped = world.allreduce(Op.MAX, signals.received().isPresent() ? 1L : 0L) == 1;
        if (world.rank() == LEADER) {
            depot.endStart();
        }
        if (groupSize > 1) {
            group.close();
        }
        return new Shift(plan, workers, stopped, dealt == 0 ? 0 : dealing / dealt, seconds, how);
    }

    /** Each rank asks for a part of them, since to tell may take a look at files. */
    private double[] costs(Comm world, long[] words) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mine = arena.allocate(ValueLayout.JAVA_DOUBLE, bag.count());
            MemorySegment all = arena.allocate(ValueLayout.JAVA_DOUBLE, bag.count());
            for (int item = world.rank(); item < bag.count(); item += world.size()) {
                mine.setAtIndex(ValueLayout.JAVA_DOUBLE, item, Plan.isOpen(words, item) ? bag.cost(item) : 0);
            }
            world.allreduce(Op.SUM, Type.DOUBLE, mine, all);
            return all.toArray(ValueLayout.JAVA_DOUBLE);
        }
    }

    /** One group at its work. */
    private final class Worker {
        private final Plan plan;
        private final int worker;
        private final String host;
        private final Dealer dealer;
        private final Journal journal;
        private long busyNanos;
        private int taken;

        Worker(Plan plan, int worker, String host, Dealer dealer, Journal journal) {
            this.plan = plan;
            this.worker = worker;
            this.host = host;
            this.dealer = dealer;
            this.journal = journal;
        }

        /** @param figures takes how many pieces there were, and the seconds that were spent on anything else than them */
        void run(Comm group, double[] figures) throws IOException {
            long begun = System.nanoTime();
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment position = arena.allocate(ValueLayout.JAVA_LONG);
                for (long next = next(group, position); next < plan.order().length; next = next(group, position)) {
                    taken++;
                    piece(group, plan.order()[(int) next]);
                }
            }
            journal.flush();
            if (group.rank() == LEADER) {
                figures[0] = taken;
                figures[1] = (System.nanoTime() - begun - busyNanos) / 1e9;
            }
        }

        private long next(Comm group, MemorySegment position) throws IOException {
            if (group.rank() == LEADER) {
                if (signals.received().isPresent()) {
                    dealer.stop();
                }
                position.set(ValueLayout.JAVA_LONG, 0, dealer.next());
            }
            if (group.size() > 1) {
                group.bcast(position, LEADER);
            }
            return position.get(ValueLayout.JAVA_LONG, 0);
        }

        private void piece(Comm group, int item) throws IOException {
            int before = plan.attempts()[item];
            Outcome outcome;
            int tries = 0;
            do {
                outcome = attempt(group, item, before + ++tries);
            } while (outcome.state() == State.failed && tries <= retries && signals.received().isEmpty());
            if (outcome.state() == State.stopped) {
                dealer.stop();
            }
        }

        private Outcome attempt(Comm group, int item, int attempt) throws IOException {
            Entry entry = Entry.begun(item, plan.start(), worker, host, attempt);
            boolean leads = group.rank() == LEADER;
            if (leads) {
                journal.add(entry);
            }
            long begun = System.nanoTime();
            Outcome outcome;
            try {
                outcome = bag.run(item, attempt, group);
            } catch (GroupBroken broken) {
                // Those who wait for this rank would wait for ever: the job has to end, but not to come here again.
                journal.add(entry.ended(Outcome.failed(1, Runner.reason(broken.getCause())), seconds(begun)));
                journal.flush();
                throw broken;
            }
            long nanos = System.nanoTime() - begun;
            busyNanos += nanos;
            if (leads) {
                journal.add(entry.ended(outcome, nanos / 1e9));
            }
            return outcome;
        }

        private static double seconds(long since) {
            return (System.nanoTime() - since) / 1e9;
        }
    }
}
