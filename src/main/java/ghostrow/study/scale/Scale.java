package ghostrow.study.scale;

import ghostrow.data.InputException;
import ghostrow.data.chart.Picture;
import ghostrow.study.Csv;
import ghostrow.study.StudyException;
import ghostrow.study.scale.Study.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How time changes with ranks and threads: runs studies, reports on them, and predicts what cannot be run. */
@Command(name = "scale", description = "Scaling studies: runs them, reports on them, and predicts them.",
        synopsisSubcommandLabel = "COMMAND", commandListHeading = "%nCommands:%n")
public final class Scale implements Callable<Integer> {
    private final Path home;

    @Spec
    private CommandSpec spec;

    public Scale(Path home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        throw new InputException("scale what? there are strong, weak, report, predict (see ghostrow scale --help)");
    }

    @Command(name = "strong", description = "The same problem on more and more workers.")
    int strong(@picocli.CommandLine.Mixin Studied studied) throws IOException, InterruptedException {
        return study(Kind.STRONG, studied);
    }

    @Command(name = "weak", description = "A problem that grows with the workers: cells or points a worker stay the "
            + "same (diffusion, jacobi, mandelbrot: both sides grow by the square root; steps and iterations stay; a program of "
            + "your own, under run, sees to it itself).")
    int weak(@picocli.CommandLine.Mixin Studied studied) throws IOException, InterruptedException {
        return study(Kind.WEAK, studied);
    }

    /** What a study takes. */
    static final class Studied {
        @Parameters(arity = "1..*", paramLabel = "APP [arguments]",
                description = "The app with its own arguments and options.")
        private List<String> words;

        @Option(names = "--ranks", split = ",", paramLabel = "N", defaultValue = "1,2",
                description = "Numbers of ranks (default 1,2).")
        private List<Integer> ranks;

        @Option(names = "--threads", split = ",", paramLabel = "N", defaultValue = "1",
                description = "Numbers of threads a rank (default 1).")
        private List<Integer> threads;

        @Option(names = "--repeats", paramLabel = "N", defaultValue = "5",
                description = "Runs of each setting (default 5).")
        private int repeats;

        @Option(names = "--out", paramLabel = "DIR",
                description = "The study's folder (default out/scale-strong-APP or out/scale-weak-APP). Runs that "
                        + "have a row in its study.csv are not run again.")
        private Path folder;

        @Option(names = "--launcher", paramLabel = "LINE",
                description = "What starts the ranks: srun, mpirun, ghostrow (this host only), site (as slurm/site.env "
                        + "says), or a line of words like 'mpirun -np {ranks} --hostfile hosts'. Default: srun in a "
                        + "Slurm job, site with --submit, else ghostrow.")
        private String launcher;

        @Option(names = "--submit", description = "Hand the runs to Slurm as batch jobs and end; the same command "
                + "later collects what they left.")
        private boolean submit;

        @Option(names = "--sbatch", paramLabel = "OPTION", description = "With --submit: an option for sbatch, such "
                + "as --sbatch=--partition=main; repeatable.")
        private List<String> sbatch = List.of();

        @Option(names = "--nodes", paramLabel = "N", description = "With --submit: nodes of each job (default: as "
                + "Slurm chooses; with --ntasks-per-node, as few as hold the ranks).")
        private Integer nodes;

        @Option(names = "--ntasks-per-node", paramLabel = "N", description = "With --submit: ranks on each node.")
        private Integer tasksPerNode;

        @Option(names = "--exclusive", description = "With --submit: nodes that no other job shares, as timings that "
                + "are to be believed need.")
        private boolean exclusive;

        /** Options that are not the study's are the app's. */
        @Spec(Spec.Target.MIXEE)
        void takeOptionsOfApps(CommandSpec spec) {
            spec.parser().unmatchedOptionsArePositionalParams(true);
        }

        private Nodes nodes() {
            Nodes asked = new Nodes(nodes, tasksPerNode, exclusive);
            if (asked.any() && !submit) {
                throw new InputException("--nodes, --ntasks-per-node and --exclusive are for --submit: without it runs "
                        + "take place where the study does");
            }
            ranks.forEach(asked::require);
            return asked;
        }

        private Launcher launcher(Path home) {
            Map<String, String> environment = System.getenv();
            return launcher != null ? Launcher.given(launcher, home, environment)
                    : submit ? Launcher.site(home) : Launcher.atHand(environment);
        }

        private Study.Question question(Kind kind) {
            if (repeats < 1 || ranks.stream().anyMatch(n -> n < 1) || threads.stream().anyMatch(n -> n < 1)) {
                throw new InputException("--ranks, --threads and --repeats take numbers from 1 on");
            }
            if (words.stream().anyMatch(word -> word.startsWith("--json"))) {
                throw new InputException("--json is the study's own: it reads every run's record");
            }
            if (words.getFirst().equals(Workload.RUN.label()) && threads.stream().anyMatch(n -> n > 1)) {
                throw new InputException("--threads: is nothing that a program of your own knows of; its words may say it");
            }
            List<Setting> settings = new ArrayList<>();
            for (int thread : threads) {
                ranks.forEach(rank -> settings.add(new Setting(rank, thread)));
            }
            return new Study.Question(kind, Workload.named(words.getFirst()),
                    List.copyOf(words.subList(1, words.size())), settings.stream().distinct().toList(), repeats);
        }
    }

    private int study(Kind kind, Studied studied) throws IOException, InterruptedException {
        Study.Question question = studied.question(kind);
        Nodes nodes = studied.nodes();
        Launcher launcher = studied.launcher(home);
        Path folder = studied.folder != null ? studied.folder
                : Path.of("out", "scale-" + kind.label() + "-" + question.workload().label());
        try {
            Study study = new Study(home, folder, question, System.err);
            if (studied.submit) {
                int underWay = study.submit(launcher, nodes, studied.sbatch);
                if (underWay > 0) {
                    System.out.println(underWay + " jobs are under way, one after the other (squeue shows them). "
                            + "The same command\ncollects what they left and submits again what was lost.");
                    return 0;
                }
            } else {
                study.run(launcher);
            }
        } catch (StudyException e) {
            System.err.println("ghostrow: " + e.getMessage());
            return 1;
        }
        return report(folder);
    }

    @Command(name = "report", description = "Tables, fits, charts and a page from a study's study.csv alone.")
    int report(@Parameters(paramLabel = "DIR", description = "The study's folder.") Path folder) throws IOException {
        if (!Files.isReadable(Study.csv(folder))) {
            throw new InputException("no study.csv in " + folder + ": run 'ghostrow scale strong' or 'weak' with "
                    + "--out " + folder + " first");
        }
        Report report = new Report(Summary.of(Csv.open(Study.csv(folder)).rows()));
        List<Picture> charts = ReportCharts.of(report);
        for (Picture chart : charts) {
            Files.writeString(folder.resolve(chart.name() + ".svg"), chart.svg());
            chart.writePng(folder.resolve(chart.name() + ".png"));
        }
        Files.writeString(folder.resolve("report.txt"), report.text());
        Files.writeString(folder.resolve("report.html"), ReportPage.of(report, charts));
        System.out.print(report.text());
        System.out.println("\nThe page: " + folder.resolve("report.html"));
        return 0;
    }

    @Command(name = "predict", description = "Predicts the time of diffusion and jacobi on up to 100000 ranks and more, "
            + "with the ghost depth that suits each, from figures of this machine that take half a minute; and "
            + "compares the model with runs that it was not made from.")
    int predict(@picocli.CommandLine.Mixin Predict predict) throws IOException, InterruptedException {
        try {
            return predict.run(home);
        } catch (StudyException e) {
            System.err.println("ghostrow: " + e.getMessage());
            return 1;
        }
    }
}
