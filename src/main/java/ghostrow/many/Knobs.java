package ghostrow.many;

import ghostrow.data.InputException;
import ghostrow.formula.Names;
import ghostrow.run.Options;
import ghostrow.run.Swept;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** How the names that a sweep varies become words of the app's command line. */
final class Knobs {
    /** What a job has once for all its runs, and what a run among many cannot do. */
    private static final Set<String> OF_THE_JOB = Set.of("--ranks", "--transport", "--stall-limit", "--host", "--hostfile",
            "--bind-to", "--mpirun-options", "--json", "--out", "--force", "--restart", "--progress", "--log-every", "--explain",
            "--profile", "--lines", "--profile-dir", "--sampler", "--sort", "--top", "--help", "--set");
    private static final String SET = "--set";

    private final String app;
    private final List<String> fixed;
    private final List<Knob> knobs;
    private final List<String> last;

    /** Makes words of a value. */
    private sealed interface Knob {
        /** @param name with its dashes */
        record Option(String name) implements Knob {
        }

        record Parameter(String name) implements Knob {
        }

        /** @param place among the arguments, from 0 */
        record Argument(int place) implements Knob {
        }
    }

    private Knobs(String app, List<String> fixed, List<Knob> knobs, List<String> last) {
        this.app = app;
        this.fixed = fixed;
        this.knobs = knobs;
        this.last = last;
    }

    /**
     * Refuses names that the app does not know, and words that it would not take.
     *
     * @param fixed words that all cases have
     * @param names what is varied
     * @param files whether the cases leave their files
     */
    static Knobs of(Swept swept, String app, List<String> fixed, List<String> names, boolean files) {
        CommandLine line = Options.commandLine(swept);
        ParseResult given = parse(line, app, fixed);
        List<Knob> knobs = names.stream().map(name -> knob(line, swept, app, name, given)).toList();
        checkPlaces(line, app, knobs, given.matchedPositionals().size());
        List<String> last = swept.withoutFiles();
        boolean leaves = files || last.isEmpty() || given.hasMatchedOption(last.getFirst())
                || names.contains(last.getFirst().substring(2));
        return new Knobs(app, fixed, knobs, leaves ? List.of() : last);
    }

    /** Arguments that vary follow those that do not, without a gap. */
    private static void checkPlaces(CommandLine line, String app, List<Knob> knobs, int given) {
        int[] places = knobs.stream().filter(Knob.Argument.class::isInstance)
                .mapToInt(knob -> ((Knob.Argument) knob).place).sorted().toArray();
        for (int i = 0; i < places.length; i++) {
            if (places[i] != given + i) {
                throw new InputException("--vary " + label(line, places[i]) + ": " + app + " has " + given
                        + " fixed arguments, so the first to vary must be " + label(line, given));
            }
        }
    }

    private static ParseResult parse(CommandLine line, String app, List<String> fixed) {
        try {
            ParseResult given = line.parseArgs(fixed.toArray(String[]::new));
            for (String own : OF_THE_JOB) {
                if (!own.equals(SET) && given.hasMatchedOption(own)) {
                    throw new InputException(own + ": is not for a case of a sweep");
                }
            }
            return given;
        } catch (ParameterException e) {
            throw new InputException(app + ": " + e.getMessage());
        }
    }

    private static Knob knob(CommandLine line, Swept swept, String app, String name, ParseResult given) {
        String option = "--" + name;
        if (swept.parameters().contains(name)) {
            List<?> set = given.hasMatchedOption(SET) ? given.matchedOption(SET).stringValues() : List.of();
            if (set.stream().anyMatch(each -> each.toString().startsWith(name + "="))) {
                throw new InputException(name + ": is varied and set at the same time");
            }
            return new Knob.Parameter(name);
        }
        OptionSpec known = line.getCommandSpec().findOption(option);
        if (known != null && !OF_THE_JOB.contains(option)) {
            if (given.hasMatchedOption(option)) {
                throw new InputException(option + ": is varied and given at the same time");
            }
            if (known.arity().max() == 0) {
                throw new InputException("--vary " + name + ": " + option + " takes no value");
            }
            return new Knob.Option(option);
        }
        for (PositionalParamSpec argument : line.getCommandSpec().positionalParameters()) {
            if (argument.paramLabel().equalsIgnoreCase(name)) {
                return new Knob.Argument(argument.index().min());
            }
        }
        List<String> all = known(line, swept);
        throw new InputException("--vary " + name + ": " + app + " has no such parameter, option or argument; "
                + Names.nearest(name, all).map(near -> "did you mean " + near + "?").orElse("there are " + String.join(", ", all)));
    }

    private static List<String> known(CommandLine line, Swept swept) {
        Set<String> all = new LinkedHashSet<>(swept.parameters());
        line.getCommandSpec().options().stream().filter(option -> option.arity().max() > 0)
                .map(OptionSpec::longestName).filter(name -> !OF_THE_JOB.contains(name))
                .forEach(name -> all.add(name.substring(2)));
        line.getCommandSpec().positionalParameters().forEach(argument -> all.add(argument.paramLabel()));
        return List.copyOf(all);
    }

    private static String label(CommandLine line, int place) {
        return line.getCommandSpec().positionalParameters().stream().filter(each -> each.index().min() == place)
                .map(PositionalParamSpec::paramLabel).findFirst().orElse("another");
    }

    /** The words of a case, the app first. */
    List<String> words(List<String> values) {
        List<String> words = new ArrayList<>();
        words.add(app);
        words.addAll(fixed);
        Map<Integer, String> arguments = new TreeMap<>();
        for (int i = 0; i < values.size(); i++) {
            switch (knobs.get(i)) {
                case Knob.Option(String name) -> words.add(name + "=" + values.get(i));
                case Knob.Parameter(String name) -> words.addAll(List.of(SET, name + "=" + values.get(i)));
                case Knob.Argument(int place) -> arguments.put(place, values.get(i));
            }
        }
        words.addAll(arguments.values());
        words.addAll(last);
        return words;
    }
}
