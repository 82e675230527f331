package ghostrow.study.scale;

import ghostrow.data.AvailableMemory;
import ghostrow.data.DiffusionParameters;
import ghostrow.data.DiffusionPlan;
import ghostrow.data.Json;
import ghostrow.kernel.Rule;
import ghostrow.study.Caches;
import ghostrow.study.Ended;
import ghostrow.study.Host;
import ghostrow.study.Launch;
import ghostrow.study.Level;
import ghostrow.study.Row;
import ghostrow.study.Spread;
import ghostrow.study.StudyException;
import ghostrow.study.scale.predict.Link;
import ghostrow.study.scale.predict.Machine;
import ghostrow.study.scale.predict.RateMeter;
import ghostrow.study.scale.predict.Rates;
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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes the model's figures of this machine, in half a minute: the kernel's rates here, everything else from short
 * runs of the program through the launcher at hand. The same runs are what a prediction is checked against.
 */
final class Probe {
    /** Far more than any of its runs takes. */
    private static final Duration RUN = Duration.ofMinutes(10);
    private static final int SUMMED_SIZE = 2000;
    private static final int SUMS = 3;
    private static final int WRITTEN_SIZE = 1000;
    private static final int WRITTEN_REPORTS = 8;

    private final Path ghostrow;
    private final Path home;
    private final Path folder;
    private final Launcher launcher;
    private final PrintStream progress;

    /** @param network the machines that were measured or found, if ranks can be on several */
    record Measured(Machine machine, Optional<Network> network) {
    }

    Probe(Path home, Path folder, Launcher launcher, PrintStream progress) {
        this.home = home;
        this.ghostrow = home.resolve("ghostrow").toAbsolutePath().normalize();
        this.folder = folder.toAbsolutePath().normalize();
        this.launcher = launcher;
        this.progress = progress;
    }

    /**
     * @param seconds how long the kernel is measured
     * @param network machines to measure what lies between them on, if there are any
     */
    Measured machine(Workload workload, double seconds, Optional<Network> network)
            throws IOException, InterruptedException {
        Map<String, String> host = Host.cells(Map.of());
        int cores = Integer.parseInt(host.get("host.cores"));
        List<Level> levels = Caches.levels();
        Rates rates = new RateMeter(workload == Workload.JACOBI ? new Rule.Jacobi() : new Rule.Diffusion(0.25), levels,
                seconds, progress).measure(cores, AvailableMemory.bytes());
        Messages messages = messages(launcher, List.of());
        // Some launchers put every rank on a machine of its own.
        Optional<Network> found = network.isEmpty() && messages.machines() > 1 ? Optional.of(Network.ofLauncher())
                : network;
        Link within = (found.isPresent() && network.isEmpty() ? messages(Launcher.here(System.getenv()), List.of())
                : messages).link();
        say("messages between two ranks", within);
        Link between = within;
        if (found.isPresent()) {
            between = (network.isPresent() ? messages(launcher, network.get().apart()) : messages).link();
            say("between two machines", between);
        }
        double sum = sumPerPoint();
        double write = writePerByte();
        progress.printf(Locale.ROOT, "closing sum: %s a point; snapshots: %s%n", Units.time(sum),
                Units.bandwidth(1 / write));
        return new Measured(new Machine(host.get("host.processor"), workload.label(), cores, levels, rates, within,
                between, found.isEmpty(), found.map(Network::ranksPerNode).orElse(cores), sum, write), found);
    }

    private Messages messages(Launcher by, List<String> placed) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("pingpong", "--exchange"));
        words.addAll(placed);
        return Messages.parse(answer(by.commandWithoutThreads(ghostrow, words, new Setting(2, 1))));
    }

    private void say(String what, Link link) {
        progress.printf(Locale.ROOT, "%s: %s and %s an exchange%n", what, Units.time(link.latency()),
                Units.bandwidth(link.bytesPerSecond()));
    }

    private double sumPerPoint() throws IOException, InterruptedException {
        double[] seconds = new double[SUMS];
        for (int i = 0; i < SUMS; i++) {
            seconds[i] = run("sum", Workload.JACOBI, List.of("--size", "" + SUMMED_SIZE, "--steps", "0"), 1, Optional.empty())
                    .number("closing.totals");
        }
        return Spread.median(seconds) / SUMMED_SIZE / SUMMED_SIZE;
    }

    private double writePerByte() throws IOException, InterruptedException {
        Row row = run("write", Workload.DIFFUSION,
                sized(Workload.DIFFUSION, WRITTEN_SIZE, WRITTEN_REPORTS, 1, "every"), 1, Optional.empty());
        return row.number("phases.output") / (row.number("reports") * row.number("nrows") * row.number("ncols")
                * Double.BYTES);
    }

    /** The app's words for a grid of this size. */
    List<String> sized(Workload workload, long size, long steps, long period, String snapshots) {
        if (workload == Workload.JACOBI) {
            return List.of("--size", Long.toString(size), "--steps", Long.toString(steps));
        }
        Path file = home.resolve("params/diff2d.params");
        DiffusionParameters given = DiffusionParameters.read(file, List.of());
        double dx = (given.x2() - given.x1()) / (size + 0.5);
        double dt = DiffusionPlan.of(DiffusionParameters.read(file, List.of("dx=" + dx))).dt();
        return List.of("--set", "dx=" + dx, "--set", "runtime=" + (steps + 0.5) * dt, "--set",
                "outtime=" + (period + 0.5) * dt, "--snapshots", snapshots);
    }

    /** One whole run, here or on a network, and what it left as a row; its files are removed again. */
    Row run(String name, Workload workload, List<String> words, int ranks, Optional<Network> network)
            throws IOException, InterruptedException {
        Path record = folder.resolve(name + ".json");
        Path files = folder.resolve("files");
        List<String> app = new ArrayList<>(List.of(workload.label()));
        app.addAll(words);
        if (workload.writesFiles()) {
            app.addAll(List.of("--out", files.toString(), "--force"));
        }
        app.addAll(List.of("--json", record.toString()));
        network.ifPresent(on -> app.addAll(on.all()));
        answer(launcher.command(ghostrow, app, new Setting(ranks, 1)));
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("app", workload.label());
        asked.put("arguments", String.join(" ", words));
        asked.put("ranks", Integer.toString(ranks));
        asked.put("threads", "1");
        asked.putAll(Host.cells(System.getenv()));
        if (network.isPresent() && Host.allocation(System.getenv()).isEmpty()) {
            // Those of a batch job are all of its nodes' already; other machines are taken to be like this one.
            asked.computeIfPresent("host.cores", (key, count) -> Integer.toString(Integer.parseInt(count)
                    * network.get().machines()));
        }
        Row row = Row.of(asked, (Map<?, ?>) Json.read(Files.readString(record)));
        Files.delete(record);
        removeAll(files);
        return row;
    }

    private static void removeAll(Path files) throws IOException {
        if (Files.exists(files)) {
            try (Stream<Path> all = Files.list(files)) {
                for (Path file : all.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(files);
        }
    }

    /** What a command prints; if it fails, what it said. */
    private List<String> answer(List<String> command) throws IOException, InterruptedException {
        Launch launch = new Launch(command, RUN);
        Launcher.prepare(launch.environment());
        Ended ended = launch.run();
        if (!ended.well()) {
            throw new StudyException("no prediction without this run, which " + ended.how() + ": "
                    + String.join(" ", command) + "\n" + ended.lastLines());
        }
        return ended.out().lines().toList();
    }
}
