package ghostrow.study.ladder;

import ghostrow.data.Json;
import ghostrow.study.Ended;
import ghostrow.study.Host;
import ghostrow.study.Launch;
import ghostrow.study.Row;
import ghostrow.study.StudyException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts runs of this program as a user would, and reads their records. */
final class Runner {
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(1);
    private static final String SAID_BY_US = "ghostrow: ";
    private static final String JAVA_OPTIONS = "GHOSTROW_JAVA_OPTS";

    private final Path ghostrow;
    private final Path scratch;
    private final Problem problem;
    private final Duration limit;

    /**
     * @param scratch where apps may write that write whether they are asked to or not
     * @param limit   of a run
     */
    Runner(Path home, Path scratch, Problem problem, Duration limit) {
        this.ghostrow = launcher(home);
        this.scratch = scratch;
        this.problem = problem;
        this.limit = limit;
    }

    private static Path launcher(Path home) {
        return home.resolve("ghostrow").toAbsolutePath().normalize();
    }

    /** What the app's {@code --kernel list} prints. */
    static String rungs(Path home, String app) throws IOException, InterruptedException {
        Ended ended = new Launch(List.of(launcher(home).toString(), app, "--kernel", "list"), LONGEST_ANSWER)
                .errorsApart().run();
        if (!ended.well()) {
            throw new StudyException("ghostrow " + app + " --kernel list " + ended.how() + ": " + reason(ended));
        }
        return ended.out();
    }

    /** What the app has against these words; empty where it takes them, or takes its time. */
    static Optional<String> objection(Path home, String app, List<String> words)
            throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of(launcher(home).toString(), app), words.stream()).toList();
        Ended ended = new Launch(command, Duration.ofSeconds(10)).errorsApart().run();
        return ended.code() == 2 && !ended.late() ? Optional.of(reason(ended)) : Optional.empty();
    }

    /** Runs a step on a case, once. */
    Attempt run(Step step, Case what) throws IOException, InterruptedException {
        return run(step, what, Map.of(), List.of());
    }

    /**
     * @param asked cells of the row beside those of all rows
     * @param more  words for the app beside those of the step
     */
    Attempt run(Step step, Case what, Map<String, String> asked, List<String> more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ghostrow.toString(), problem.app()));
        command.addAll(what.words());
        command.addAll(problem.quietly(scratch));
        command.addAll(step.words());
        command.addAll(more);
        command.addAll(List.of("--json", "-"));
        Launch launch = new Launch(command, limit).errorsApart();
        // It writes to a file, whatever this process has around it.
        launch.environment().remove("GHOSTROW_TERMINAL");
        launch.environment().merge(JAVA_OPTIONS, String.join(" ", step.mode().javaOptions()),
                (given, ours) -> given + " " + ours);
        long start = System.nanoTime();
        Ended ended = launch.run();
        double wall = (System.nanoTime() - start) / 1e9;
        Optional<String> record = ended.out().lines().filter(line -> line.startsWith("{"))
                .reduce((first, second) -> second);
        if (!ended.well() || record.isEmpty()) {
            return new Attempt.Failed(ended.code() == 2 && !ended.late(), ended.late()
                    ? String.format(Locale.ROOT, "was stopped after %.0f s", wall) : reason(ended));
        }
        return new Attempt.Done(row(step, what, asked, wall, (Map<?, ?>) Json.read(record.get())), wall);
    }

    private Row row(Step step, Case what, Map<String, String> asked, double wall, Map<?, ?> record) {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put(Book.APP, problem.app());
        cells.put(Book.ARGUMENTS, String.join(" ", problem.words()));
        cells.put(Book.STEP, step.name());
        cells.putAll(asked);
        cells.put(Book.CASE, what.name());
        cells.put(Book.SHARE, Double.toString(what.share()));
        cells.put("seconds", String.valueOf(record.get("seconds")));
        cells.put(Book.VALUE, problem.value(record));
        cells.put("wall", Double.toString(wall));
        cells.putAll(Host.cells(System.getenv()));
        return Row.of(cells, record);
    }

    /** The first line that the program itself has said, else the last of all. */
    private static String reason(Ended ended) {
        List<String> said = (ended.err() + ended.out()).lines().filter(line -> !line.isBlank()).toList();
        return said.stream().filter(line -> line.startsWith(SAID_BY_US)).findFirst()
                .map(line -> line.substring(SAID_BY_US.length()))
                .orElseGet(() -> said.isEmpty() ? ended.how() : said.getLast());
    }
}
