package ghostrow.data;

import java.nio.file.Path;

/** An array in a file, as users write it: {@code FILE.h5:/group/name}. */
public record ArrayPath(Path file, String name) {

    public static ArrayPath of(String text) {
        int at = text.lastIndexOf(":/");
        if (at < 1 || at + 2 == text.length() || text.endsWith("/") || text.indexOf("//", at) >= 0) {
            throw new InputException(InputException.quote(text) + ": expected FILE:/PATH, such as data.h5:/a");
        }
        return new ArrayPath(Path.of(text.substring(0, at)), text.substring(at + 1));
    }

    @Override
    public String toString() {
        return file + ":" + name;
    }
}
