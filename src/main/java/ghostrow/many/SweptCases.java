package ghostrow.many;

import ghostrow.comm.Comm;
import ghostrow.run.App;
import ghostrow.run.Inside;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.StopSignals;
import ghostrow.run.Swept;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The cases of a sweep as work for a crew: each is a run of the app, with words of its own. */
final class SweptCases implements Bag {
    /** Where the cases have their folders. */
    static final String FOLDER = "cases";

    private final Cases cases;
    private final Knobs knobs;
    private final Estimate estimate;
    private final Path folder;
    private final boolean writes;
    private final boolean restarts;
    private final boolean files;
    private final Set<String> figures;
    private final Runner runner;
    private final Streams streams;
    private final Job job;
    private final StopSignals signals;

    /** @param files whether what the cases print is kept */
    SweptCases(Cases cases, Knobs knobs, Estimate estimate, Apps apps, Swept app, Path folder, boolean files,
            Streams streams, Job job, StopSignals signals) {
        this.cases = cases;
        this.knobs = knobs;
        this.estimate = estimate;
        this.folder = folder.resolve(FOLDER);
        this.writes = Options.has(app, "--out");
        this.restarts = Options.has(app, "--restart");
        this.files = files;
        this.figures = new HashSet<>(Figures.found(List.of(), app.figures()));
        this.runner = new Runner(apps);
        this.streams = streams;
        this.job = job;
        this.signals = signals;
    }

    @Override
    public int count() {
        return cases.count();
    }

    @Override
    public String noun() {
        return "case";
    }

    @Override
    public double cost(int item) {
        return estimate.seconds(knobs.words(cases.of().apply(item)));
    }

    @Override
    public Outcome run(int item, int attempt, Comm group) {
        List<String> words = new ArrayList<>(knobs.words(cases.of().apply(item)));
        Path own = folder.resolve("%06d".formatted(item + 1));
        if (writes) {
            words.addAll(List.of("--out", own.toString()));
            if (attempt > 1) {
                words.add(restarts ? "--restart" : "--force");
            }
        }
        Map<String, Object> found = new LinkedHashMap<>();
        Inside inside = new Inside(job, group, signals, true, Optional.of(record -> record.forEach((name, value) -> {
            if (figures.contains(name)) {
                found.put(name, value);
            }
        })));
        boolean keeps = files && group.rank() == 0;
        Outcome outcome = streams.apart(keeps ? own.resolve("out.txt") : null, keeps ? own.resolve("err.txt") : null,
                () -> runner.run(words, inside, found));
        if (writes && group.rank() == 0) {
            removeEmpty(own);
        }
        return outcome;
    }

    private static void removeEmpty(Path folder) {
        try {
            if (Files.exists(folder)) {
                Files.delete(folder);
            }
        } catch (DirectoryNotEmptyException e) {
            // It holds something.
        } catch (IOException e) {
            System.err.println("ghostrow: " + folder + " cannot be removed: " + e.getMessage());
        }
    }
}
