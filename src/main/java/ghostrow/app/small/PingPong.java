package ghostrow.app.small;

import ghostrow.app.small.Batches.Pattern;
import ghostrow.comm.Comm;
import ghostrow.data.InputException;
import ghostrow.run.App;
import ghostrow.run.Closing;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.Phases;
import ghostrow.run.Phases.Phase;
import ghostrow.run.RecordOptions;
import ghostrow.run.SpmdOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Times messages between two ranks; src/bench/comm/pingpong.c has the same loops in C. */
public final class PingPong implements App {
    private static final double COMPILING = 1;
    static final int[] BYTES = {8, 64, 1024, 8192, 65536, 1 << 20};
    static final int LARGEST = 1 << 20;
    private static final int TAG = 1;

    private final SpmdOptions spmd = new SpmdOptions();
    private final RecordOptions record = new RecordOptions();
    private boolean exchanges;
    private boolean objects;
    private boolean arrays;
    private Path chart;

    private final List<String> commandLine;

    public PingPong(List<String> commandLine) {
        this.commandLine = commandLine;
    }

    @Override
    public void declare(Options options) {
        options.about("Times messages between two ranks.");
        options.footer("Prints pattern, bytes and microseconds: the median over batches, half a round",
                "trip of a ping-pong. 'make bench-comm' compares all transports with C.");
        options.flag("--exchange", value -> exchanges = value,
                "Time what ranks do with ghost rows instead: compute, then send to each other at once, as prepared; "
                + "what is printed is what comes on top of computing. Says 'machines 2' where the ranks share none.");
        options.flag("--objects", value -> objects = value,
                "Time objects beside buffers of as many bytes instead, an array and a list of doubles, and tell what "
                + "makes them take longer. Some 15 seconds, more on a busy machine.");
        options.flag("--arrays", value -> arrays = value,
                "Time Java's arrays beside buffers of as many bytes instead, by turns.");
        options.option("--chart", "FILE", Path.class, value -> chart = value,
                "With --objects: draw it as well, into a file that ends in .svg or .png.");
        spmd.declare(options);
        record.declareFile(options);
    }

    @Override
    public Integer call() throws IOException {
        check();
        if (spmd.ranks == null && !spmd.joins()) {
            spmd.ranks = 2;
        }
        Job job = Job.of(spmd, commandLine);
        if (job.ranks() != 2) {
            throw new InputException("pingpong takes 2 ranks, not " + job.ranks());
        }
        job.checkOnce(() -> {
            record.check();
            if (chart != null) {
                RecordOptions.refuseUnwritable("--chart", chart.toString(), "choose another file");
            }
        });
        job.uncounted().run(comm -> rank(comm, job));
        return 0;
    }

    private void check() {
        if (Stream.of(exchanges, objects, arrays).filter(chosen -> chosen).count() > 1) {
            throw new InputException("--exchange, --objects and --arrays time different things: choose one");
        }
        if (chart != null && !objects) {
            throw new InputException("--chart " + chart
                    + ": draws what --objects measures; add --objects, or leave it away");
        }
        if (chart != null && !chart.toString().endsWith(".svg") && !chart.toString().endsWith(".png")) {
            throw new InputException("--chart " + chart + ": expected a file that ends in .svg or .png");
        }
    }

    private void rank(Comm comm, Job job) throws IOException {
        Phases phases = new Phases(comm);
        phases.begin(comm, Phase.STEP);
        String way = objects ? "objects" : arrays ? "arrays" : exchanges ? "exchange" : "pingpong";
        List<Map<String, Object>> rows = objects ? objects(comm, phases)
                : (arrays ? arrays(comm) : exchanges ? GhostExchange.rank(comm) : buffers(comm)).stream()
                        .map(Figure::asRecord).toList();
        phases.enter(Phase.CLOSING);
        Closing closing = new Closing("pingpong", comm, job, 1, way, 0, phases, record);
        if (comm.rank() == 0) {
            closing.with("messages", rows).write();
        }
    }

    private List<Map<String, Object>> objects(Comm comm, Phases phases) throws IOException {
        ObjectCosts costs = ObjectCosts.measure(comm);
        if (comm.rank() == 0 && chart != null) {
            phases.enter(Phase.PICTURES);
            costs.draw(chart);
        }
        return costs.asRecord();
    }

    private static List<Figure> buffers(Comm comm) {
        List<Figure> figures = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(LARGEST, 4096);
            MemorySegment in = arena.allocate(LARGEST, 4096);
            compile(comm, new PingPongs(comm, out.asSlice(0, 8), in.asSlice(0, 8)));
            for (int bytes : BYTES) {
                figures.add(measured(comm, new PingPongs(comm, out.asSlice(0, bytes), in.asSlice(0, bytes)),
                        "pingpong", bytes, 0.5));
            }
            figures.add(measured(comm, new Sendrecvs(comm, out.asSlice(0, 8192), in.asSlice(0, 8192)), "sendrecv", 8192,
                    1));
            figures.add(measured(comm, new Allreduces(comm, out.asSlice(0, 64), in.asSlice(0, 64)), "allreduce", 64,
                    1));
        }
        return figures;
    }

    private static List<Figure> arrays(Comm comm) {
        List<Figure> figures = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(LARGEST, 4096);
            MemorySegment in = arena.allocate(LARGEST, 4096);
            compile(comm, new FreshPingPongs(comm, out.asSlice(0, 8), in.asSlice(0, 8)));
            compile(comm, new ArrayPingPongs(comm, new double[1], new double[1]));
            for (int bytes : BYTES) {
                int length = bytes / Double.BYTES;
                List<Batches> both = Batches.inTurn(comm, 1, List.of(
                        new FreshPingPongs(comm, out.asSlice(0, bytes), in.asSlice(0, bytes)),
                        new ArrayPingPongs(comm, new double[length], new double[length])));
                figures.add(new Figure("pingpong", bytes, both.getFirst().median() * 0.5e6).told(comm));
                figures.add(new Figure("array", bytes, both.getLast().median() * 0.5e6).told(comm));
            }
        }
        return figures;
    }

    /** Both ranks' compilers are at work until this is over, and would be part of the shortest message's time. */
    static void compile(Comm comm, Pattern first) {
        first.timed(Batches.timesFor(comm, COMPILING, first.timed(1000) / 1000));
    }

    private static Figure measured(Comm comm, Pattern pattern, String name, int bytes, double share) {
        return new Figure(name, bytes, Batches.of(comm, pattern).median() * 1e6 * share).told(comm);
    }

    record PingPongs(Comm comm, MemorySegment out, MemorySegment in) implements Pattern {
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

    /** Each message is written before it is sent, as programs do. */
    private record FreshPingPongs(Comm comm, MemorySegment out, MemorySegment in) implements Pattern {
        @Override
        public double timed(long times) {
            long start = System.nanoTime();
            if (comm.rank() == 0) {
                for (long i = 0; i < times; i++) {
                    out.fill((byte) i);
                    comm.send(out, 1, TAG);
                    comm.recv(in, 1, TAG);
                }
            } else {
                for (long i = 0; i < times; i++) {
                    out.fill((byte) i);
                    comm.recv(in, 0, TAG);
                    comm.send(out, 0, TAG);
                }
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private record ArrayPingPongs(Comm comm, double[] out, double[] in) implements Pattern {
        @Override
        public double timed(long times) {
            long start = System.nanoTime();
            if (comm.rank() == 0) {
                for (long i = 0; i < times; i++) {
                    Arrays.fill(out, i);
                    comm.send(out, 1, TAG);
                    comm.recv(in, 1, TAG);
                }
            } else {
                for (long i = 0; i < times; i++) {
                    Arrays.fill(out, i);
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
