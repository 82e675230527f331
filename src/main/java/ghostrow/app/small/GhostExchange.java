package ghostrow.app.small;

import ghostrow.comm.Comm;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times what two ranks do with ghost rows: they compute, and then send to each other at once, as prepared beforehand.
 * Exchanges one right after the other take less: a rank that is late finds its message there, and what the network has
 * to do for one, and the processor for the network, is done while the other waits.
 */
final class GhostExchange {
    private static final int BATCHES = 16;
    private static final int[] BYTES = {8, 1 << 10, 8 << 10, 32 << 10, 128 << 10, 512 << 10};
    private static final int TAG = 1;
    private static final int FEW = 20;
    private static final double COMPILING = 0.3;
    private static final double WARM_UP = 0.1;
    private static final double BATCH = 0.02;
    /** Of an exchange, computed before each. */
    private static final double PART = 4;
    private static final double LEAST_COMPUTED_SECONDS = 20e-6;

    private final Comm comm;
    private final Comm.Exchange exchange;
    private final double[] strip = new double[1 << 17];
    private int at;
    /** Elements computed before each exchange. */
    private long steps;

    private GhostExchange(Comm comm, Comm.Exchange exchange) {
        this.comm = comm;
        this.exchange = exchange;
    }

    static List<Figure> rank(Comm comm) {
        List<Figure> figures = new ArrayList<>();
        boolean one = comm.onOneMachine();
        if (comm.rank() == 0) {
            System.out.println("machines " + (one ? 1 : 2));
        }
        for (int bytes : BYTES) {
            try (Arena arena = Arena.ofShared(); Comm.Exchange exchange = prepared(comm, arena, bytes)) {
                double seconds = new GhostExchange(comm, exchange).measure();
                figures.add(new Figure("exchange", bytes, seconds * 1e6).told(comm));
            }
        }
        return figures;
    }

    private static Comm.Exchange prepared(Comm comm, Arena arena, long bytes) {
        int peer = 1 - comm.rank();
        return comm.exchange(List.of(Comm.Message.from(peer, arena.allocate(bytes, 4096), TAG),
                Comm.Message.to(peer, arena.allocate(bytes, 4096).fill((byte) 1), TAG)));
    }

    private double measure() {
        steps = 1000;
        with(Batches.timesFor(comm, COMPILING, with(FEW) / FEW));
        steps = 0;
        double bare = with(FEW) / FEW;
        steps = 1_000_000;
        double step = without(FEW) / FEW / steps;
        steps = Batches.timesFor(comm, Math.max(LEAST_COMPUTED_SECONDS, PART * bare), step);
        double both = with(FEW) / FEW;
        with(Batches.timesFor(comm, WARM_UP, both));
        long times = Batches.timesFor(comm, BATCH, both);
        double[] alone = new double[BATCHES];
        double[] with = new double[BATCHES];
        for (int b = 0; b < BATCHES; b++) {
            // In turn, for a machine may change its pace.
            alone[b] = without(times);
            comm.barrier();
            with[b] = with(times);
        }
        return Math.max(0, quick(with) - quick(alone)) / times;
    }

    /** Of a quiet spell: the quickest batch of each four. */
    private static double quick(double[] seconds) {
        Arrays.sort(seconds);
        return seconds[seconds.length / 4];
    }

    private double without(long times) {
        long start = System.nanoTime();
        for (long i = 0; i < times; i++) {
            compute();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private double with(long times) {
        long start = System.nanoTime();
        for (long i = 0; i < times; i++) {
            compute();
            exchange.start();
            exchange.await();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Over memory that fills the caches as a strip does. */
    private void compute() {
        double[] x = strip;
        int at = this.at;
        for (long left = steps; left > 0;) {
            int end = (int) Math.min(x.length - 1, at + left);
            for (int i = at; i < end; i++) {
                x[i] = 0.5 * (x[i] + x[i + 1]);
            }
            left -= end - at;
            at = end == x.length - 1 ? 0 : end;
        }
        this.at = at;
    }
}
