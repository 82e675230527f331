package ghostrow.hits;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands on the lines of classes: from folders of sources, or as they travel in the jar beside the classes. */
public final class SourceText {
    private static final String IN_JAR = "sources/";

    private final List<Path> folders;
    private final Map<String, Optional<List<String>>> read = new HashMap<>();

    /** @param folders that hold sources by their packages, before those in the jar */
    public SourceText(List<Path> folders) {
        this.folders = folders;
    }

    /**
     * The lines of the file that a class was made of.
     *
     * @param owner      full name of the class
     * @param sourceFile as its class file says, without a folder; where it is empty, the file of the outermost class
     */
    public Optional<List<String>> lines(String owner, String sourceFile) {
        int dollar = owner.indexOf('$');
        String outermost = (dollar < 0 ? owner : owner.substring(0, dollar)).replace('.', '/');
        String file = sourceFile.isEmpty() ? outermost + ".java"
                : outermost.substring(0, outermost.lastIndexOf('/') + 1) + sourceFile;
        return read.computeIfAbsent(file, this::find);
    }

    /** A line by its number, which begins at 1; empty where nobody knows. */
    public String line(String owner, String sourceFile, int number) {
        return lines(owner, sourceFile).filter(lines -> number >= 1 && number <= lines.size())
                .map(lines -> lines.get(number - 1)).orElse("");
    }

    private Optional<List<String>> find(String name) {
        try {
            for (Path folder : folders) {
                if (Files.isRegularFile(folder.resolve(name))) {
                    return Optional.of(text(Files.readAllBytes(folder.resolve(name))));
                }
            }
            try (InputStream packed = SourceText.class.getClassLoader().getResourceAsStream(IN_JAR + name)) {
                return packed == null ? Optional.empty() : Optional.of(text(packed.readAllBytes()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }
}
