package ghostrow.app.small;

import ghostrow.comm.Comm;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long a pattern of messages takes, once: over batches of it, when the compilers are done.
 *
 * @param quick seconds in a quiet spell: a quarter of the batches took no longer
 */
record Batches(double quick, double median) {
    private static final int BATCHES = 25;
    private static final int FEW = 100;
    private static final double WARM_UP = 0.4;
    private static final double BATCH = 0.01;

    /** One loop each, so that each is compiled for the calls it makes and for no others. */
    interface Pattern {
        /** The seconds of so many in a row; all ranks take about as long. */
        double timed(long times);
    }

    /** Collective. */
    static Batches of(Comm comm, Pattern pattern) {
        return inTurn(comm, 1, List.of(pattern)).getFirst();
    }

    /**
     * One batch of each, again and again: a machine may change its pace, and they are to be compared. Collective.
     *
     * @param share of the usual time for each, as there are several
     */
    static List<Batches> inTurn(Comm comm, double share, List<Pattern> patterns) {
        long[] times = patterns.stream().mapToLong(pattern -> warm(comm, share, pattern)).toArray();
        double[][] seconds = new double[times.length][BATCHES];
        for (int b = 0; b < BATCHES; b++) {
            for (int p = 0; p < times.length; p++) {
                comm.barrier();
                seconds[p][b] = patterns.get(p).timed(times[p]) / times[p];
            }
        }
        return Stream.of(seconds).map(Batches::of).toList();
    }

    /** Returns how often it fits into a batch. */
    private static long warm(Comm comm, double share, Pattern pattern) {
        long few = Math.min(FEW, timesFor(comm, share * BATCH, pattern.timed(2) / 2));
        double one = pattern.timed(few) / few;
        long warm = timesFor(comm, share * WARM_UP / 2, one);
        one = pattern.timed(warm) / warm;
        pattern.timed(timesFor(comm, share * WARM_UP / 2, one));
        return timesFor(comm, share * BATCH, one);
    }

    private static Batches of(double[] seconds) {
        Arrays.sort(seconds);
        return new Batches(seconds[BATCHES / 4], seconds[BATCHES / 2]);
    }

    Batches times(double factor) {
        return new Batches(quick * factor, median * factor);
    }

    /** All ranks must agree on how often; the larger wish counts. */
    static long timesFor(Comm comm, double seconds, double one) {
        return comm.allreduce(Comm.Op.MAX, (long) (seconds / one) + 1);
    }
}
