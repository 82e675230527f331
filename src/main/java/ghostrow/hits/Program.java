package ghostrow.hits;

import ghostrow.data.InputException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes that belong to a program, and not to a library or the JDK.
 *
 * @param roots  jars and folders that hold them
 * @param prefix how the full names of its classes begin; empty for all that the roots hold
 * @param made   full names of classes that it makes while it runs, of which there are no files
 * @param ground packages that know none of the others: where nothing of them is wanted, they need not be loaded anew
 */
public record Program(List<Path> roots, String prefix, List<String> made, Set<String> ground) {
    /** Classes of this package stay what they are: they count, and whoever asks must find them. */
    private static final String OWN = Program.class.getPackageName();

    private static final String GHOSTROW = "ghostrow.";

    /** This one, of which a class is given. */
    public static Program ghostrow(Class<?> member) {
        URI root = URI.create(member.getProtectionDomain().getCodeSource().getLocation().toString());
        return new Program(List.of(Path.of(root)), GHOSTROW, List.of(GHOSTROW + "formula.Generated"),
                Stream.of("run", "comm", "comm.self", "comm.ffm", "data", "data.picture", "formula", "cc",
                        "trace", "profile", "profile.page")
                        .map(GHOSTROW::concat).collect(Collectors.toSet()));
    }

    /** Whether a class of this name is one of its. */
    boolean holds(String className) {
        return className.startsWith(prefix)
                && !(className.startsWith(OWN + ".") && className.indexOf('.', OWN.length() + 1) < 0);
    }

    /** Whether a class belongs to the packages that know none of the others. */
    boolean inGround(String className) {
        return ground.contains(className.substring(0, Math.max(0, className.lastIndexOf('.'))));
    }

    URL[] urls() {
        return roots.stream().map(Program::url).toArray(URL[]::new);
    }

    private static URL url(Path root) {
        try {
            return root.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new InputException("cannot name " + root + " as a URL", e);
        }
    }
}
