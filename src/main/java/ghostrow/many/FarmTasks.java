package ghostrow.many;

import ghostrow.comm.Comm;
import ghostrow.data.InputException;
import ghostrow.run.App;
import ghostrow.run.Inside;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.StopSignals;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tasks of a farm as work for a crew. What this program can do itself runs inside of the process that is there
 * already, unless it may have to be ended; all else a shell runs.
 */
final class FarmTasks implements Bag {
    /** Where the tasks' output goes. */
    static final String FOLDER = "tasks";
    private static final String PROGRAM = "ghostrow";

    private final Tasks tasks;
    private final Apps apps;
    private final Path folder;
    private final Runner runner;
    private final Command command;
    private final boolean limited;
    private final Streams streams;
    private final Job job;
    private final StopSignals signals;

    /** @param limit seconds that a task may take; 0 for as long as it likes */
    FarmTasks(Tasks tasks, Apps apps, Path folder, double limit, Streams streams, Job job, StopSignals signals) {
        this.tasks = tasks;
        this.apps = apps;
        this.folder = folder.resolve(FOLDER);
        this.runner = new Runner(apps);
        this.command = new Command(Job.HOME, limit);
        this.limited = limit > 0;
        this.streams = streams;
        this.job = job;
        this.signals = signals;
    }

    @Override
    public int count() {
        return tasks.commands().size();
    }

    @Override
    public String noun() {
        return "task";
    }

    @Override
    public double cost(int item) {
        return 1;
    }

    @Override
    public Outcome run(int item, int attempt, Comm group) {
        String line = tasks.commands().get(item);
        // As every shell has them.
        if (line.equals("true") || line.equals(":")) {
            return Outcome.done(0, Map.of());
        }
        String name = "%06d".formatted(tasks.lines().get(item));
        Path out = folder.resolve(name + ".out");
        Path err = folder.resolve(name + ".err");
        Optional<List<String>> own = limited ? Optional.empty() : own(line);
        if (own.isEmpty()) {
            return command.run(line, out, err);
        }
        Inside inside = new Inside(job, group, signals, false, Optional.empty());
        return streams.apart(out, err, () -> runner.run(own.get(), inside, new HashMap<>()));
    }

    /** The words behind the program's name, if they ask for ranks of this program and for nothing else. */
    private Optional<List<String>> own(String line) {
        if (!line.startsWith(PROGRAM + " ")) {
            return Optional.empty();
        }
        return ShellWords.of(line).map(words -> words.subList(1, words.size())).filter(this::canRunInside);
    }

    private boolean canRunInside(List<String> words) {
        try {
            return apps.named(words.getFirst(), words) instanceof App app && Options.has(app, "--transport")
                    && !(app instanceof Sweep) && !(app instanceof Farm)
                    && words.stream().noneMatch(word -> word.startsWith("--ranks") || word.startsWith("--transport")
                            || word.startsWith("--profile") || word.startsWith("--lines"));
        } catch (InputException e) {
            return false;
        }
    }
}
