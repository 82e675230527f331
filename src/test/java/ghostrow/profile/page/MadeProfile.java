package ghostrow.profile.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A profile that nobody measured, always the same: a diffusion whose last rank is slow, with a tree of 2000 nodes. */
final class MadeProfile {
    /** A name that would end the data and begin markup if it were not kept from it. */
    static final String HOSTILE = "</script><b>&\"";

    private static final int NODES = 2000;
    private static final double UNIT = 1e-7;

    private final Random random = new Random(7);
    private final int ranks;
    private final int steps;
    private final List<String> frames = new ArrayList<>();
    private final List<Integer> parent = new ArrayList<>();
    private final List<Integer> frame = new ArrayList<>();
    private double[][] own;

    private MadeProfile(int ranks, int steps) {
        this.ranks = ranks;
        this.steps = steps;
    }

    /** About 2.5 ms a step. */
    static Map<String, Object> of(int ranks, int steps) {
        return new MadeProfile(ranks, steps).data();
    }

    private Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("title", "diffusion --ranks " + ranks);
        data.put("command", "ghostrow diffusion --ranks " + ranks + " --size 4000x4000 --steps " + steps
                + " --profile --out /scratch/a_rather_long_folder_name/that/someone/has/chosen");
        data.put("app", "diffusion");
        data.put("started", "2026-11-28T01:02:03Z");
        data.put("ranks", ranks);
        data.put("threads", 1);
        data.put("hosts", List.of("node17", "node18"));
        data.put("hostOfRank", IntStream.range(0, ranks).map(r -> r * 2 / ranks).boxed().toList());
        data.put("summary", List.of(
                finding("cost", "60 % of the time is in ghostrow.kernel.RowStep.four, 19 % in exchanging ghost rows."),
                finding("wait", "Rank 1 waited 9 % of its time for rank 2, which is 12 % slower in the same step."),
                finding("memory", "A rank took 412 MiB at most, of them 96 MiB heap; the fields are 305 MiB."),
                finding("rate", "1.9 G cells a second, 30 GB/s of memory traffic: near what one socket gives."),
                finding("try", "Fewer rows for rank 2, or --pin: its core is shared with another job.")));
        data.put("clock", Map.of("uncertainty", 1.2e-6));
        data.put("sampler", Map.of("name", "async-profiler", "period", 0.001));
        tree();
        data.put("frames", frames);
        data.put("tree", Map.of("parent", parent, "frame", frame, "self", sparse(1)));
        data.put("alloc", Map.of("parent", parent, "frame", frame, "self", sparse(3e6)));
        data.put("functions", functions());
        data.put("lines", List.of(lines("ghostrow.kernel.RowStep.four", "ghostrow/kernel/RowStep.java",
                "The JIT keeps one place for the loop 131-138: its lines' times blur.", 4.1),
                lines("ghostrow.grid.Exchange.ghostRows", "ghostrow/grid/Exchange.java", null, 0.6)));
        data.put("memory", IntStream.range(0, ranks).mapToObj(this::memory).toList());
        Map<String, Object> timeline = timeline();
        data.put("seconds", (int) timeline.get("to") * UNIT);
        data.put("timeline", timeline);
        data.put("mpi", List.of(calls("sendrecv", 2 * steps, 64_000, 0.8), calls("allreduce", steps / 40, 8, 0.05),
                calls("barrier", 2, 0, 0.001)));
        data.put("messages", Map.of("bytes", neighbours(64_000L * steps), "count", neighbours(steps)));
        data.put("waits", waits());
        data.put("missing", Map.of("calls", "Calls are counted with --profile=calls."));
        return data;
    }

    private static Map<String, Object> finding(String about, String text) {
        return Map.of("about", about, "text", text);
    }

    /** Chains as of a real run, and then branches at random places. */
    private void tree() {
        parent.add(-1);
        frame.add(-1);
        chain("ghostrow.Ghostrow.main", "ghostrow.run.Job.run", "ghostrow.app.diffusion.Diffusion.run",
                "ghostrow.grid.Stepper.steps", "ghostrow.grid.Team.step", "ghostrow.kernel.RowStep.four",
                "jdk.incubator.vector.DoubleVector.fma");
        chain("ghostrow.Ghostrow.main", "ghostrow.run.Job.run", "ghostrow.app.diffusion.Diffusion.run",
                "ghostrow.grid.Stepper.steps", "ghostrow.grid.Exchange.ghostRows", "ghostrow.comm.ffm.Mpi.sendrecv",
                "MPI_Sendrecv", "ompi_sync_wait_mt", "opal_progress");
        chain("ghostrow.Ghostrow.main", "ghostrow.run.Job.run", "ghostrow.app.diffusion.Diffusion.run",
                "ghostrow.grid.Stepper.steps", "ghostrow.data.SnapshotFile.write",
                "java.nio.channels.FileChannel.write", "sun.nio.ch.FileDispatcherImpl.pwrite0", "__libc_pwrite");
        chain("thread_native_entry", "JavaThread::thread_main_inner", "CompileBroker::compiler_thread_loop",
                "C2Compiler::compile_method", "Compile::Compile", "Compile::Optimize",
                "PhaseIdealLoop::build_and_optimize");
        chain("ghostrow.Ghostrow.main", HOSTILE);
        String[] words = {"java.util.HashMap.put", "java.lang.String.format", "java.lang.invoke.MethodHandles.lookup",
            "jdk.internal.misc.Unsafe.copyMemory", "ghostrow.formula.Generated7.apply",
            "PhaseChaitin::Register_Allocate", "G1 Evacuate", "ucp_worker_progress", "uct_mm_iface_progress",
            "ghostrow.data.Numbers.parse"};
        int fixed = parent.size();
        while (parent.size() < NODES) {
            int above = 1 + random.nextInt(random.nextInt(4) == 0 ? parent.size() - 1 : fixed);
            node(above, words[random.nextInt(words.length)] + random.nextInt(12));
        }
        own = new double[ranks][NODES];
        for (int rank = 0; rank < ranks; rank++) {
            double speed = rank == ranks / 2 ? 1.12 : 1;
            for (int node = fixed; node < NODES; node++) {
                own[rank][node] = random.nextInt(3) > 0 ? 0 : random.nextInt(1, 4) * 0.001;
            }
            own[rank][named("ghostrow.kernel.RowStep.four")] = 4.1 * speed;
            own[rank][named("jdk.incubator.vector.DoubleVector.fma")] = 1.3 * speed;
            own[rank][named("opal_progress")] = 1.1 / speed;
            own[rank][named("ompi_sync_wait_mt")] = 0.4;
            own[rank][named("__libc_pwrite")] = 0.35;
            own[rank][named("PhaseIdealLoop::build_and_optimize")] = 0.5;
            own[rank][named(HOSTILE)] = 0.2;
        }
    }

    private int named(String name) {
        return frame.indexOf(frames.indexOf(name));
    }

    private void chain(String... chain) {
        int at = 0;
        for (String name : chain) {
            at = node(at, name);
        }
    }

    private int node(int above, String name) {
        if (!frames.contains(name)) {
            frames.add(name);
        }
        int function = frames.indexOf(name);
        for (int node = 1; node < parent.size(); node++) {
            if (parent.get(node) == above && frame.get(node) == function) {
                return node;
            }
        }
        parent.add(above);
        frame.add(function);
        return parent.size() - 1;
    }

    private Map<String, Object> sparse(double factor) {
        Map<String, Object> self = new TreeMap<>();
        for (int rank = 0; rank < ranks; rank++) {
            List<Object> pairs = new ArrayList<>();
            for (int node = 0; node < NODES; node++) {
                if (own[rank][node] > 0) {
                    pairs.add(node);
                    pairs.add(Math.round(own[rank][node] * factor * 1000) / 1000.0);
                }
            }
            self.put(String.valueOf(rank), pairs);
        }
        return self;
    }

    private List<Map<String, Object>> functions() {
        Map<Integer, double[][]> sums = new HashMap<>();
        for (int node = 1; node < NODES; node++) {
            for (int rank = 0; rank < ranks; rank++) {
                if (own[rank][node] == 0) {
                    continue;
                }
                List<Integer> seen = new ArrayList<>();
                for (int at = node; at > 0; at = parent.get(at)) {
                    double[][] sum = sums.computeIfAbsent(frame.get(at), f -> new double[2][ranks]);
                    sum[0][rank] += at == node ? own[rank][node] : 0;
                    sum[1][rank] += seen.contains(frame.get(at)) ? 0 : own[rank][node];
                    seen.add(frame.get(at));
                }
            }
        }
        List<Map<String, Object>> functions = new ArrayList<>();
        sums.forEach((function, sum) -> functions.add(Map.of("frame", function, "own", rounded(sum[0]),
                "cumulative", rounded(sum[1]), "samples", Math.round(Arrays.stream(sum[0]).sum() * 1000))));
        return functions;
    }

    private static double[] rounded(double[] values) {
        return Arrays.stream(values).map(x -> Math.round(x * 1000) / 1000.0).toArray();
    }

    private Map<String, Object> lines(String method, String file, String note, double seconds) {
        String[] text = {"    /** Four rows in, two rows out. */", "    static void four(Rows in, Rows out, int n) {",
            "        DoubleVector centre = DoubleVector.broadcast(SPECIES, weight);", "        int i = 0;",
            "        for (; i < SPECIES.loopBound(n); i += SPECIES.length()) {",
            "            DoubleVector up = DoubleVector.fromArray(SPECIES, in.above, i);",
            "            DoubleVector left = DoubleVector.fromArray(SPECIES, in.here, i - 1), right = "
                    + "DoubleVector.fromArray(SPECIES, in.here, i + 1);",
            "            up.add(left).add(right).fma(centre, down).intoArray(out.here, i);", "        }",
            "        tail(in, out, i, n); // a < b && \"c\" > d"};
        double[] shares = {0, 0, 0.001, 0, 0.04, 0.2, 0.31, 0.42, 0, 0.029};
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < text.length; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("line", 127 + i + (i == 9 ? 12 : 0));
            row.put("text", text[i]);
            row.put("hits", i < 2 || i == 8 ? null : i > 3 && i < 8 ? 2_500_000_000L : 4_000_000L);
            row.put("samples", Math.round(shares[i] * seconds * 1000));
            row.put("seconds", shares[i] * seconds);
            row.put("bytes", null);
            rows.add(row);
        }
        Map<String, Object> lines = new LinkedHashMap<>();
        lines.put("method", method);
        lines.put("file", file);
        lines.put("note", note);
        lines.put("rows", rows);
        return lines;
    }

    private Map<String, Object> memory(int rank) {
        int points = 110;
        double[] times = new double[points];
        double[] resident = new double[points];
        double[] heap = new double[points];
        for (int i = 0; i < points; i++) {
            times[i] = -0.6 + i * 0.1;
            resident[i] = 1e6 * Math.round(60 + 340 * Math.min(1, i / 9.0) + (i > 60 ? 20 + rank : 0));
            heap[i] = 1e6 * Math.round(12 + i % 23 * 3.5 + random.nextInt(3));
        }
        return Map.of("t", times, "resident", resident, "heap", heap, "peak", 421e6 + rank * 1e6);
    }

    private Map<String, Object> calls(String name, int calls, long bytes, double seconds) {
        double[] times = IntStream.range(0, ranks).mapToDouble(r -> seconds * random.nextDouble(1, 1.3)).toArray();
        return Map.of("call", name, "calls", all(calls), "bytes", all(calls * bytes), "seconds", times,
                "waiting", Arrays.stream(times).map(t -> t * 0.8).toArray());
    }

    private List<Long> all(long value) {
        return IntStream.range(0, ranks).mapToObj(r -> value).toList();
    }

    private List<long[]> neighbours(long value) {
        return IntStream.range(0, ranks).mapToObj(row -> IntStream.range(0, ranks)
                .mapToLong(column -> Math.abs(row - column) == 1 ? value + (long) row * column : 0).toArray()).toList();
    }

    private List<double[]> waits() {
        return IntStream.range(0, ranks).mapToObj(row -> IntStream.range(0, ranks).mapToDouble(column ->
                Math.abs(row - column) != 1 ? 0 : column == ranks / 2 ? 0.9 : 0.06).toArray()).toList();
    }

    /** Each step: cells, then a ghost row to and from either neighbour, waiting for the slower one. */
    private Map<String, Object> timeline() {
        int from = -6_000_000;
        List<Entries> phases = IntStream.range(0, ranks).mapToObj(r -> new Entries(from)).toList();
        List<Entries> calls = IntStream.range(0, ranks).mapToObj(r -> new Entries(from)).toList();
        List<Object> arrows = new ArrayList<>();
        List<Object> late = new ArrayList<>();
        int[] now = new int[ranks];
        for (int rank = 0; rank < ranks; rank++) {
            phases.get(rank).add(from, -1000 - 40_000 * (rank % 3), 0);
        }
        for (int step = 0; step < steps; step++) {
            int[] ready = new int[ranks];
            for (int rank = 0; rank < ranks; rank++) {
                ready[rank] = now[rank] + (int) (21_000 * (rank == ranks / 2 ? 1.12 : 1)) + random.nextInt(900);
                phases.get(rank).add(now[rank], ready[rank], 1);
            }
            for (int rank = 0; rank < ranks; rank++) {
                int at = ready[rank];
                for (int peer = rank - 1; peer <= rank + 1; peer += 2) {
                    if (peer >= 0 && peer < ranks) {
                        int waited = Math.max(0, ready[peer] - at);
                        int end = at + waited + 700 + random.nextInt(200);
                        calls.get(rank).add(at, end, 0, peer, 64_000, waited);
                        arrows.addAll(List.of(peer, ready[peer] - from, rank, end - 60 - from, 64_000));
                        if (waited > 2200) {
                            late.addAll(List.of(rank, peer, at - from, waited, step % 3 == 0 ? 1 : 0));
                        }
                        at = end;
                    }
                }
                phases.get(rank).add(ready[rank], at, 2);
                now[rank] = at;
            }
            if (step % 400 == 399) {
                int all = Arrays.stream(now).max().orElseThrow();
                for (int rank = 0; rank < ranks; rank++) {
                    calls.get(rank).add(now[rank], all + 400, 1, -1, 8, all - now[rank]);
                    phases.get(rank).add(now[rank], all + 900_000, 3);
                    now[rank] = all + 900_000;
                }
            }
        }
        Map<String, Object> timeline = new LinkedHashMap<>();
        timeline.put("unit", UNIT);
        timeline.put("from", from);
        timeline.put("to", Arrays.stream(now).max().orElseThrow());
        timeline.put("kinds", List.of("start", "step", "exchange", "output"));
        timeline.put("phases", phases.stream().map(e -> e.flat).toList());
        timeline.put("callKinds", List.of("sendrecv", "allreduce", "barrier"));
        timeline.put("calls", calls.stream().map(e -> e.flat).toList());
        timeline.put("arrows", arrows);
        timeline.put("late", late);
        timeline.put("dropped", IntStream.range(0, ranks).mapToObj(r -> r == 1 ? 1200 : 0).toList());
        timeline.put("note", null);
        return timeline;
    }

    /** Entries of one lane, each counted from the end of the one before. */
    private static final class Entries {
        private final List<Object> flat = new ArrayList<>();
        private int end;

        Entries(int from) {
            end = from;
        }

        void add(int start, int stop, Integer... more) {
            flat.add(start - end);
            flat.add(stop - start);
            flat.addAll(List.of(more));
            end = stop;
        }
    }
}
