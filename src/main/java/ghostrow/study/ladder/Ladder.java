package ghostrow.study.ladder;

import ghostrow.comm.Cores;
import ghostrow.data.InputException;
import ghostrow.data.Json;
import ghostrow.data.chart.Picture;
import ghostrow.formula.Names;
import ghostrow.study.Caches;
import ghostrow.study.StudyException;
import ghostrow.study.Words;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How one program gets faster step by step: every rung of an app, run whole and timed. */
@Command(name = "ladder", description = "Times every way to compute the same: an app's rungs, from an interpreter to "
        + "all cores.")
public final class Ladder implements Callable<Integer> {
    /** What the sweep over pieces gets of the budget. */
    private static final double OF_THE_SWEEP = 0.2;

    @Parameters(arity = "1..*", paramLabel = "APP [size]", description = "mandelbrot [W MAXITER], diffusion [FILE] "
            + "[--set NAME=VALUE], or jacobi [--size N] [--steps T]; further options of the app go to each run.")
    private List<String> words;

    @Option(names = "--budget", paramLabel = "SECONDS", defaultValue = "120", description = "About how long all of it "
            + "may take (default 120). What does not fit is timed on a smaller case.")
    private double seconds;

    @Option(names = "--full", description = "Run every step whole, whatever it takes.")
    private boolean full;

    @Option(names = "--threads", paramLabel = "N",
            description = "Threads of the step with threads (default: all cores).")
    private Integer threads;

    @Option(names = "--ranks", paramLabel = "N", description = "Ranks of the step with ranks (default: all cores).")
    private Integer ranks;

    @Option(names = "--no-sweep", description = "Leave out the sizes of pieces of " + Sweep.RUNG + ".")
    private boolean noSweep;

    @Option(names = "--out", paramLabel = "DIR", description = "The ladder's folder (default out/ladder-APP). Steps "
            + "that have rows in its ladder.csv are not run again.")
    private Path folder;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all of it for programs; - is standard output.")
    private String json;

    @Option(names = "--force", description = "Begin anew, whatever the folder holds.")
    private boolean force;

    /** Options that are not the ladder's are the app's. */
    @Spec
    void takeOptionsOfApps(CommandSpec spec) {
        spec.parser().unmatchedOptionsArePositionalParams(true);
    }

    private final Path home;

    public Ladder(Path home) {
        this.home = home;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            Problem problem = problem();
            Budget budget = Budget.of(seconds, full);
            Path here = folder != null ? folder : Path.of("out", "ladder-" + problem.app());
            Book book = Book.open(here, problem, force);
            Report report = climb(problem, book, here, budget);
            tell(report, here);
            return 0;
        } catch (StudyException e) {
            System.err.println("ghostrow: " + e.getMessage());
            return 1;
        }
    }

    private Problem problem() throws IOException, InterruptedException {
        String app = words.getFirst();
        List<String> own = words.subList(1, words.size());
        if (!Problem.APPS.contains(app)) {
            throw new InputException("no ladder of '" + app + "'" + Names.nearest(app, Problem.APPS)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("; there are " + String.join(", ", Problem.APPS)));
        }
        if (!(seconds > 0)) {
            throw new InputException("--budget " + seconds + ": must be seconds, above 0");
        }
        requireOne("--threads", threads);
        requireOne("--ranks", ranks);
        for (String option : List.of("--kernel", "--piece", "--tolerance", "--pixels", "--maxiter", "--digest")) {
            if (own.contains(option) || !Words.valuesOf(own, option).isEmpty()) {
                throw new InputException(option + ": the ladder sees to that itself; leave it out");
            }
        }
        Optional<Problem> problem = Problem.of(app, own, home);
        if (problem.isEmpty()) {
            throw new InputException(Runner.objection(home, app, own).orElse("there is nothing to compute in '"
                    + app + " " + String.join(" ", own) + "'"));
        }
        return problem.get();
    }

    private static void requireOne(String option, Integer number) {
        if (number != null && number < 1) {
            throw new InputException(option + " " + number + ": at least 1 is needed");
        }
    }

    private Report climb(Problem problem, Book book, Path here, Budget budget)
            throws IOException, InterruptedException {
        PrintStream progress = System.err;
        Steps listed = Steps.of(Runner.rungs(home, problem.app()));
        List<Step> steps = new ArrayList<>(listed.all());
        Runner runner = new Runner(home, here.resolve("files"), problem, budget.limit());
        Climb climb = new Climb(problem, listed.reference(), runner, book, budget, progress);
        boolean sweeps = !noSweep && listed.has(Sweep.RUNG);
        double kept = sweeps ? OF_THE_SWEEP * budget.left() : 0;
        climb.measure(steps, kept);
        Findings rungs = Findings.of(problem, steps, listed.reference(), book, climb.absent());
        if (rungs.bestRung().isPresent()) {
            Findings.Line best = rungs.bestRung().get();
            for (Step step : many(best.step())) {
                climb.measureAlike(step, best.seconds(), kept);
                steps.add(step);
            }
        }
        Findings findings = Findings.of(problem, steps, listed.reference(), book, climb.absent());
        if (sweeps) {
            Optional<Findings.Line> swept = findings.lines().stream()
                    .filter(line -> line.step().fullStrength() && line.step().rung().equals(Sweep.RUNG)).findFirst();
            if (swept.isPresent()) {
                new Sweep(problem, swept.get().step(), runner, book, budget, progress).measure(swept.get().seconds());
            }
        }
        Optional<Pieces> pieces = !sweeps || book.pieces().isEmpty() ? Optional.empty()
                : Optional.of(Pieces.of(problem, book.pieces(), Caches.sizes()));
        return new Report(problem, findings, pieces, book.rows());
    }

    /** The best rung by as many as there are cores, in both ways; one thread or rank is nothing new. */
    private List<Step> many(Step best) {
        int cores = Cores.atHand().count();
        List<Step> steps = new ArrayList<>();
        int manyThreads = threads != null ? threads : cores;
        int manyRanks = ranks != null ? ranks : cores;
        if (manyThreads > 1) {
            steps.add(best.by(Mode.threads(manyThreads)));
        }
        if (manyRanks > 1) {
            steps.add(best.by(Mode.ranks(manyRanks)));
        }
        return steps;
    }

    private void tell(Report report, Path here) throws IOException {
        List<Picture> charts = Charts.of(report);
        List<Path> files = new ArrayList<>(List.of(Book.file(here)));
        for (Picture chart : charts) {
            Files.writeString(here.resolve(chart.name() + ".svg"), chart.svg());
            chart.writePng(here.resolve(chart.name() + ".png"));
            files.add(here.resolve(chart.name() + ".svg"));
            files.add(here.resolve(chart.name() + ".png"));
        }
        Path page = here.resolve("ladder.html");
        Files.writeString(page, LadderPage.of(report, charts));
        files.add(page);
        System.out.print(report.text());
        System.out.println();
        files.forEach(file -> System.out.println("file " + file));
        report.sentence().ifPresent(sentence -> System.out.println("\n" + sentence));
        if (json != null) {
            String account = Json.write(Account.of(report)) + "\n";
            if (json.equals("-")) {
                System.out.print(account);
            } else {
                Path file = Path.of(json).toAbsolutePath();
                Files.createDirectories(file.getParent());
                Files.writeString(file, account);
            }
        }
    }
}
