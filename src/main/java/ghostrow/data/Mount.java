package ghostrow.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The file system that a path lies on, as the kernel mounted it.
 *
 * @param type    such as ext4, nfs4 or lustre; "unknown" where nobody says
 * @param options such as rw or nolock
 */
public record Mount(String type, Set<String> options) {
    /** Locks that another host does not see: asked for when the file system was mounted. */
    private static final Set<String> LOCAL_LOCKS = Set.of("nolock", "local_lock=all", "local_lock=posix", "localflock");

    public static Mount of(Path path) throws IOException {
        Path real = path.toRealPath();
        Path mounts = Path.of("/proc/self/mounts");
        return Files.isReadable(mounts) ? among(Files.readAllLines(mounts), real)
                : new Mount(Files.getFileStore(real).type(), Set.of());
    }

    /** @param lines as in /proc/self/mounts: device, where, type, options; a later one covers those before */
    static Mount among(List<String> lines, Path real) {
        Mount found = new Mount("unknown", Set.of());
        int depth = -1;
        for (String line : lines) {
            String[] words = line.split(" ");
            if (words.length < 4 || !words[1].startsWith("/")) {
                continue;
            }
            Path point = Path.of(words[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"));
            if (real.startsWith(point) && point.getNameCount() >= depth) {
                depth = point.getNameCount();
                found = new Mount(words[2], Set.copyOf(Arrays.asList(words[3].split(","))));
            }
        }
        return found;
    }

    /** Whether hosts that write into the same file each keep pages of it of their own. */
    public boolean isNfs() {
        return type.startsWith("nfs");
    }

    /** Whether a lock keeps other hosts out, if it can be had at all. */
    boolean locksReachOtherHosts() {
        return options.stream().noneMatch(LOCAL_LOCKS::contains);
    }
}
