package ghostrow.study;

import ghostrow.comm.Mpirun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The caches of a core as Linux names them: where to measure, and what to call it. */
public final class Caches {
    private static final Path HERE = Path.of("/sys/devices/system/cpu/cpu0/cache");
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

    private Caches() {
    }

    /** From the innermost out; nothing where the system does not say. */
    public static List<Level> levels() {
        return levels(HERE);
    }

    /** The same; where the system does not say, by the sizes alone that the C library knows of the processor. */
    public static List<Level> sizes() throws IOException, InterruptedException {
        List<Level> levels = new ArrayList<>(levels());
        if (levels.isEmpty()) {
            for (String level : List.of("L1 LEVEL1_DCACHE_SIZE", "L2 LEVEL2_CACHE_SIZE", "L3 LEVEL3_CACHE_SIZE")) {
                String[] words = level.split(" ");
                asked(words[1]).ifPresent(bytes -> levels.add(new Level(words[0], bytes, 1)));
            }
        }
        return levels;
    }

    private static Optional<Long> asked(String name) throws IOException, InterruptedException {
        Optional<Path> getconf = Mpirun.onPath("getconf");
        if (getconf.isEmpty()) {
            return Optional.empty();
        }
        Ended ended = new Launch(List.of(getconf.get().toString(), name), LONGEST_ANSWER).errorsApart().run();
        return Optional.of(ended.out().strip()).filter(size -> size.matches("[1-9]\\d*")).map(Long::valueOf);
    }

    static List<Level> levels(Path folder) {
        List<Level> levels = new ArrayList<>();
        try (Stream<Path> caches = Files.list(folder)) {
            for (Path cache : caches.filter(path -> path.getFileName().toString().startsWith("index")).toList()) {
                if (!text(cache, "type").equals("Instruction")) {
                    levels.add(new Level("L" + text(cache, "level"),
                            bytes(text(cache, "size")),
                            cpus(text(cache, "shared_cpu_list"))));
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
    private static int cpus(String list) {
        int count = 0;
        for (String range : list.split(",")) {
            String[] ends = range.split("-");
            count += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
        }
        return count;
    }
}
