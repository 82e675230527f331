package ghostrow.comm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * The cores that this process may use. Two processors of one core count once: they share what computes.
 *
 * @param count how many
 * @param all   whether these are all that the machine has, so that nobody has chosen some of them for this process
 */
public record Cores(int count, boolean all) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path PROCESSORS = Path.of("/sys/devices/system/cpu");

    /** As many as there are processors, where the system does not tell. */
    public static Cores atHand() {
        return of(STATUS, PROCESSORS, Runtime.getRuntime().availableProcessors());
    }

    /** The numbers of this process's processors; empty where the system does not tell. */
    public static BitSet processors() {
        try {
            BitSet mine = allowed(STATUS);
            mine.and(list(Files.readString(PROCESSORS.resolve("online"))));
            return mine;
        } catch (IOException | NumberFormatException e) {
            return new BitSet();
        }
    }

    static Cores of(Path status, Path processors, int share) {
        try {
            BitSet online = list(Files.readString(processors.resolve("online")));
            BitSet mine = allowed(status);
            // Processors that may be plugged in later are allowed already.
            mine.and(online);
            Set<String> siblings = new HashSet<>();
            for (int p = mine.nextSetBit(0); p >= 0; p = mine.nextSetBit(p + 1)) {
                siblings.add(Files.readString(processors.resolve("cpu" + p + "/topology/thread_siblings_list")));
            }
            // A container's share of time is less than its processors, and others have theirs on the same ones.
            boolean all = mine.equals(online) && share >= mine.cardinality() && mayBind(status);
            return new Cores(Math.max(1, Math.min(siblings.size(), share)), all);
        } catch (IOException | NumberFormatException e) {
            return new Cores(share, false);
        }
    }

    /** Where system calls are filtered, as in most containers, to bind memory is refused, and mpirun complains of it. */
    private static boolean mayBind(Path status) throws IOException {
        return Files.readAllLines(status).stream().noneMatch(line -> line.matches("Seccomp:\\s*[12]"));
    }

    private static BitSet allowed(Path status) throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("Cpus_allowed_list:")) {
                return list(line.substring(line.indexOf(':') + 1));
            }
        }
        throw new IOException(status + " has no Cpus_allowed_list");
    }

    /** {@code 0-3,8}, as the system writes sets of processors. */
    private static BitSet list(String text) {
        BitSet processors = new BitSet();
        for (String part : text.strip().split(",")) {
            int dash = part.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
            processors.set(first, 1 + (dash < 0 ? first : Integer.parseInt(part.substring(dash + 1))));
        }
        return processors;
    }
}
