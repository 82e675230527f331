package ghostrow.many;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Who has done how much in one start of a job.
 *
 * <pre>
 *   worker  host          tasks       busy   share
 *        0  node1            17   12.345 s    25 %
 * </pre>
 */
final class Shares {
    private final String[] hosts;
    private final int[] pieces;
    private final double[] busy;
    private final double[] seconds;

    /** @param seconds of each piece, by its number; NaN of those that others have done */
    private Shares(String[] hosts, int[] pieces, double[] busy, double[] seconds) {
        this.hosts = hosts;
        this.pieces = pieces;
        this.busy = busy;
        this.seconds = seconds;
    }

    static Shares of(List<Entry> ended, int items, int workers) {
        Shares shares = new Shares(new String[workers], new int[workers], new double[workers], new double[items]);
        for (Entry entry : ended) {
            shares.hosts[entry.worker()] = entry.host();
            shares.pieces[entry.worker()]++;
            shares.busy[entry.worker()] += entry.seconds();
            shares.seconds[entry.item()] += entry.seconds();
        }
        return shares;
    }

    /** The longest time that a worker was busy, over the mean; 1 where nobody was. */
    double imbalance() {
        return imbalance(busy);
    }

    /** What it would have been, had each worker been given as many pieces beforehand, in their order. */
    double staticImbalance() {
        double[] block = new double[busy.length];
        int done = (int) DoubleStream.of(seconds).filter(each -> each > 0).count();
        int at = 0;
        for (double each : seconds) {
            if (each > 0) {
                block[(int) ((long) at++ * block.length / done)] += each;
            }
        }
        return imbalance(block);
    }

    private static double imbalance(double[] busy) {
        double mean = DoubleStream.of(busy).average().orElse(0);
        return mean == 0 ? 1 : DoubleStream.of(busy).max().orElse(0) / mean;
    }

    List<Double> busySeconds() {
        return DoubleStream.of(busy).boxed().toList();
    }

    private double busy() {
        return DoubleStream.of(busy).sum();
    }

    String table(String noun) {
        double all = busy();
        StringBuilder text = new StringBuilder(String.format("%-10s %6s  %-16s %8s %12s %7s%n", "", "worker", "host",
                noun + "s", "busy", "share"));
        for (int worker = 0; worker < busy.length; worker++) {
            text.append(String.format(Locale.ROOT, "%-10s %6d  %-16s %8d %10.3f s %5.1f %%%n", "", worker,
                    hosts[worker] == null ? "-" : hosts[worker], pieces[worker], busy[worker],
                    all == 0 ? 0 : 100 * busy[worker] / all));
        }
        return text.toString();
    }
}
