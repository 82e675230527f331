package ghostrow.hits;

import ghostrow.data.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What the jars and folders of a program hold. */
final class ProgramFiles implements AutoCloseable {
    private static final String CLASS = ".class";

    private final Program program;

    /** Each jar, opened once; nothing for a folder. */
    private final Map<Path, Optional<ZipFile>> roots = new LinkedHashMap<>();

    ProgramFiles(Program program) {
        this.program = program;
        for (Path root : program.roots()) {
            try {
                roots.put(root, Files.isDirectory(root) ? Optional.empty() : Optional.of(new ZipFile(root.toFile())));
            } catch (IOException e) {
                throw new InputException("cannot read the classes in " + root + ": " + e.getMessage(), e);
            }
        }
    }

    /** The full names of the classes, nested ones as {@code Outer$Nested}. */
    List<String> classes() {
        Set<String> classes = new TreeSet<>();
        roots.forEach((root, jar) -> {
            for (String file : jar.isPresent() ? names(jar.get()) : names(root)) {
                if (file.endsWith(CLASS) && file.indexOf('-') < 0) {
                    String name = file.substring(0, file.length() - CLASS.length()).replace('/', '.');
                    if (program.holds(name)) {
                        classes.add(name);
                    }
                }
            }
        });
        return List.copyOf(classes);
    }

    private static List<String> names(ZipFile jar) {
        List<String> names = new ArrayList<>();
        for (Enumeration<? extends ZipEntry> entries = jar.entries(); entries.hasMoreElements();) {
            names.add(entries.nextElement().getName());
        }
        return names;
    }

    private static List<String> names(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString()).toList();
        } catch (IOException e) {
            throw new InputException("cannot read the classes in " + root + ": " + e.getMessage(), e);
        }
    }

    Optional<byte[]> classFile(String className) {
        return read(className.replace('.', '/') + CLASS);
    }

    Optional<byte[]> read(String name) {
        try {
            for (Map.Entry<Path, Optional<ZipFile>> root : roots.entrySet()) {
                Path file = root.getKey().resolve(name);
                ZipEntry entry = root.getValue().map(jar -> jar.getEntry(name)).orElse(null);
                if (entry != null) {
                    try (InputStream in = root.getValue().orElseThrow().getInputStream(entry)) {
                        return Optional.of(in.readAllBytes());
                    }
                }
                if (root.getValue().isEmpty() && Files.isRegularFile(file)) {
                    return Optional.of(Files.readAllBytes(file));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Optional<ZipFile> jar : roots.values()) {
            if (jar.isPresent()) {
                jar.get().close();
            }
        }
    }
}
