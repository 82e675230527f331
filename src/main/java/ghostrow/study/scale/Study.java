package ghostrow.study.scale;

import ghostrow.data.InputException;
import ghostrow.data.Json;
import ghostrow.study.Csv;
import ghostrow.study.Ended;
import ghostrow.study.Host;
import ghostrow.study.Launch;
import ghostrow.study.Row;
import ghostrow.study.StudyException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The runs of one study: every setting once a round, so that a machine that changes its pace changes it for all.
 * A run leaves its record in {@code runs/} and a row in {@code study.csv}; what has a row is not run again.
 */
final class Study {

    /** Whether the problem stays as it is, or grows with the workers. */
    enum Kind { STRONG, WEAK;

        String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Nobody waits longer for a run that is to be repeated: it hangs. */
    private static final Duration LONGEST_RUN = Duration.ofDays(1);

    /** Slurm's programs try for a minute to reach a controller that is being restarted. */
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(2);

    /** What is to be found out. */
    record Question(Kind kind, Workload workload, List<String> arguments, List<Setting> settings, int repeats) {
    }

    private record Run(Setting setting, int repeat) {
        String name() {
            return setting.ranks() + "x" + setting.threads() + "-" + repeat;
        }
    }

    private final Path home;
    private final Path folder;
    private final Question question;
    private final Csv table;
    private final PrintStream progress;

    /** @param progress where it says how far it is */
    Study(Path home, Path folder, Question question, PrintStream progress) throws IOException {
        this.home = home;
        this.folder = folder;
        this.question = question;
        this.progress = progress;
        // Before the folder is made: what cannot work leaves nothing behind.
        question.settings.forEach(this::words);
        Files.createDirectories(folder.resolve("runs"));
        this.table = Csv.open(csv(folder));
        table.rows().forEach(this::requireSameStudy);
        collect();
    }

    static Path csv(Path folder) {
        return folder.resolve("study.csv");
    }

    private void requireSameStudy(Row row) {
        String found = row.text("study") + " " + row.text("app") + " " + row.text("arguments");
        String asked = question.kind.label() + " " + question.workload.label() + " " + arguments();
        if (!found.equals(asked)) {
            throw new InputException(folder + " holds the study '" + found.strip() + "', not '" + asked.strip()
                    + "': choose another --out");
        }
    }

    /** Runs what is missing, here and now. */
    void run(Launcher launcher) throws IOException, InterruptedException {
        List<Run> missing = missing();
        int done = question.settings.size() * question.repeats - missing.size();
        if (done > 0) {
            progress.println(done + " runs are there already, " + missing.size() + " are to be done");
        }
        Map<Setting, Double> lasted = new LinkedHashMap<>();
        for (int i = 0; i < missing.size(); i++) {
            Run run = missing.get(i);
            long start = System.nanoTime();
            note(run, launcher);
            start(run, launcher);
            double wall = (System.nanoTime() - start) / 1e9;
            lasted.put(run.setting, wall);
            Row row = collect(run, System.getenv().getOrDefault("SLURM_JOB_ID", ""), Double.toString(wall));
            if (row.seconds() > 0 && row.seconds() < Summary.SHORTEST && run.repeat == 1) {
                warn(row);
            }
            double mean = lasted.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
            double left = missing.subList(i + 1, missing.size()).stream()
                    .mapToDouble(later -> lasted.getOrDefault(later.setting, mean)).sum();
            progress.printf(java.util.Locale.ROOT, "run %d of %d: %d ranks x %d threads, %.3f s; %s left%n", i + 1,
                    missing.size(), run.setting.ranks(), run.setting.threads(), row.seconds(), duration(left));
        }
    }

    /** How a run is started: its record knows only the words of the program itself. */
    private void note(Run run, Launcher launcher) throws IOException {
        Files.writeString(file(run, "command"), String.join(" ", command(run, launcher)) + "\n"
                + launcher.binding(app(run), run.setting) + "\n");
    }

    /** A line of what was noted; empty where nothing was, as in studies of earlier versions. */
    private String noted(Run run, int line) throws IOException {
        List<String> lines = Files.exists(file(run, "command")) ? Files.readAllLines(file(run, "command")) : List.of();
        return line < lines.size() ? lines.get(line) : "";
    }

    /** At once, for such a study is better stopped. */
    private void warn(Row row) {
        progress.printf(java.util.Locale.ROOT, "stepped for %.3f s, too short to be believed: %s would do%n",
                row.seconds(), question.workload.longer(row, question.kind == Kind.WEAK,
                Summary.SHORTEST / row.seconds()));
    }

    private static String duration(double seconds) {
        Duration rounded = Duration.ofSeconds(Math.round(seconds));
        return String.format("%d:%02d:%02d", rounded.toHours(), rounded.toMinutesPart(), rounded.toSecondsPart());
    }

    private void start(Run run, Launcher launcher) throws IOException, InterruptedException {
        Launch launch = new Launch(command(run, launcher), LONGEST_RUN).output(file(run, "log"));
        Launcher.prepare(launch.environment());
        Ended ended = launch.run();
        if (!ended.well() || !Files.exists(file(run, "json"))) {
            throw new StudyException("the run " + run.name() + " " + ended.how()
                    + ", and no study can go on without it: " + String.join(" ", command(run, launcher))
                    + "\n" + ended.lastLines() + "\nOnce mended, the same command goes on.");
        }
    }

    private static String lastLines(Path log) throws IOException {
        return Ended.lastLines(Files.exists(log) ? Files.readString(log) : "nothing: there is no " + log);
    }

    /**
     * Hands what is missing to Slurm, one batch job a run. All have one name and run one after the other in order
     * of submission, for jobs side by side would measure each other.
     *
     * @return how many jobs are under way
     */
    int submit(Launcher launcher, Nodes nodes, List<String> sbatchOptions) throws IOException, InterruptedException {
        int underWay = 0;
        for (Run run : missing()) {
            Path job = file(run, "job");
            if (!Files.exists(job) || !queued(Files.readString(job).strip())) {
                if (Files.exists(job)) {
                    progress.println("job " + Files.readString(job).strip() + " ended without a record, so it is "
                            + "submitted again; its log ended with\n" + lastLines(file(run, "log")));
                }
                note(run, launcher);
                Path script = file(run, "sbatch");
                Files.writeString(script, batch(run, launcher, nodes));
                List<String> command = new ArrayList<>(List.of("sbatch", "--parsable"));
                command.addAll(sbatchOptions);
                command.add(script.toString());
                Files.writeString(job, answer(command).split(";")[0] + "\n");
            }
            underWay++;
        }
        return underWay;
    }

    private String batch(Run run, Launcher launcher, Nodes nodes) {
        String name = "ghostrow-" + question.kind.label() + "-" + question.workload.label();
        String line = command(run, launcher).stream().map(Study::quoted).collect(Collectors.joining(" "));
        return """
                #!/bin/bash
                #SBATCH --job-name=%s
                #SBATCH --dependency=singleton
                #SBATCH --ntasks=%d
                #SBATCH --cpus-per-task=%d
                %s#SBATCH --requeue
                #SBATCH --output="%s"
                # Modules, JDK and MPI: the site's settings, as for every other job.
                here=%s
                . "$here/jobs/lib.sh" || exit 1
                # Only here are the job's own processors known.
                { echo "$SLURM_JOB_CPUS_PER_NODE"; grep -m3 -E '^(model name|siblings|cpu cores)' /proc/cpuinfo; } > %s
                exec %s
                """.formatted(name, run.setting.ranks(), run.setting.threads(), nodes.lines(run.setting.ranks()),
                // Slurm fills in its own words where it finds a percent sign.
                file(run, "log").toString().replace("%", "%%"), quoted(home.toAbsolutePath().normalize().toString()),
                quoted(file(run, "host").toString()), line);
    }

    /** As one word of a shell. */
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static boolean queued(String job) throws IOException, InterruptedException {
        Ended squeue = said(new Launch(List.of("squeue", "-h", "-j", job), LONGEST_ANSWER));
        String answer = squeue.out().strip();
        // Slurm forgets jobs that ended some minutes ago, and says so by an error.
        if (!squeue.well() && !answer.contains("Invalid job id")) {
            throw new StudyException("squeue " + squeue.how() + " and does not tell whether job " + job
                    + " is still queued: " + answer.replace('\n', ' ') + "; nothing more is submitted, for a run must "
                    + "not be made twice at a time. The same command later goes on.");
        }
        return squeue.well() && !answer.isEmpty();
    }

    private static String answer(List<String> command) throws IOException, InterruptedException {
        Ended ended = said(new Launch(command, LONGEST_ANSWER).errorsApart());
        System.err.print(ended.err());
        if (!ended.well()) {
            throw new StudyException("Slurm refused '" + String.join(" ", command) + "', which " + ended.how());
        }
        return ended.out().strip();
    }

    private static Ended said(Launch launch) throws InterruptedException {
        try {
            return launch.run();
        } catch (IOException e) {
            throw new StudyException("'" + launch + "' cannot be run, so nothing is submitted: " + e.getMessage());
        }
    }

    private List<Run> missing() {
        List<Run> missing = new ArrayList<>();
        for (int repeat = 1; repeat <= question.repeats; repeat++) {
            for (Setting setting : question.settings) {
                Run run = new Run(setting, repeat);
                if (table.rows().stream().noneMatch(row -> Setting.of(row).equals(setting)
                        && row.number("repeat") == run.repeat)) {
                    missing.add(run);
                }
            }
        }
        return missing;
    }

    /** Takes in what batch jobs, or a study that was stopped, have left. */
    private void collect() throws IOException {
        for (Run run : missing()) {
            Path record = file(run, "json");
            if (Files.exists(record)) {
                try {
                    collect(run, Files.exists(file(run, "job")) ? Files.readString(file(run, "job")).strip() : "", "");
                } catch (InputException e) {
                    progress.println(record + " is no record (" + e.getMessage() + "), so this run is done again");
                    Files.delete(record);
                }
            }
        }
    }

    /** @param wall seconds from start to end, as whoever waited for the run has seen them; empty if nobody has */
    private Row collect(Run run, String job, String wall) throws IOException {
        Map<?, ?> record = (Map<?, ?>) Json.read(Files.readString(file(run, "json")));
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("study", question.kind.label());
        asked.put("app", question.workload.label());
        asked.put("arguments", arguments());
        asked.put("ranks", Integer.toString(run.setting.ranks()));
        asked.put("threads", Integer.toString(run.setting.threads()));
        asked.put("repeat", Integer.toString(run.repeat));
        asked.put("date", Files.getLastModifiedTime(file(run, "json")).toString());
        asked.put("job", job);
        asked.put("launcher", noted(run, 0));
        asked.put("binding", noted(run, 1));
        asked.put("wall", wall);
        asked.putAll(Files.exists(file(run, "host")) ? Host.ofJob(Files.readAllLines(file(run, "host")))
                : Host.cells(System.getenv()));
        Row row = Row.of(asked, record);
        if (!record.get("ranks").equals((long) run.setting.ranks())) {
            throw new StudyException("the run " + run.name() + " had " + record.get("ranks") + " ranks, not "
                    + run.setting.ranks() + ": see " + file(run, "log"));
        }
        table.add(row);
        return row;
    }

    private List<String> command(Run run, Launcher launcher) {
        Path ghostrow = home.resolve("ghostrow").toAbsolutePath().normalize();
        return question.workload == Workload.RUN ? launcher.commandWithoutThreads(ghostrow, app(run), run.setting)
                : launcher.command(ghostrow, app(run), run.setting);
    }

    private List<String> app(Run run) {
        List<String> app = new ArrayList<>(List.of(question.workload.label()));
        if (question.workload == Workload.RUN) {
            // What stands behind a program's file is the program's own.
            app.addAll(List.of("--json", file(run, "json").toString()));
            app.addAll(words(run.setting));
            return app;
        }
        app.addAll(words(run.setting));
        if (question.workload.writesFiles()) {
            app.addAll(List.of("--out", folder.resolve("files").toString(), "--force"));
        }
        app.addAll(List.of("--json", file(run, "json").toString(), "--digest"));
        return app;
    }

    private List<String> words(Setting setting) {
        return question.kind == Kind.STRONG ? question.arguments
                : question.workload.grown(home, question.arguments, setting.workers());
    }

    private String arguments() {
        return String.join(" ", question.arguments);
    }

    private Path file(Run run, String ending) {
        return folder.toAbsolutePath().normalize().resolve("runs").resolve(run.name() + "." + ending);
    }
}
