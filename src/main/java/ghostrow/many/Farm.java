package ghostrow.many;

import ghostrow.data.CsvText;
import ghostrow.data.InputException;
import ghostrow.data.WholeFile;
import ghostrow.run.App;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.ProgressOptions;
import ghostrow.run.SpmdOptions;
import ghostrow.run.StopSignals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code ghostrow farm}: many commands, dealt to the ranks of one job. */
public final class Farm implements App {
    private static final List<String> COLUMNS = List.of("line", "state", "code", "seconds", "worker", "host", "attempt",
            "why", "command");

    private final Apps apps;
    private final List<String> commandLine;
    private Path file;
    private int retries;
    private double limit;
    private final SpmdOptions spmd = new SpmdOptions();
    private final ManyOptions many = new ManyOptions("farm");
    private final ProgressOptions progress = new ProgressOptions();

    public Farm(List<String> commandLine, Apps apps) {
        this.commandLine = commandLine;
        this.apps = apps;
    }

    @Override
    public void declare(Options options) {
        options.about("Many commands, a line each, over the ranks of one job.");
        options.footer("The same command again goes on where the last start ended, also with another number of ranks.",
                "DIR/farm.csv has a line a task; DIR/tasks/000017.out and .err are what line 17 has printed.",
                "A line runs in /bin/sh, where it is called; 'ghostrow APP ...' runs in the process that is there already.",
                "Exit code 1: some tasks failed; 75: stopped by a signal, the same command goes on.");
        options.mayTake("TASKS", Path.class, value -> file = value,
                "A file with a command in each line; empty lines and those that begin with # do not count.");
        options.option("--retries", "N", Integer.class, value -> retries = value,
                "Try a task that fails up to N times more, at once (default 0).");
        options.option("--time-limit", "SECONDS", Double.class, value -> limit = value,
                "End a task that takes longer. Then 'ghostrow APP ...' too runs as a process of its own, which can be ended.");
        many.declare(options);
        spmd.declare(options);
        progress.declare(options);
    }

    @Override
    public Integer call() throws IOException {
        if (many.asksForStatus()) {
            many.printStatus("task");
            return 0;
        }
        progress.check();
        check();
        Tasks tasks = Tasks.read(file);
        Job job = Job.of(spmd, commandLine);
        Depot depot = new Depot(many.folder(), Depot.About.of("farm", "ghostrow " + String.join(" ", commandLine),
                tasks.commands().size(), tasks.commands().stream()));
        job.checkOnce(() -> many.check(job, depot));
        job.savesWhenStopped().patient();
        StopSignals signals = job.hasRanksHere() ? job.stopSignals() : null;
        try (Streams streams = Streams.take()) {
            Bag bag = new FarmTasks(tasks, apps, many.folder(), limit, streams, job, signals);
            Crew crew = new Crew(bag, depot, signals, 1, retries, many.again());
            job.run(comm -> many.work(comm, job, depot, FarmTasks.FOLDER, crew, progress,
                    (ending, account) -> close(tasks, ending, account)));
        }
        return many.code();
    }

    private void check() {
        if (file == null) {
            throw new InputException("no file of tasks: expected ghostrow farm TASKS.txt");
        }
        if (retries < 0) {
            throw new InputException("--retries " + retries + ": must not be negative");
        }
        if (!(limit >= 0)) {
            throw new InputException("--time-limit " + limit + ": must be seconds, above 0");
        }
    }

    private Map<String, Object> close(Tasks tasks, Ending ending, Account account) throws IOException {
        StringBuilder text = new StringBuilder(CsvText.line(COLUMNS)).append('\n');
        for (int item = 0; item < tasks.commands().size(); item++) {
            text.append(CsvText.line(row(tasks, account, item))).append('\n');
        }
        Path csv = many.folder().resolve("farm.csv");
        WholeFile.write(csv, text.toString());
        ending.print(item -> "line " + tasks.lines().get(item) + " (" + tasks.commands().get(item) + ")", csv.toString());
        return Map.of();
    }

    private static List<?> row(Tasks tasks, Account account, int item) {
        int line = tasks.lines().get(item);
        String command = tasks.commands().get(item);
        return account.of(item).<List<?>>map(entry -> Arrays.asList(line,
                        entry.state() == State.running ? "lost" : entry.state(), entry.outcome().code(), entry.seconds(),
                        entry.worker(), entry.host(), entry.attempt(), entry.outcome().why(), command))
                .orElseGet(() -> Arrays.asList(line, "open", "", "", "", "", "", "", command));
    }
}
