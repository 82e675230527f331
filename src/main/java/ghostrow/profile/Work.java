package ghostrow.profile;

import ghostrow.data.Json;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the steps of a run did, by the kernel's own count.
 *
 * @param points    all that were stepped, once for each step
 * @param bytes     that a point moves if its old value is read and its new one written once a step
 * @param additions of a point
 * @param seconds   that the ranks spent stepping, on average
 */
public record Work(double points, int bytes, int additions, double seconds) {

    /** Loops that do one thing alone, as fast as a core can. */
    public interface Loops {
        /** Reads one half of the memory and writes the other. */
        void copy(MemorySegment memory);

        /** Adds so many times; returns how many doubles that were. */
        long add(long times, double[] result);
    }

    /** @param machine by the limits of the machine that rank 0 ran on */
    void save(Path file, Roofline machine) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("points", points);
        all.put("bytes", bytes);
        all.put("additions", additions);
        all.put("seconds", seconds);
        all.put("hosts", machine.hosts());
        all.put("bytesPerSecond", machine.bytesPerSecond());
        all.put("additionsPerSecond", machine.additionsPerSecond());
        Files.writeString(file, Json.write(all) + "\n");
    }

    /** What a run has left of this, as a sentence. */
    static Optional<String> sentence(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Map<?, ?> all = (Map<?, ?>) Json.read(Files.readString(file));
        Work work = new Work(number(all, "points"), (int) number(all, "bytes"), (int) number(all, "additions"),
                number(all, "seconds"));
        return Optional.of(new Roofline((int) number(all, "hosts"), number(all, "bytesPerSecond"),
                number(all, "additionsPerSecond")).sentence(work));
    }

    private static double number(Map<?, ?> all, String name) {
        return ((Number) all.get(name)).doubleValue();
    }
}
