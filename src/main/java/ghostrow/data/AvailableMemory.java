package ghostrow.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The memory that this process and its neighbours may still take: what the kernel would give without swapping, and
 * no more than the limits of the control groups that they live in, as batch systems and containers set them. Where
 * nobody says, nothing is limited.
 */
public final class AvailableMemory {
    private final Path root;

    /** @param root of the file system, where proc and sys are mounted */
    AvailableMemory(Path root) {
        this.root = root;
    }

    /** In bytes. */
    public static long bytes() {
        return new AvailableMemory(Path.of("/")).find();
    }

    long find() {
        long available = entry(root.resolve("proc/meminfo"), "MemAvailable:");
        available = available == Long.MAX_VALUE ? available : available * 1024;
        for (String line : lines(root.resolve("proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                available = Math.min(available, within("sys/fs/cgroup", parts[2], "memory.max", "memory.current",
                        "inactive_file"));
            } else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
                available = Math.min(available, within("sys/fs/cgroup/memory", parts[2], "memory.limit_in_bytes",
                        "memory.usage_in_bytes", "total_inactive_file"));
            }
        }
        return available;
    }

    /** The tightest of a group and the groups around it. A container shows its own group as the outermost one. */
    private long within(String mount, String group, String limit, String usage, String reclaimable) {
        Path top = root.resolve(mount);
        long least = Long.MAX_VALUE;
        for (Path at = top.resolve(group.substring(Math.min(1, group.length()))); at != null && at.startsWith(top);
                at = at.getParent()) {
            long most = number(at.resolve(limit));
            long used = most == Long.MAX_VALUE ? most : number(at.resolve(usage));
            if (used != Long.MAX_VALUE) {
                // Pages of files that nobody has used for a while make way.
                long cached = entry(at.resolve("memory.stat"), reclaimable + " ");
                long taken = Math.max(0, used - (cached == Long.MAX_VALUE ? 0 : cached));
                least = Math.min(least, Math.max(0, most - taken));
            }
        }
        return least;
    }

    /** The number in a file; the largest there is where it holds none, such as "max". */
    private static long number(Path file) {
        return lines(file).stream().findFirst().map(AvailableMemory::parse).orElse(Long.MAX_VALUE);
    }

    private static long entry(Path file, String name) {
        return lines(file).stream().filter(line -> line.startsWith(name)).findFirst()
                .map(line -> parse(line.substring(name.length()).replace("kB", "").strip())).orElse(Long.MAX_VALUE);
    }

    private static long parse(String number) {
        // Version 1 has no word for "no limit", but a number of 19 digits.
        return number.matches("\\d{1,18}") ? Long.parseLong(number) : Long.MAX_VALUE;
    }

    private static List<String> lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
    }
}
