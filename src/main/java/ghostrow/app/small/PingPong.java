package ghostrow.app.small;

import ghostrow.comm.Comm;
import ghostrow.data.InputException;
import ghostrow.run.App;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.SpmdOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Times messages between two ranks; src/bench/comm/pingpong.c has the same loops in C. */
public final class PingPong implements App {
    private static final int BATCHES = 25;
    private static final double COMPILING = 1;
    private static final double WARM_UP = 0.4;
    private static final double BATCH = 0.01;
    private static final int TAG = 1;
    private static final int LARGEST = 1 << 20;

    private final SpmdOptions spmd = new SpmdOptions();
    private boolean exchanges;

    private final List<String> commandLine;

    public PingPong(List<String> commandLine) {
        this.commandLine = commandLine;
    }

    @Override
    public void declare(Options options) {
        options.about("Times messages between two ranks.");
        options.footer("Prints pattern, bytes and microseconds: the median over batches, half a round trip of a",
                "ping-pong. 'make bench-comm' compares all transports with C.");
        options.flag("--exchange", value -> exchanges = value,
                "Time what ranks do with ghost rows instead: compute, then send to each other at once, as prepared; "
                + "what is printed is what comes on top of computing. Says 'machines 2' where the ranks share none.");
        spmd.declare(options);
    }

    @Override
    public Integer call() throws IOException {
        if (spmd.ranks == null && !spmd.joins()) {
            spmd.ranks = 2;
        }
        Job job = Job.of(spmd, commandLine);
        if (job.ranks() != 2) {
            throw new InputException("pingpong takes 2 ranks, not " + job.ranks());
        }
        job.uncounted().run(exchanges ? GhostExchange::rank : PingPong::rank);
        return 0;
    }

    private static void rank(Comm comm) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(LARGEST, 4096);
            MemorySegment in = arena.allocate(LARGEST, 4096);
            // Both ranks' compilers are at work until this is over, and would be part of the shortest message's time.
            PingPongs first = new PingPongs(comm, out.asSlice(0, 8), in.asSlice(0, 8));
            first.timed(timesFor(comm, COMPILING, first.timed(1000) / 1000));
            for (int bytes : new int[] {8, 64, 1024, 8192, 65536, LARGEST}) {
                PingPong.measure(comm, new PingPongs(comm, out.asSlice(0, bytes), in.asSlice(0, bytes)),
                        "pingpong", bytes, 0.5);
            }
            measure(comm, new Sendrecvs(comm, out.asSlice(0, 8192), in.asSlice(0, 8192)), "sendrecv", 8192, 1);
            measure(comm, new Allreduces(comm, out.asSlice(0, 64), in.asSlice(0, 64)), "allreduce", 64, 1);
        }
    }

    private static void measure(Comm comm, Pattern pattern, String name, int bytes, double share) {
        double one = pattern.timed(100) / 100;
        long warm = timesFor(comm, WARM_UP / 2, one);
        one = pattern.timed(warm) / warm;
        pattern.timed(timesFor(comm, WARM_UP / 2, one));
        long times = timesFor(comm, BATCH, one);
        double[] seconds = new double[BATCHES];
        for (int b = 0; b < BATCHES; b++) {
            comm.barrier();
            seconds[b] = pattern.timed(times) / times;
        }
        Arrays.sort(seconds);
        if (comm.rank() == 0) {
            System.out.printf(Locale.ROOT, "%s %d %.4f%n", name, bytes, seconds[BATCHES / 2] * 1e6 * share);
        }
    }

    /** Both ranks must agree on how often; the larger wish counts. */
    static long timesFor(Comm comm, double seconds, double one) {
        return comm.allreduce(Comm.Op.MAX, (long) (seconds / one) + 1);
    }

    /** One loop each, so that each is compiled for the calls it makes and for no others. */
    private interface Pattern {
        double timed(long times);
    }

    private record PingPongs(Comm comm, MemorySegment out, MemorySegment in) implements Pattern {
        @Override
        public double timed(long times) {
            long start = System.nanoTime();
            if (comm.rank() == 0) {
                for (long i = 0; i < times; i++) {
                    change(out);
                    comm.send(out, 1, TAG);
                    comm.recv(in, 1, TAG);
                }
            } else {
                for (long i = 0; i < times; i++) {
                    change(out);
                    comm.recv(in, 0, TAG);
                    comm.send(out, 0, TAG);
                }
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private record Sendrecvs(Comm comm, MemorySegment out, MemorySegment in) implements Pattern {
        @Override
        public double timed(long times) {
            int peer = 1 - comm.rank();
            long start = System.nanoTime();
            for (long i = 0; i < times; i++) {
                change(out);
                comm.sendrecv(out, peer, TAG, in, peer, TAG);
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private record Allreduces(Comm comm, MemorySegment out, MemorySegment in) implements Pattern {
        @Override
        public double timed(long times) {
            long start = System.nanoTime();
            for (long i = 0; i < times; i++) {
                change(out);
                comm.allreduce(Comm.Op.SUM, Comm.Type.DOUBLE, out, in);
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }

    /** An unchanged buffer would flatter the caches. */
    private static void change(MemorySegment buffer) {
        buffer.set(ValueLayout.JAVA_BYTE, 0, (byte) (buffer.get(ValueLayout.JAVA_BYTE, 0) + 1));
    }
}
