package ghostrow.app.mandelbrot;

import ghostrow.comm.Comm;
import ghostrow.comm.Comm.Op;
import ghostrow.comm.Comm.Type;
import ghostrow.kernel.Escape.Tally;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What all ranks together have counted. All of it is whole numbers, whose sums have no order to depend on.
 *
 * @param imbalance    the longest compute time of a rank, over the mean of all ranks
 * @param points       of the picture
 * @param devicePoints of these, how many devices have counted
 */
record EscapeTotals(Tally tally, double imbalance, long points, long devicePoints) {

    /** Collective. */
    static EscapeTotals of(Comm comm, EscapeWorker[] workers) {
        long nanos = 0;
        long points = 0;
        long devicePoints = 0;
        Tally tally = Tally.NONE;
        for (EscapeWorker worker : workers) {
            points += worker.points();
            devicePoints += worker.isDevice() ? worker.points() : 0;
            nanos += worker.computeNanos();
            tally = tally.plus(worker.tally());
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mine = arena.allocateFrom(ValueLayout.JAVA_LONG, tally.sum(), tally.evaluations(),
                    tally.escaped(), tally.performed(), nanos, points, devicePoints);
            MemorySegment all = arena.allocate(mine.byteSize(), Long.BYTES);
            comm.allreduce(Op.SUM, Type.LONG, mine, all);
            long[] totals = all.toArray(ValueLayout.JAVA_LONG);
            double mean = (double) totals[4] / comm.size();
            return new EscapeTotals(new Tally(totals[0], totals[1], totals[2], totals[3]),
                    comm.allreduce(Op.MAX, nanos) / mean, totals[5], totals[6]);
        }
    }
}
