package ghostrow.study.scale;

import ghostrow.study.scale.predict.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The caches of a core as Linux names them. They give the model's working sets their names, and no figure. */
final class Caches {
    private static final Path HERE = Path.of("/sys/devices/system/cpu/cpu0/cache");

    private Caches() {
    }

    /** Of a shared cache, a core's even part; nothing where the system does not say. */
    static List<Level> levels() {
        return levels(HERE);
    }

    static List<Level> levels(Path folder) {
        List<Level> levels = new ArrayList<>();
        try (Stream<Path> caches = Files.list(folder)) {
            for (Path cache : caches.filter(path -> path.getFileName().toString().startsWith("index")).toList()) {
                if (!text(cache, "type").equals("Instruction")) {
                    levels.add(new Level("L" + text(cache, "level"),
                            bytes(text(cache, "size")) / cpus(text(cache, "shared_cpu_list"))));
                }
            }
        } catch (IOException | NumberFormatException e) {
            return List.of();
        }
        levels.sort(Comparator.comparing(Level::name));
        return levels;
    }

    private static String text(Path cache, String name) throws IOException {
        return Files.readString(cache.resolve(name)).strip();
    }

    private static long bytes(String size) {
        long number = Long.parseLong(size.replaceAll("\\D", ""));
        return size.endsWith("K") ? number << 10 : size.endsWith("M") ? number << 20 : number;
    }

    /** How many are in a list such as 0-3,8-11. */
    private static long cpus(String list) {
        long count = 0;
        for (String range : list.split(",")) {
            String[] ends = range.split("-");
            count += Long.parseLong(ends[ends.length - 1]) - Long.parseLong(ends[0]) + 1;
        }
        return count;
    }
}
