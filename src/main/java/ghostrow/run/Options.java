package ghostrow.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What an app takes on its command line: each argument and option with its help, its type, and where its value goes.
 * Defaults are the values that the app's fields have anyway.
 *
 * <p>Plain calls, not annotations: reading those, the JVM makes a proxy class for each kind of them, which takes
 * longer than all the rest of a small run.
 */
public final class Options {
    static {
        // It would look for the methods of all types of dates by reflection; nothing here takes any.
        System.setProperty("picocli.converters.excludes", "java\\..*");
    }

    private final CommandSpec spec;
    private final Optional<Inside> inside;

    private Options(App app, Optional<Inside> inside) {
        this.spec = CommandSpec.wrapWithoutInspection(app);
        this.inside = inside;
    }

    /** The command line of an app, or of a study, which is annotated since it runs for minutes. */
    public static CommandLine commandLine(Callable<Integer> app) {
        return commandLine(app, Optional.empty());
    }

    /** @param inside the job whose part the run is to be, if it is not to be a job of its own */
    public static CommandLine commandLine(Callable<Integer> app, Optional<Inside> inside) {
        CommandLine line = new CommandLine(app instanceof App plain ? declared(plain, inside) : app);
        line.registerConverter(Path.class, text -> Path.of(text));
        addHelp(line);
        line.getSubcommands().values().forEach(Options::addHelp);
        return line;
    }

    /** Whether an app knows an option. */
    public static boolean has(App app, String option) {
        return declared(app, Optional.empty()).findOption(option) != null;
    }

    private static CommandSpec declared(App app, Optional<Inside> inside) {
        Options options = new Options(app, inside);
        app.declare(options);
        return options.spec;
    }

    private static void addHelp(CommandLine line) {
        line.getCommandSpec().addOption(OptionSpec.builder("-h", "--help").usageHelp(true)
                .description("Show this help.").hasInitialValue(false).build());
    }

    /** The job whose part the run is to be, if it is not to be a job of its own. */
    Optional<Inside> inside() {
        return inside;
    }

    public void about(String description) {
        spec.usageMessage().description(description);
    }

    /** Lines below the help, behind an empty one. */
    public void footer(String... lines) {
        spec.usageMessage().footerHeading("%n").footer(lines);
    }

    /** The next argument, which must be there. */
    public <T> void takes(String label, Class<T> type, Consumer<T> target, String help) {
        add(argument(label).required(true).type(type), target, help);
    }

    /** The next argument, which may be left away. */
    public <T> void mayTake(String label, Class<T> type, Consumer<T> target, String help) {
        add(argument(label).arity("0..1").type(type), target, help);
    }

    /** Words that are no option of this app are arguments, and so is what follows them: they are another's. */
    public void passOn() {
        spec.parser().unmatchedOptionsArePositionalParams(true);
    }

    /** What follows the first argument is no option of this app, whatever it looks like. */
    public void endAtArgument() {
        spec.parser().stopAtPositional(true).expandAtFiles(false);
    }

    /** All arguments from here on. */
    public void takesMore(String label, Consumer<List<String>> target, String help) {
        add(argument(label).index(spec.positionalParameters().size() + "..*").arity("0..1")
                .type(List.class).auxiliaryTypes(String.class), target, help);
    }

    public <T> void option(String name, String label, Class<T> type, Consumer<T> target, String help) {
        add(OptionSpec.builder(name).paramLabel(label).type(type), target, help);
    }

    /** An option whose value, which an equals sign must bring, may be left away. */
    public void optionWithDefault(String name, String label, String value, Consumer<String> target, String help) {
        add(OptionSpec.builder(name).paramLabel(label).type(String.class).arity("0..1").fallbackValue(value)
                .preprocessor((words, spec, option, info) -> {
                    // What follows after a space is a word of its own.
                    if (!"=".equals(String.valueOf(info.get("separator")))) {
                        words.push(value);
                    }
                    return false;
                }), target, help);
    }

    /** An option that may be given again, each time with one more value. */
    public void repeatable(String name, String label, Consumer<List<String>> target, String help) {
        add(OptionSpec.builder(name).paramLabel(label).type(List.class).auxiliaryTypes(String.class), target, help);
    }

    /** An option without a value. */
    public void flag(String name, Consumer<Boolean> target, String help) {
        add(OptionSpec.builder(name).type(boolean.class), target, help);
    }

    private PositionalParamSpec.Builder argument(String label) {
        return PositionalParamSpec.builder().index(Integer.toString(spec.positionalParameters().size()))
                .paramLabel(label);
    }

    private void add(PositionalParamSpec.Builder argument, Consumer<?> target, String help) {
        Target<?> value = new Target<>(target);
        spec.addPositional(argument.description(help).hasInitialValue(false).getter(value).setter(value).build());
    }

    private void add(OptionSpec.Builder option, Consumer<?> target, String help) {
        Target<?> value = new Target<>(target);
        spec.addOption(option.description(help).hasInitialValue(false).getter(value).setter(value).build());
    }

    /** Passes a value on, and remembers it for picocli, which adds to lists. */
    private static final class Target<T> implements IGetter, ISetter {
        private final Consumer<T> target;
        private Object value;

        Target(Consumer<T> target) {
            this.target = target;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <V> V get() {
            return (V) value;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <V> V set(V next) {
            V before = (V) value;
            value = next;
            target.accept((T) next);
            return before;
        }
    }
}
