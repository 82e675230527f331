package ghostrow.data;

import java.nio.file.Path;
import java.util.Map;

/** Where what was made once for this user is kept: {@code $XDG_CACHE_HOME/ghostrow}, or {@code ~/.cache/ghostrow}. */
public final class UserCache {
    private UserCache() {
    }

    public static Path folder(Map<String, String> environment) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        return (cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache)).resolve("ghostrow");
    }
}
