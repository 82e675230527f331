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
        // A container's share of time may be less than its processors.
        return of(STATUS, PROCESSORS, Runtime.getRuntime().availableProcessors());
    }

    static Cores of(Path status, Path processors, int share) {
        try {
            BitSet mine = allowed(status);
            Set<String> siblings = new HashSet<>();
            for (int p = mine.nextSetBit(0); p >= 0; p = mine.nextSetBit(p + 1)) {
                siblings.add(Files.readString(processors.resolve("cpu" + p + "/topology/thread_siblings_list")));
            }
            BitSet online = list(Files.readString(processors.resolve("online")));
            return new Cores(Math.max(1, Math.min(siblings.size(), share)), mine.equals(online));
        } catch (IOException | NumberFormatException e) {
            return new Cores(share, false);
        }
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
