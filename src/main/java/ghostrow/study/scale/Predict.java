package ghostrow.study.scale;

import ghostrow.data.InputException;
import ghostrow.kernel.Rule;
import ghostrow.kernel.Rung;
import ghostrow.study.chart.Picture;
import ghostrow.study.scale.Check.Measured;
import ghostrow.study.scale.predict.Forecast;
import ghostrow.study.scale.predict.Link;
import ghostrow.study.scale.predict.Machine;
import ghostrow.study.scale.predict.MachineFile;
import ghostrow.study.scale.predict.Model;
import ghostrow.study.scale.predict.Prediction;
import ghostrow.study.scale.predict.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a prediction takes on the command line, and the way from there to its files. */
final class Predict {
    private static final double USUAL_SECONDS = 10;

    @Parameters(arity = "1..*", paramLabel = "strong|weak APP [arguments]", description = "The kind of study, and "
            + "diffusion or jacobi with its own arguments: the parameter file, --set and --snapshots (default none), "
            + "or --size and --steps; and --ghosts, if the depth is not to be chosen.")
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

    @Option(names = "--ranks-per-node", paramLabel = "N", description = "Ranks that share a node (default: the "
            + "measured machine's cores).")
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
        Optional<Link> network = network();
        Optional<Machine> known = machineFile == null ? Optional.empty() : Optional.of(MachineFile.read(machineFile));
        List<Measured> measured = studied == null ? List.of() : studied(app);
        Path folder = out != null ? out
                : Path.of("out", "predict-" + app.kind().label() + "-" + app.workload().label());
        Files.createDirectories(folder);
        Probe probe = new Probe(home, folder, launcher != null ? Launcher.given(launcher, home, System.getenv())
                : Launcher.atHand(System.getenv()), System.err);
        Machine machine = told(known.isPresent() ? known.get() : probe.machine(app.workload(), seconds), network);
        if (known.isEmpty()) {
            MachineFile.write(machine, folder.resolve("machine.json"));
        }
        Model model = new Model(machine, !stepsOnly);
        Forecast forecast = Forecast.of(model, app::problem, ranks, app.depth());
        if (studied == null && known.isEmpty()) {
            Trials trials = new Trials(probe, app, Math.min(1, seconds / USUAL_SECONDS), System.err);
            measured = trials.run(trials.chosen(model, forecast));
        }
        Outlook outlook = new Outlook(app, machine, forecast, !stepsOnly, usual(model, forecast),
                measured.isEmpty() ? Optional.empty() : Optional.of(Check.of(model, measured, studied != null)));
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
        if (!(seconds > 0)) {
            throw new InputException("--seconds " + seconds + ": a number above 0 is expected");
        }
    }

    private Optional<Link> network() {
        if (latency == null && bandwidth == null) {
            return Optional.empty();
        }
        if (latency == null || bandwidth == null) {
            throw new InputException("--latency and --bandwidth describe a network together: give both");
        }
        return Optional.of(new Link(Units.seconds("--latency", latency),
                Units.bytesPerSecond("--bandwidth", bandwidth)));
    }

    private List<Measured> studied(PredictedApp app) throws IOException {
        if (!Files.isReadable(Study.csv(studied))) {
            throw new InputException("--from " + studied + ": no study.csv there; 'ghostrow scale strong' or 'weak' "
                    + "leaves one in its folder");
        }
        List<Measured> measured = Check.studied(app.workload(), Csv.open(Study.csv(studied)).rows());
        if (measured.isEmpty()) {
            throw new InputException("--from " + studied + ": none of its runs is of what the model knows: one thread "
                    + "a rank, the default kernel, no overlap, at most " + Model.DEEPEST + " ghost rows");
        }
        return measured;
    }

    private Machine told(Machine machine, Optional<Link> network) {
        return machine.with(network.orElse(machine.between()), network.isEmpty() && machine.assumed(),
                ranksPerNode != null ? ranksPerNode : machine.ranksPerNode());
    }

    /** How much the program's own depth costs, where that is worth a sentence. */
    private static Optional<String> usual(Model model, Forecast forecast) {
        double worst = 0;
        int where = 0;
        for (Forecast.Line line : forecast.lines()) {
            if (line.prediction().isPresent()) {
                Prediction best = line.prediction().get();
                Prediction usual = model.predict(best.problem(), best.ranks(), usualDepth(best.problem(), best.ranks()));
                if (usual.seconds() / best.seconds() - 1 > worst) {
                    worst = usual.seconds() / best.seconds() - 1;
                    where = best.ranks();
                }
            }
        }
        return worst < 0.005 ? Optional.empty() : Optional.of(String.format(Locale.ROOT, "Without --ghosts the program "
                + "chooses by the strip's shape alone, and takes up to %.0f %% longer (at %d ranks).", 100 * worst,
                where));
    }

    private static int usualDepth(Problem problem, int ranks) {
        long strip = problem.rows() / ranks;
        return Math.clamp(strip, 1, Rung.auto().worker(new Rule.Jacobi()).bestSteps(strip, problem.columns()));
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
