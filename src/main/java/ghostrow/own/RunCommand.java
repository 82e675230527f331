package ghostrow.own;

import ghostrow.comm.Comm;
import ghostrow.data.InputException;
import ghostrow.hits.HitLoader;
import ghostrow.hits.Program;
import ghostrow.hits.Wanted;
import ghostrow.run.App;
import ghostrow.run.Closing;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.Phases;
import ghostrow.run.Phases.Phase;
import ghostrow.run.RecordOptions;
import ghostrow.run.SpmdOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code ghostrow run}: a program of the user's own, on every rank. */
public final class RunCommand implements App {
    private static final String RANKS = "--ranks";

    private Path file;
    private List<String> own = List.of();
    private List<Path> classPath = List.of();
    private boolean summary;
    private final SpmdOptions spmd = new SpmdOptions();
    private final RecordOptions record = new RecordOptions();

    private final List<String> words;

    public RunCommand(List<String> words) {
        this.words = words;
    }

    @Override
    public void declare(Options options) {
        options.about("Compiles a program of your own and runs it on every rank.");
        options.footer("Enough is a file with this and nothing else, or a folder with such a Main.java:",
                "",
                "  void rank(Comm comm, String... words) {",
                "      IO.println(\"rank \" + comm.rank() + \" of \" + comm.size());",
                "  }",
                "",
                "An ordinary class, named after its file, takes a static rank as well.",
                "What was compiled is kept: in $XDG_CACHE_HOME/ghostrow, or in ~/.cache/ghostrow.");
        options.takes("FILE|FOLDER", Path.class, value -> file = value,
                "FILE.java, or a folder with a Main.java and whatever else it needs.");
        options.takesMore("WORDS", values -> own = values,
                "The program's own words: all that stands behind the file, options among them.");
        options.endAtArgument();
        options.option("--classpath", "PATH", String.class, value -> classPath = Stream.of(value.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty()).map(Path::of).map(Path::toAbsolutePath).toList(),
                "More jars, and folders of classes, with '" + File.pathSeparator + "' between them.");
        options.flag("--summary", on -> summary = on, "Say at the end how long it took, and on how many ranks.");
        spmd.declare(options);
        record.declareFile(options);
    }

    @Override
    public Integer call() throws IOException {
        Job job = Job.of(spmd, words.subList(0, words.size() - own.size())).handingOn(own);
        job.checkOnce(record::check);
        RankMethod[] program = new RankMethod[1];
        job.checkEverywhere(() -> program[0] = program(job));
        job.run(comm -> run(comm, job, program[0]));
        return 0;
    }

    /** Compiles it, unless that has been done before. */
    private RankMethod program(Job job) {
        Sources sources = Sources.of(file);
        job.sourcesIn(sources.root());
        classPath.stream().filter(entry -> !Files.exists(entry)).findFirst().ifPresent(missing -> {
            throw new InputException("--classpath: there is no " + missing);
        });
        Compiled compiled = Compiled.of(sources, classPath, System.getenv());
        List<Path> all = Stream.concat(Stream.of(compiled.folder()), classPath.stream()).toList();
        Optional<HitLoader> counting = spmd.lines().map(lines -> {
            Program counted = new Program(all, "", List.of(), Set.of());
            return new HitLoader(counted, Wanted.of("--lines", lines, counted));
        });
        // Whoever records the run finds the counters by the thread, and ranks that are threads inherit its loader.
        counting.ifPresent(Thread.currentThread()::setContextClassLoader);
        return new RankMethod(compiled.main(), all, counting, own);
    }

    private void run(Comm comm, Job job, RankMethod program) throws Exception {
        if (comm.rank() == 0 && spmd.ranks == null && comm.size() == 1 && own.contains(RANKS)) {
            System.err.println("ghostrow: one rank, for words behind " + file.getFileName() + " are its own; " + RANKS
                    + " goes before it");
        }
        Phases phases = new Phases(comm);
        phases.begin(comm, Phase.STEP);
        program.run(comm);
        phases.enter(Phase.CLOSING);
        if (summary || record.isWanted()) {
            Closing closing = new Closing("run", comm, job, 1, "own", 0, phases, record);
            if (comm.rank() == 0) {
                if (summary) {
                    closing.ranksLine().timesLine().print();
                }
                closing.with("program", file.toString()).with("imbalance", closing.times().imbalance()).write();
            }
        }
    }
}
