package ghostrow.study.scale;

import ghostrow.data.InputException;
import ghostrow.data.chart.Picture;
import ghostrow.study.Csv;
import ghostrow.study.Row;
import ghostrow.study.scale.Check.Measured;
import ghostrow.study.scale.predict.Forecast;
import ghostrow.study.scale.predict.Link;
import ghostrow.study.scale.predict.Machine;
import ghostrow.study.scale.predict.MachineFile;
import ghostrow.study.scale.predict.Model;
import ghostrow.study.scale.predict.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a prediction takes on the command line, and the way from there to its files. */
final class Predict {
    private static final double USUAL_SECONDS = 10;

    @Parameters(arity = "1..*", paramLabel = "strong|weak APP [arguments]", description = "The kind of study, and "
            + "diffusion or jacobi with its own arguments: the parameter file, --set and --snapshots (default none), "
            + "or --size and --steps; --exchange; and --ghosts, if the depth is not to be what the program chooses.")
    private List<String> words;

    @Option(names = "--ranks", split = ",", paramLabel = "N",
            defaultValue = "4,16,64,256,1024,4096,16384,65536,100000",
            description = "Numbers of ranks (default powers of 4 from 4 on, and 100000).")
    private List<Integer> ranks;

    @Option(names = "--machine", paramLabel = "FILE", description = "Predict from this machine.json of an earlier "
            + "prediction, which may have been edited, and measure nothing.")
    private Path machineFile;

    @Option(names = "--latency", paramLabel = "TIME", description = "Of the network between nodes, e.g. 1.5us. "
            + "Default: what was measured within this machine.")
    private String latency;

    @Option(names = "--bandwidth", paramLabel = "RATE", description = "Of the network between nodes, e.g. 12GB/s or "
            + "100Gbit/s.")
    private String bandwidth;

    @Option(names = "--rendezvous", paramLabel = "BYTES", description = "Between nodes, larger messages first ask whether "
            + "they may come, and pay two latencies more, e.g. 64KiB, or never (default 1MiB, as ranks on several "
            + "machines are told over TCP).")
    private String rendezvous;

    @Option(names = "--host", paramLabel = "HOSTS", description = "Hosts to measure the network between and to check "
            + "the prediction on: HOST,HOST or HOST:N,HOST:N for N ranks on each. Ranks are checked on all of them, at "
            + "the app's own size and several depths.")
    private String hosts;

    @Option(names = "--ranks-per-node", paramLabel = "N", description = "Ranks that share a node (default: as --host says, "
            + "or the measured machine's cores).")
    private Integer ranksPerNode;

    @Option(names = "--steps-only", description = "Leave the closing sum out.")
    private boolean stepsOnly;

    @Option(names = "--from", paramLabel = "DIR", description = "Check against the study in this folder, instead of "
            + "runs made now.")
    private Path studied;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "10",
            description = "How long the kernel is measured (default 10; with less than a few, not beyond the "
                    + "caches); messages, sums and files take ten more, and the runs to check against twenty.")
    private double seconds;

    @Option(names = "--launcher", paramLabel = "LINE", description = "What starts the ranks of measurements, e.g. "
            + "'mpirun -np {ranks}'. Default: as for studies.")
    private String launcher;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Where the prediction goes (default out/predict-strong-APP or out/predict-weak-APP).")
    private Path out;

    /** Options that are not the prediction's are the app's. */
    @Spec(Spec.Target.MIXEE)
    void takeOptionsOfApps(CommandSpec spec) {
        spec.parser().unmatchedOptionsArePositionalParams(true);
    }

    int run(Path home) throws IOException, InterruptedException {
        PredictedApp app = PredictedApp.of(home, words);
        check();
        // Before anything is measured: what cannot work leaves nothing behind.
        Optional<Link> told = network();
        Optional<Network> machines = Optional.ofNullable(hosts).map(Network::of);
        Optional<Machine> known = machineFile == null ? Optional.empty() : Optional.of(MachineFile.read(machineFile));
        if (machines.isPresent() && known.filter(Machine::assumed).isPresent()) {
            throw new InputException("--host with --machine " + machineFile + ": the file says nothing of messages between "
                    + "machines; leave --machine away to have them measured");
        }
        List<Measured> measured = studied == null ? List.of() : studied(app);
        Path folder = out != null ? out
                : Path.of("out", "predict-" + app.kind().label() + "-" + app.workload().label());
        Files.createDirectories(folder);
        Probe probe = new Probe(home, folder, launcher != null ? Launcher.given(launcher, home, System.getenv())
                : Launcher.atHand(System.getenv()), System.err);
        Probe.Measured found = known.isPresent() ? new Probe.Measured(known.get(), machines)
                : probe.machine(app.workload(), seconds, machines);
        Machine machine = told(found.machine(), told);
        if (known.isEmpty()) {
            MachineFile.write(machine, folder.resolve("machine.json"));
        }
        Model model = new Model(machine, !stepsOnly, app.exchange());
        Forecast forecast = Forecast.of(model, app::problem, ranks, app.depth());
        if (studied == null && (known.isEmpty() || machines.isPresent())) {
            Trials trials = new Trials(probe, app, Math.min(1, seconds / USUAL_SECONDS), System.err);
            measured = trials.run(found.network().isPresent() ? trials.on(found.network().get(), found.machine())
                    : trials.chosen(model, forecast));
        }
        Outlook outlook = new Outlook(app, machine, forecast, !stepsOnly, deeper(model, forecast, app.depth()),
                measured.isEmpty() ? Optional.empty()
                        : Optional.of(Check.of(studied != null ? machine : found.machine(), measured, studied != null)));
        write(outlook, folder);
        return 0;
    }

    private void check() {
        if (ranks.stream().anyMatch(count -> count < 1)) {
            throw new InputException("--ranks takes numbers from 1 on");
        }
        if (ranksPerNode != null && ranksPerNode < 1) {
            throw new InputException("--ranks-per-node " + ranksPerNode + ": a number from 1 on is expected");
        }
        if (hosts != null && launcher != null) {
            throw new InputException("--host is for the ranks that the program starts itself; a launcher's line says "
                    + "where its ranks go");
        }
        if (!(seconds > 0)) {
            throw new InputException("--seconds " + seconds + ": a number above 0 is expected");
        }
    }

    private Optional<Link> network() {
        double asks = rendezvous == null ? Link.USUALLY_ASKS : Units.bytes("--rendezvous", rendezvous);
        if (latency == null && bandwidth == null) {
            if (rendezvous != null) {
                throw new InputException("--rendezvous goes with --latency and --bandwidth; what was measured is in "
                        + "machine.json");
            }
            return Optional.empty();
        }
        if (latency == null || bandwidth == null) {
            throw new InputException("--latency and --bandwidth describe a network together: give both");
        }
        return Optional.of(new Link(Units.seconds("--latency", latency),
                Units.bytesPerSecond("--bandwidth", bandwidth), asks, List.of()));
    }

    private List<Measured> studied(PredictedApp app) throws IOException {
        if (!Files.isReadable(Study.csv(studied))) {
            throw new InputException("--from " + studied + ": no study.csv there; 'ghostrow scale strong' or 'weak' "
                    + "leaves one in its folder");
        }
        List<Measured> measured = Check.studied(app.workload(), Csv.open(Study.csv(studied)).rows());
        if (measured.isEmpty()) {
            throw new InputException("--from " + studied + ": none of its runs is of what the model knows: one thread "
                    + "a rank, and the default kernel");
        }
        return measured;
    }

    private Machine told(Machine machine, Optional<Link> network) {
        return machine.with(network.orElse(machine.between()), network.isEmpty() && machine.assumed(),
                ranksPerNode != null ? ranksPerNode : machine.ranksPerNode());
    }

    /** How much another depth would save, where that is worth a sentence. */
    private static Optional<String> deeper(Model model, Forecast forecast, OptionalInt given) {
        double most = 0;
        Prediction where = null;
        for (Forecast.Line line : forecast.lines()) {
            if (line.prediction().isPresent() && given.isEmpty()) {
                Prediction usual = line.prediction().get();
                Prediction best = model.best(usual.problem(), usual.ranks());
                double saved = 1 - best.seconds() / usual.seconds();
                most = Math.max(most, saved);
                where = saved == most ? best : where;
            }
        }
        return most < 0.005 ? Optional.empty() : Optional.of(String.format(Locale.ROOT, "Others would save %.0f %% at most: "
                + "--ghosts %d at %d ranks.", 100 * most, where.depth(), where.ranks()));
    }

    private static void write(Outlook outlook, Path folder) throws IOException {
        csv(outlook.rows(), folder.resolve("prediction.csv"));
        csv(outlook.checkRows(), folder.resolve("check.csv"));
        for (Picture chart : OutlookCharts.of(outlook)) {
            Files.writeString(folder.resolve(chart.name() + ".svg"), chart.svg());
            chart.writePng(folder.resolve(chart.name() + ".png"));
        }
        Files.writeString(folder.resolve("prediction.txt"), outlook.text());
        Files.writeString(folder.resolve("prediction.html"), outlook.page());
        System.out.print(outlook.text());
        System.out.println("\nThe page: " + folder.resolve("prediction.html"));
    }

    private static void csv(List<Row> rows, Path file) throws IOException {
        Files.deleteIfExists(file);
        Csv table = Csv.open(file);
        for (Row row : rows) {
            table.add(row);
        }
    }
}
