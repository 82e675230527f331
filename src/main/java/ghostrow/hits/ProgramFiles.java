package ghostrow.hits;

import ghostrow.data.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return roots.keySet().stream().flatMap(root -> names(root).stream())
                .filter(file -> file.endsWith(CLASS) && !file.contains("-"))
                .map(file -> file.substring(0, file.length() - CLASS.length()).replace('/', '.'))
                .filter(program::holds).distinct().sorted().toList();
    }

    private List<String> names(Path root) {
        return roots.get(root).map(jar -> jar.stream().<String>map(ZipEntry::getName).toList()).orElseGet(() -> {
            try (Stream<Path> files = Files.walk(root)) {
                return files.map(file -> root.relativize(file).toString()).toList();
            } catch (IOException e) {
                throw new InputException("cannot read the classes in " + root + ": " + e.getMessage(), e);
            }
        });
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
