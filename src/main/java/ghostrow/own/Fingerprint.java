package ghostrow.own;

import ghostrow.run.Digest;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Of all that classes depend on: the sources, the class path, the JDK, and this build of Ghostrow. */
final class Fingerprint {
    private static final int DIGITS = 16;

    private final MessageDigest sha = Digest.sha256();

    private Fingerprint() {
    }

    static String of(Sources sources, List<Path> classPath) throws IOException {
        Fingerprint print = new Fingerprint();
        print.add(System.getProperty("java.vm.version"));
        for (Path file : sources.files()) {
            print.add(sources.shown(file) + " " + Files.size(file));
            print.sha.update(Files.readAllBytes(file));
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            print.add(state(Path.of(entry)));
        }
        for (Path entry : classPath) {
            print.add(entry + " " + state(entry));
        }
        return HexFormat.of().formatHex(print.sha.digest()).substring(0, DIGITS);
    }

    private void add(String text) {
        sha.update(text.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) '\n');
    }

    /** Changes when a jar does, or a file of a folder. */
    private static String state(Path entry) throws IOException {
        if (!Files.isDirectory(entry)) {
            return Files.exists(entry) ? Files.size(entry) + " " + Files.getLastModifiedTime(entry).toMillis() : "";
        }
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(entry)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                text.append(entry.relativize(file)).append(' ').append(state(file)).append('\n');
            }
        }
        return text.toString();
    }
}
