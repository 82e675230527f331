package ghostrow.profile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The program's sources, which its jar has beside its classes. */
final class Sources {
    private Sources() {
    }

    /** Where a class comes from; empty where that is not known. */
    static String file(String type) {
        String path = type.replace('.', '/') + ".java";
        return Sources.class.getResource("/sources/" + path) == null ? "" : path;
    }

    /** Empty where it is not known. */
    static String line(String type, int number) {
        String file = file(type);
        if (file.isEmpty()) {
            return "";
        }
        try (InputStream in = Sources.class.getResourceAsStream("/sources/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(Math.max(0, number - 1L)).findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
