package ghostrow.study.bench;

import ghostrow.data.Json;
import ghostrow.data.chart.Bars;
import ghostrow.data.chart.Picture;
import ghostrow.study.Ended;
import ghostrow.study.Host;
import ghostrow.study.Launch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Speed beside other programs: all contenders of a case in turn, several rounds, so that a machine that changes its
 * pace changes it for all. A contender whose values differ from this program's, or that tells none, is named and not
 * timed.
 */
@Command(name = "bench", description = "Compares whole runs with the peers in src/bench/peers.")
public final class Bench implements Callable<Integer> {
    private static final Duration FIRST_RUN = Duration.ofMinutes(2);
    private static final String GPU = "gpu";
    private static final int GPU_CORES = 2;

    @Option(names = "--quick", description = "Smaller cases, fewer rounds: less than three minutes.")
    private boolean quick;

    @Option(names = "--only", paramLabel = "CASE", split = ",",
            description = "Only these: cases by the words in bench.csv, gpu (all of a GPU), limits, sweeps.")
    private List<String> only = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "Most rounds a case (default 5; quick: 2).")
    private Integer rounds;

    @Option(names = "--budget", paramLabel = "SECONDS",
            description = "No new round of a case after this long (default 90; quick: 20).")
    private Double budget;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "out/bench",
            description = "Where figures and charts go (default out/bench).")
    private Path out;

    private final Path home;
    private int mostRounds;
    private double seconds;
    private double timeout;
    private Path scratch;
    private Peers peers;

    public Bench(Path home) {
        this.home = home;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        mostRounds = rounds != null ? rounds : quick ? 2 : 5;
        seconds = budget != null ? budget : quick ? 20 : 90;
        timeout = quick ? 10 : 120;
        out = out.toAbsolutePath();
        scratch = Files.createDirectories(out.resolve("scratch"));
        peers = new Peers(home, scratch);
        List<Picture> pictures = new ArrayList<>();
        try (PrintStream csv = new PrintStream(Files.newOutputStream(out.resolve("bench.csv")))) {
            header(csv);
            double copy = chosen("limits") ? limits(csv) : 0;
            List<Contest> contests = new ArrayList<>();
            for (Case work : Case.all(quick, scratch)) {
                // The quick look takes both cores; what one does is in the sweeps.
                for (int cores : quick ? List.of(2) : List.of(1, 2)) {
                    if (chosen(work.name())) {
                        contests.add(run(new Contest(work, cores, work.ours(home, cores),
                                peers.contenders(work, cores)), csv));
                    }
                }
            }
            contests.addAll(onGpu(csv));
            if (!contests.isEmpty()) {
                Table.closing(contests, System.out);
                pictures.add(ratios(contests));
            }
            if (chosen("sweeps")) {
                System.out.println("\nSweeps, medians (min-max)");
                Sweep sweep = new Sweep(home, scratch, peers, quick, csv);
                pictures.add(sweep.sizes(copy));
                pictures.add(sweep.depths());
            }
        } finally {
            delete(scratch);
        }
        for (Picture picture : pictures) {
            picture.writePng(out.resolve(picture.name() + ".png"));
            Files.writeString(out.resolve(picture.name() + ".svg"), picture.svg());
        }
        System.out.println("\nEvery figure: " + out.resolve("bench.csv") + ", charts beside it. Load at the end: "
                + Host.load());
        return 0;
    }

    private boolean chosen(String name) {
        return only.isEmpty() || only.contains(name);
    }

    /** The same beside programs that use a GPU, if there is one. Whoever has asked for other cases does not wait for it. */
    private List<Contest> onGpu(PrintStream csv) throws IOException, InterruptedException {
        List<Case> cases = Case.onGpu(quick, scratch).stream()
                .filter(work -> chosen(GPU) || chosen(work.name())).toList();
        if (cases.isEmpty()) {
            return List.of();
        }
        Gpu gpu = Gpu.of(home, scratch);
        if (!gpu.missing().isEmpty()) {
            System.out.println("\nNothing with a GPU: " + gpu.missing());
            return List.of();
        }
        System.out.printf(Locale.ROOT, "%nThe GPU's limits: %s%n  copy %28.2f GB/s%n  add  %28.2f G doubles/s%n",
                gpu.device(), gpu.copy() / 1e9, gpu.add() / 1e9);
        csv.printf(Locale.ROOT, "limit,1,0,\"gpu copy\",%s%nlimit,1,0,\"gpu add\",%s%n", gpu.copy(), gpu.add());
        List<Contest> contests = new ArrayList<>();
        for (Case work : cases) {
            // A process that drives a GPU waits on one core; its peers among the processor's are in the tables above.
            contests.add(run(new Contest(work, GPU_CORES, work.oursOnGpu(home, GPU_CORES),
                    peers.contenders(work, 1)), csv));
        }
        return contests;
    }

    private Contest run(Contest contest, PrintStream csv) throws IOException, InterruptedException {
        Case work = contest.work();
        int cores = contest.cores();
        long start = System.nanoTime();
        for (int round = 1; round <= mostRounds && (System.nanoTime() - start) / 1e9 < seconds; round++) {
            for (Contender contender : contest.order(round)) {
                if (contest.wants(contender)) {
                    Outcome outcome = Outcome.of(contender.on(cores), work.phases(), timeout, home);
                    contest.add(round, contender, outcome);
                    csv.printf(Locale.ROOT, "%s,%d,%d,\"%s\",%s,%s,\"%s\"%n", work.name(), round, cores,
                            contender.name(), outcome.seconds(), outcome.whole(),
                            contest.why(contender).orElse("").replace('"', '\''));
                }
            }
        }
        Table.print(contest, System.out);
        return contest;
    }

    /** What the machine allows; returns the bytes a second that one core copies. */
    private double limits(PrintStream csv) throws IOException, InterruptedException {
        double copy = 0;
        System.out.println("The machine's limits");
        for (int cores : List.of(1, 2)) {
            for (Contender program : peers.contenders(Case.LIMITS, cores)) {
                Outcome outcome = program.missing().isEmpty()
                        ? Outcome.of(program.on(cores), List.of(), timeout, home) : null;
                if (outcome == null || outcome.failure().isPresent()) {
                    System.out.println("  not measured: "
                            + (outcome == null ? "no " + program.missing() : outcome.failure().get()));
                    continue;
                }
                copy = cores == 1 ? outcome.values().getOrDefault("copy", 0.0) : copy;
                outcome.values().forEach((name, value) -> {
                    System.out.printf(Locale.ROOT, "  %d core%s %-20s %6.2f %s%n", cores, cores == 1 ? " " : "s", name,
                            value / 1e9, name.equals("copy") ? "GB/s" : "G vectors/s");
                    csv.printf(Locale.ROOT, "limit,1,%d,\"%s\",%s%n", cores, name, value);
                });
            }
        }
        return copy;
    }

    /** How much faster than the best peer, case by case. */
    private static Picture ratios(List<Contest> contests) {
        Map<String, Double> bars = new LinkedHashMap<>();
        for (Contest contest : contests) {
            contest.fastest(false, Outcome::seconds).flatMap(peer -> contest.ratio(peer, Outcome::seconds))
                    .ifPresent(ratio -> bars.put(contest.work().name() + ", " + contest.cores(), ratio));
        }
        return new Bars("ratios", "Computing: times as fast as the fastest peer", "case, cores", "ratio",
                List.copyOf(bars.keySet())).slanted().part("ratio", List.copyOf(bars.values())).picture();
    }

    /** Under what circumstances the figures were taken: what a run says of itself, and the machine's load. */
    private void header(PrintStream csv) throws IOException, InterruptedException {
        Path record = out.resolve("environment.json");
        Ended ended = new Launch(List.of(home.resolve("ghostrow").toString(), "jacobi", "--size", "8", "--steps", "1",
                "--json", record.toString()), FIRST_RUN).run();
        if (!ended.well()) {
            throw new IOException("the run that tells of the environment " + ended.how() + "\n" + ended.lastLines());
        }
        Map<?, ?> environment = (Map<?, ?>) ((Map<?, ?>) Json.read(Files.readString(record))).get("environment");
        environment.forEach((name, value) -> csv.println("# " + name + ": " + value));
        csv.println("# processor: " + Host.processor());
        csv.println("# load at the start: " + Host.load());
        csv.println("# cases: name,round,cores,contender,computing s,process s,why not");
        csv.println("# sweeps: sweep,round,at,contender,Gpoint/s");
        System.out.printf("%s, %s cores, JDK %s, load %s%n%n", Host.processor(), environment.get("cores"),
                environment.get("java"), Host.load());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
