package ghostrow.many;

import ghostrow.data.InputException;
import ghostrow.run.App;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.ProgressOptions;
import ghostrow.run.SpmdOptions;
import ghostrow.run.StopSignals;
import ghostrow.run.Swept;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code ghostrow sweep}: an app once for each of many combinations of what it is told. */
public final class Sweep implements App {
    private static final int MANY = 100_000;
    private static final double SECONDS_AN_HOUR = 3600;

    private final Apps apps;
    private final List<String> commandLine;
    private List<String> words = List.of();
    private List<String> varied = List.of();
    private Path table;
    private List<String> reductions = List.of();
    private boolean files;
    private boolean dryRun;
    private boolean yes;
    private int group = 1;
    private Integer threads;
    private final SpmdOptions spmd = new SpmdOptions();
    private final ManyOptions many = new ManyOptions("sweep");
    private final ProgressOptions progress = new ProgressOptions();

    public Sweep(List<String> commandLine, Apps apps) {
        this.commandLine = commandLine;
        this.apps = apps;
    }

    @Override
    public void declare(Options options) {
        options.about("An app, once for each combination of values, over the ranks of one job.");
        options.footer("The same command again goes on where the last start ended, also with another number of ranks:",
                "what has finished is not run twice. DIR/sweep.csv has a line a case.",
                "Exit code 1: some cases failed; 75: stopped by a signal, the same command goes on.", "",
                "Example: ghostrow sweep diffusion --vary dx=0.1:0.2:0.02 --vary D=0.5,1 --ranks 2",
                "         --reduce 'max(sum)' --out study");
        options.passOn();
        options.takesMore("APP", value -> words = value,
                "The app (diffusion, jacobi, mandelbrot or auc), and words that all cases have.");
        options.repeatable("--vary", "NAME=VALUES", values -> varied = values,
                "A parameter, option or argument of the app, and the values it takes: v1,v2,v3 or from:to:step, both ends "
                + "included. Given again for another name, all combinations are run.");
        options.option("--cases", "FILE", Path.class, value -> table = value,
                "Instead of --vary: a table (CSV) with the names in its first line and a case in each line below.");
        options.repeatable("--reduce", "FORMULA", values -> reductions = values,
                "A number made of the table's columns, such as 'max(sum)', 'mean(seconds)' or 'min(dx*sum)', over the cases "
                + "that are done; the same bits for any number of ranks. May be given again.");
        options.flag("--files", on -> files = on,
                "Keep what each case writes and prints, in DIR/cases (default: only where its words ask for files).");
        options.flag("--dry-run", on -> dryRun = on, "Show the cases and about what they will take; run nothing.");
        options.flag("--yes", on -> yes = on, "Run more than " + MANY + " cases without being asked.");
        options.option("--group", "K", Integer.class, value -> group = value,
                "Ranks that run a case together (default 1).");
        options.option("--threads", "N", Integer.class, value -> threads = value,
                "Threads that each rank has for a case (default 1).");
        many.declare(options);
        spmd.declare(options);
        progress.declare(options);
    }

    @Override
    public Integer call() throws IOException {
        if (many.asksForStatus()) {
            many.printStatus("case");
            return 0;
        }
        progress.check();
        Swept app = app();
        Cases cases = cases();
        Knobs knobs = Knobs.of(app, words.getFirst(), fixed(), cases.names(), files);
        Estimate estimate = new Estimate(apps, words.getFirst());
        Reductions reduced = new Reductions(reductions, Figures.names(cases.names(), app.figures()));
        if (dryRun) {
            spmd.requireOneRank("--dry-run");
            show(cases, knobs, estimate);
            return 0;
        }
        if (cases.count() > MANY && !yes) {
            throw new InputException(cases.count() + " cases: say --yes if that is what you want (--dry-run shows them, and "
                    + "what they will take)");
        }
        Job job = Job.of(spmd, commandLine);
        ManyOptions.checkGroup(group, job);
        Depot depot = new Depot(many.folder(), Depot.About.of("sweep", "ghostrow " + String.join(" ", commandLine),
                cases.count(), Stream.concat(Stream.of(words.toString(), Boolean.toString(files)), cases.lines())));
        job.checkOnce(() -> many.check(job, depot));
        job.savesWhenStopped().patient();
        StopSignals signals = job.hasRanksHere() ? job.stopSignals() : null;
        try (Streams streams = Streams.take()) {
            Bag bag = new SweptCases(cases, knobs, estimate, apps, app, many.folder(), files, streams, job, signals);
            Crew crew = new Crew(bag, depot, signals, group, 0, many.again());
            job.run(comm -> many.work(comm, job, depot, SweptCases.FOLDER, crew, progress,
                    (ending, account) -> close(cases, app, reduced, ending, account)));
        }
        return many.code();
    }

    private Map<String, Object> close(Cases cases, Swept app, Reductions reduced, Ending ending, Account account)
            throws IOException {
        Figures figures = new Figures(cases, app.figures(), account);
        Path csv = many.folder().resolve("sweep.csv");
        figures.write(csv);
        ending.print(item -> inWords(cases, item), csv.toString());
        Map<String, Object> results = reduced.over(figures::column);
        results.forEach((text, value) -> System.out.printf("%-10s %s = %s%s%n", "reduced", text, value,
                ending.isComplete() ? "" : ", of the cases so far"));
        return Map.of("reduced", results);
    }

    private static String inWords(Cases cases, int item) {
        List<String> values = cases.of().apply(item);
        return IntStream.range(0, values.size()).mapToObj(i -> cases.names().get(i) + "=" + values.get(i))
                .collect(Collectors.joining(", ", "case " + (item + 1) + " (", ")"));
    }

    private Swept app() {
        if (words.isEmpty()) {
            throw new InputException("no app: which is to be run (diffusion, jacobi, mandelbrot or auc)?");
        }
        Callable<Integer> app = apps.named(words.getFirst(), words);
        if (app instanceof Swept swept) {
            return swept;
        }
        throw new InputException(words.getFirst() + ": is no app for a sweep; there are diffusion, jacobi, mandelbrot and auc "
                + "(ghostrow farm runs any command)");
    }

    /** What all cases are told. Threads are not part of what makes this sweep this one: the bits are the same. */
    private List<String> fixed() {
        List<String> fixed = new ArrayList<>(words.subList(1, words.size()));
        if (threads != null) {
            fixed.addAll(List.of("--threads", threads.toString()));
        }
        return fixed;
    }

    private Cases cases() throws IOException {
        if (table != null && !varied.isEmpty()) {
            throw new InputException("--cases and --vary exclude each other: one says all that varies");
        }
        if (table == null && varied.isEmpty()) {
            throw new InputException("nothing varies: expected --vary NAME=VALUES, or --cases FILE");
        }
        return table != null ? Cases.table(table) : Cases.product(varied.stream().map(Vary::parse).toList());
    }

    private static void show(Cases cases, Knobs knobs, Estimate estimate) {
        double all = 0;
        double longest = 0;
        for (int item = 0; item < cases.count(); item++) {
            List<String> own = knobs.words(cases.of().apply(item));
            double seconds = estimate.seconds(own);
            System.out.printf(Locale.ROOT, "%6d  %9.3g s  %s%n", item + 1, seconds, String.join(" ", own));
            all += seconds;
            longest = Math.max(longest, seconds);
        }
        System.out.printf(Locale.ROOT, "%d cases, about %.3g s of one core: %.2g core hours; the longest takes about %.3g s%n",
                cases.count(), all, all / SECONDS_AN_HOUR, longest);
    }
}
