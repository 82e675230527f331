package ghostrow.hits;

import ghostrow.data.InputException;
import ghostrow.formula.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The methods to count in. The lambdas of a method belong to it.
 *
 * @param methods names by the full name of their class; no names for all of the class
 */
public record Wanted(Map<String, Set<String>> methods) {
    private static final int LISTED = 12;

    /** How users write what the class file calls differently. */
    private static final Map<String, String> WRITTEN = Map.of("<init>", "new", "<clinit>", "static");

    /**
     * Those that words name, with commas between them: {@code Class.method}, or {@code Class} for all methods of the
     * class and of those nested in it. A class goes by its full name or the end of it, a constructor by the name
     * {@code new}, and what sets up a class by {@code static}.
     *
     * @param option which the words were given to, for what is said of wrong ones
     */
    public static Wanted of(String option, String words, Program program) {
        try (ProgramFiles files = new ProgramFiles(program)) {
            List<String> classes = new ArrayList<>(files.classes());
            classes.addAll(program.made());
            Reading reading = new Reading(files, classes, program.made());
            Map<String, Set<String>> methods = new TreeMap<>();
            for (String word : words.split(",", -1)) {
                reading.read(option, word.strip())
                        .forEach((owner, names) -> methods.merge(owner, names, Wanted::together));
            }
            return new Wanted(methods);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> together(Set<String> some, Set<String> others) {
        Set<String> both = new TreeSet<>(some);
        both.addAll(others);
        return some.isEmpty() || others.isEmpty() ? Set.of() : both;
    }

    /** Which methods of a class; the compiler's own stand nowhere in its source, and count only by their names. */
    Predicate<MethodModel> in(String className) {
        Set<String> names = methods.get(className);
        return names == null ? method -> false : method -> {
            String name = written(method.methodName().stringValue());
            return names.isEmpty() ? ofSource(method) : names.contains(name)
                    || name.startsWith("lambda$") && names.contains(name.split("\\$")[1]);
        };
    }

    boolean touches(String className) {
        return methods.containsKey(className);
    }

    private static String written(String name) {
        return WRITTEN.getOrDefault(name, name);
    }

    private static boolean ofSource(MethodModel method) {
        return !method.flags().has(AccessFlag.SYNTHETIC) || method.methodName().stringValue().startsWith("lambda$");
    }

    /** @param classes all that the program has */
    private record Reading(ProgramFiles files, List<String> classes, List<String> made) {

        Map<String, Set<String>> read(String option, String word) {
            List<String> whole = named(word);
            if (!whole.isEmpty()) {
                return withNested(only(option, word, whole)).collect(Collectors.toMap(owner -> owner, o -> Set.of()));
            }
            int dot = word.lastIndexOf('.');
            List<String> owners = dot < 0 ? List.of() : named(word.substring(0, dot));
            if (owners.isEmpty()) {
                String owner = dot < 0 ? word : word.substring(0, dot);
                throw new InputException(option + " " + word + ": no class '" + owner + "'" + nearest(owner,
                        classes.stream().map(name -> name.replaceFirst(".*\\.", "").replace('$', '.')).toList())
                        + "; it takes Class.method, or Class");
            }
            String method = word.substring(dot + 1);
            List<String> having = owners.stream().filter(owner -> withNested(owner)
                    .anyMatch(each -> made.contains(each) || methodsOf(each).contains(method))).toList();
            if (having.isEmpty()) {
                throw noMethod(option, word, owners, method);
            }
            return withNested(only(option, word, having))
                    .filter(each -> made.contains(each) || methodsOf(each).contains(method))
                    .collect(Collectors.toMap(owner -> owner, o -> Set.of(method)));
        }

        private InputException noMethod(String option, String word, List<String> owners, String method) {
            List<String> there = owners.stream().flatMap(this::withNested).flatMap(owner -> methodsOf(owner).stream())
                    .filter(name -> !name.startsWith("lambda$")).distinct().sorted().toList();
            return new InputException(option + " " + word + ": " + owners.getFirst() + " has no method '" + method
                    + "' with code" + nearest(method, there) + (there.isEmpty() ? "" : "; there are "
                            + there.stream().limit(LISTED).collect(Collectors.joining(", "))
                            + (there.size() > LISTED ? ", ..." : "")));
        }

        private static String nearest(String word, List<String> known) {
            return Names.nearest(word, known).map(near -> "; did you mean " + near + "?").orElse("");
        }

        private List<String> named(String word) {
            String end = "." + word.replace('$', '.');
            List<String> named = new ArrayList<>();
            for (String name : classes) {
                if (("." + name.replace('$', '.')).endsWith(end)) {
                    named.add(name);
                }
            }
            return named;
        }

        private static String only(String option, String word, List<String> owners) {
            if (owners.size() > 1) {
                throw new InputException(option + " " + word + ": which of " + String.join(", ", owners) + "?");
            }
            return owners.getFirst();
        }

        private Stream<String> withNested(String owner) {
            return classes.stream().filter(name -> name.equals(owner) || name.startsWith(owner + "$"));
        }

        private Set<String> methodsOf(String owner) {
            return files.classFile(owner).map(bytes -> ClassFile.of().parse(bytes).methods().stream()
                    .filter(method -> method.code().isPresent())
                    .map(method -> written(method.methodName().stringValue()))
                    .collect(Collectors.toSet())).orElse(Set.of());
        }
    }
}
