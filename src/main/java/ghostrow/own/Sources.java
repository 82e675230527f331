package ghostrow.own;

import ghostrow.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is to be compiled: one file, or all files of a folder, whose {@code Main.java} is what ranks begin with.
 *
 * @param root  the folder that the names of the files are shown from
 * @param main  the file that ranks begin with
 * @param files all of them, in an order that is always the same
 */
record Sources(Path root, Path main, List<Path> files) {
    static final String SUFFIX = ".java";
    private static final String MAIN = "Main" + SUFFIX;

    static Sources of(Path given) {
        if (Files.isDirectory(given)) {
            return ofFolder(given);
        }
        if (!Files.exists(given)) {
            throw new InputException(given + ": no such file or folder; expected a FILE.java, or a folder with a " + MAIN);
        }
        if (!given.getFileName().toString().endsWith(SUFFIX)) {
            throw new InputException(given + ": is no Java source; expected a FILE.java, or a folder with a " + MAIN);
        }
        Path file = given.toAbsolutePath();
        return new Sources(file.getParent(), file, List.of(file));
    }

    private static Sources ofFolder(Path given) {
        Path root = given.toAbsolutePath().normalize();
        Path main = root.resolve(MAIN);
        if (!Files.isRegularFile(main)) {
            throw new InputException(given + ": has no " + MAIN + ", with which its ranks could begin");
        }
        try (Stream<Path> all = Files.walk(root)) {
            return new Sources(root, main, all.filter(file -> file.toString().endsWith(SUFFIX))
                    .filter(Files::isRegularFile).sorted().toList());
        } catch (IOException e) {
            throw new InputException(given + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /** What the class is called that ranks begin with, as far as the file's name tells. */
    String name() {
        String file = main.getFileName().toString();
        return file.substring(0, file.length() - SUFFIX.length());
    }

    /** What people call a file. */
    String shown(Path file) {
        return root.relativize(file).toString();
    }
}
