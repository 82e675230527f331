package ghostrow;

import ghostrow.app.Doctor;
import ghostrow.app.GpuLimits;
import ghostrow.app.Picture;
import ghostrow.app.ProfileCommand;
import ghostrow.app.array.MeanCommand;
import ghostrow.app.curve.AucCommand;
import ghostrow.app.curve.EvalCommand;
import ghostrow.app.curve.Expression;
import ghostrow.app.diffusion.DiffusionCommand;
import ghostrow.app.diffusion.JacobiCommand;
import ghostrow.app.mandelbrot.MandelbrotCommand;
import ghostrow.app.small.Counter;
import ghostrow.app.small.Fibonacci;
import ghostrow.app.small.Negate;
import ghostrow.app.small.PingPong;
import ghostrow.app.small.Ring;
import ghostrow.app.small.Slow;
import ghostrow.app.small.Sum;
import ghostrow.comm.CommException;
import ghostrow.comm.LauncherShell;
import ghostrow.comm.Stray;
import ghostrow.comm.World;
import ghostrow.data.InputException;
import ghostrow.formula.FormulaException;
import ghostrow.hits.HitLoader;
import ghostrow.hits.Program;
import ghostrow.hits.Wanted;
import ghostrow.many.Farm;
import ghostrow.many.Sweep;
import ghostrow.own.RunCommand;
import ghostrow.own.SourceErrors;
import ghostrow.run.App;
import ghostrow.run.Environment;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.ProfileOptions;
import ghostrow.study.CommBench;
import ghostrow.study.bench.Bench;
import ghostrow.study.ladder.Ladder;
import ghostrow.study.scale.Scale;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: hands the words behind {@code ghostrow APP} to the class of that name. */
public final class Ghostrow {
    private static final String OWN = "run";
    private static final List<String> APPS = List.of("diffusion", "jacobi", "mandelbrot", "auc", "eval", "mean", "expression",
            "ring", "pingpong", "fibonacci", "sum", "counter", "negate", "slow", "picture", "profile", "ladder", "scale", "doctor",
            "gpu-limits", "bench", "bench-comm", "sweep", "farm", OWN);
    private static final int BAD_USAGE = 2;
    private static final int CANNOT_RUN = 1;

    private Ghostrow() {
    }

    public static void main(String[] args) {
        int code = run(List.of(args));
        LauncherShell.ended(code);
        if (code != 0) {
            System.exit(code);
        }
    }

    static int run(List<String> words) {
        if (words.isEmpty()) {
            overview().usage(System.out);
            return BAD_USAGE;
        }
        return switch (words.getFirst()) {
            case "--help", "-h" -> {
                overview().usage(System.out);
                yield 0;
            }
            case "help" -> run(helpOf(words.subList(1, words.size())));
            case "--version", "-V" -> {
                System.out.println(version());
                yield 0;
            }
            case "completion" -> {
                System.out.print(AutoComplete.bash("ghostrow", overview()));
                yield 0;
            }
            default -> runApp(words);
        };
    }

    /** {@code help scale strong} asks for {@code scale strong --help}. */
    private static List<String> helpOf(List<String> words) {
        return Stream.concat(words.stream(), Stream.of("--help")).toList();
    }

    private static String version() {
        String version = Ghostrow.class.getPackage().getImplementationVersion();
        return "ghostrow " + (version == null ? "(not from its jar)" : version) + ", commit " + Environment.commit()
                + "\nJDK " + System.getProperty("java.vm.version") + ", " + System.getProperty("java.home");
    }

    private static int runApp(List<String> words) {
        Optional<String> lines = ProfileOptions.lines(words);
        // A program of the user's own counts its own lines, and has words that mean nothing here.
        if (lines.isPresent() && APPS.contains(words.getFirst()) && !words.getFirst().equals(OWN)
                && HitLoader.around(Ghostrow.class).isEmpty()) {
            return runCounted(words, lines.get());
        }
        Callable<Integer> app;
        try {
            app = named(words.getFirst(), words);
        } catch (InputException e) {
            return refuse(e.getMessage() + " (see ghostrow --help)");
        }
        if (app instanceof App plain) {
            plain.prepare();
        }
        CommandLine commandLine = Options.commandLine(app);
        commandLine.setCommandName("ghostrow " + words.getFirst());
        commandLine.setParameterExceptionHandler(Ghostrow::misused);
        commandLine.setExecutionExceptionHandler((failure, line, parsed) -> {
            if (failure instanceof SourceErrors) {
                return refuseAsIs(failure.getMessage());
            }
            if (failure instanceof InputException) {
                return refuse(failure.getMessage());
            }
            if (failure instanceof FormulaException formula) {
                return refuseAsIs(formula.rendering());
            }
            if (failure instanceof CommException) {
                // Said before there were any ranks: what the transport lacks.
                System.err.println("ghostrow: " + failure.getMessage());
                return CANNOT_RUN;
            }
            throw failure;
        });
        return commandLine.execute(words.subList(1, words.size()).toArray(String[]::new));
    }

    /** The same, with its classes loaded once more and counters in them. */
    private static int runCounted(List<String> words, String lines) {
        try {
            Program program = Program.ghostrow(Ghostrow.class);
            // Its classes are needed for as long as there is a thread of theirs.
            @SuppressWarnings("resource")
            HitLoader loader = new HitLoader(program, Wanted.of("--lines", lines, program));
            return (int) loader.run(Ghostrow.class.getName(), "run", words);
        } catch (InputException e) {
            return refuse(e.getMessage());
        }
    }

    private static Callable<Integer> named(String name, List<String> words) {
        Callable<Integer> app = app(name, words);
        if (app != null) {
            return app;
        }
        String nearest = nearest(new UnmatchedArgumentException(overview(), List.of(name)));
        throw new InputException("no app '" + name + "'"
                + (nearest.isEmpty() ? "; there are " + String.join(", ", APPS) : nearest));
    }

    /** One app alone is made, not a tree of all: what a run does not use it does not load. */
    private static Callable<Integer> app(String name, List<String> words) {
        return switch (name) {
            case "diffusion" -> new DiffusionCommand(words);
            case "jacobi" -> new JacobiCommand(words);
            case "mandelbrot" -> new MandelbrotCommand(words);
            case "auc" -> new AucCommand(words);
            case "eval" -> new EvalCommand(words);
            case "mean" -> new MeanCommand(words);
            case "expression" -> new Expression(words);
            case "picture" -> new Picture();
            case "profile" -> new ProfileCommand();
            case "ring" -> new Ring(words);
            case "pingpong" -> new PingPong(words);
            case "fibonacci" -> new Fibonacci(words);
            case "sum" -> new Sum(words);
            case "counter" -> new Counter(words);
            case "negate" -> new Negate(words);
            case "slow" -> new Slow(words);
            case OWN -> new RunCommand(words);
            case "doctor" -> new Doctor();
            case "gpu-limits" -> new GpuLimits();
            case "bench" -> new Bench(Job.HOME);
            case "bench-comm" -> new CommBench(Job.HOME);
            case "ladder" -> new Ladder(Job.HOME);
            case "scale" -> new Scale(Job.HOME);
            case "sweep" -> new Sweep(words, Ghostrow::named);
            case "farm" -> new Farm(words, Ghostrow::named);
            default -> null;
        };
    }

    private static CommandLine overview() {
        CommandSpec spec = CommandSpec.create().name("ghostrow");
        spec.usageMessage().customSynopsis("ghostrow APP [arguments] [options]")
                .description("The classic workloads of an HPC course, as one program of many ranks.")
                .commandListHeading("%nApps:%n").footer("", "ghostrow APP --help, or ghostrow help APP, tells what an APP takes.",
                        "ghostrow --version tells what this is, and ghostrow completion prints what a",
                        "shell needs to complete words: source <(ghostrow completion)");
        APPS.forEach(name -> spec.addSubcommand(name, Options.commandLine(app(name, List.of()))));
        return new CommandLine(spec);
    }

    private static int misused(ParameterException mistake, String[] words) {
        return refuse(mistake.getMessage()
                + (mistake instanceof UnmatchedArgumentException unmatched ? nearest(unmatched) : "") + " (see " + mistake.getCommandLine().getCommandSpec().qualifiedName() + " --help)");
    }

    private static String nearest(UnmatchedArgumentException unmatched) {
        List<String> near = unmatched.getSuggestions();
        return near.isEmpty() ? "" : "; did you mean " + near.getFirst() + "?";
    }

    /** All ranks were given the same words and refuse them alike; one of them says so. */
    private static int refuse(String why) {
        return refuseAsIs(why.replace('\n', ' '));
    }

    /** A formula is shown with a mark under the place. */
    private static int refuseAsIs(String why) {
        Map<String, String> env = System.getenv();
        int rank = World.around(env).map(World::rank).or(() -> Stray.in(env, false).map(Stray::rank)).orElse(0);
        if (rank == 0) {
            System.err.println("ghostrow: " + why);
        }
        return BAD_USAGE;
    }
}
