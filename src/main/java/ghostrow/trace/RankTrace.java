package ghostrow.trace;

import ghostrow.comm.CommCall;
import ghostrow.comm.EventLog;
import ghostrow.comm.Ledger.Costs;
import ghostrow.data.InputException;
import ghostrow.data.Json;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.foreign.ValueLayout.OfLong;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a rank has left, to be read. Times are nanoseconds by rank 0's clock; events are mapped, not loaded, so that many
 * ranks need no memory to speak of.
 */
public final class RankTrace {
    static final int FORMAT = 1;
    private static final OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int BYTES = EventLog.WORDS * Long.BYTES;

    private final Path file;
    private final Map<?, ?> description;
    private final MemorySegment events;
    private final long total;
    private final long capacity;
    private final long first;

    private RankTrace(Path file, Map<?, ?> description, MemorySegment events) {
        this.file = file;
        this.description = description;
        this.events = events;
        this.total = number("events");
        this.capacity = number("capacity");
        this.first = firstWhole();
    }

    /**
     * Those that are there, in the order of their ranks.
     *
     * @param folder DIR/profile, or DIR
     * @param arena  how long they can be read
     */
    public static List<RankTrace> all(Path folder, Arena arena) throws IOException {
        Path ranks = ranks(folder);
        List<RankTrace> traces = new ArrayList<>();
        try (Stream<Path> files = Files.list(ranks)) {
            for (Path file : files.filter(each -> each.getFileName().toString().matches("rank-\\d+\\.json")).toList()) {
                traces.add(read(file, arena));
            }
        }
        if (traces.isEmpty()) {
            throw new InputException(ranks + " holds no rank's profile: make one with --profile");
        }
        traces.sort((one, other) -> Integer.compare(one.rank(), other.rank()));
        return traces;
    }

    /** The folder that ranks write to, of a folder of results or of a profile. */
    private static Path ranks(Path folder) {
        for (Path each : List.of(folder.resolve("profile").resolve(Wish.RANKS), folder.resolve(Wish.RANKS))) {
            if (Files.isDirectory(each)) {
                return each;
            }
        }
        throw new InputException(folder + (Files.isDirectory(folder) ? " holds no profile: make one with --profile --out "
                + folder : ": no such folder"));
    }

    private static RankTrace read(Path file, Arena arena) throws IOException {
        Map<?, ?> description = description(file);
        if (((Number) description.get("format")).intValue() != FORMAT) {
            throw new InputException(file + " was written by another version of ghostrow; profile the run anew");
        }
        Path events = file.resolveSibling(file.getFileName().toString().replace(".json", ".events"));
        MemorySegment words = map(events, arena);
        long kept = Math.min(((Number) description.get("events")).longValue(),
                ((Number) description.get("capacity")).longValue());
        if (words.byteSize() < kept * BYTES) {
            throw new InputException(events + " is cut off; without it and " + file.getFileName()
                    + " the other ranks' profiles can be read");
        }
        return new RankTrace(file, description, words);
    }

    private static Map<?, ?> description(Path file) throws IOException {
        try {
            Map<?, ?> description = (Map<?, ?>) Json.read(Files.readString(file));
            if (description.get("format") instanceof Number && description.containsKey("memoryHeap")) {
                return description;
            }
        } catch (InputException | ClassCastException e) {
            // Said below, with the name of the file.
        }
        throw new InputException(file + " is damaged; without it the other ranks' profiles can be read");
    }

    private static MemorySegment map(Path file, Arena arena) throws IOException {
        if (!Files.exists(file)) {
            return MemorySegment.NULL;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    /** A rank that was killed while it saved may have overwritten the oldest with some that are not counted yet. */
    private long firstWhole() {
        long at = Math.max(0, total - capacity);
        while (at < total - 1 && word(at, 1) > word(total - 1, 1)) {
            at++;
        }
        return at;
    }

    // --- who and when ------------------------------------------------------------------------------------------

    public int rank() {
        return (int) number("rank");
    }

    /** How many there were. */
    public int ranks() {
        return (int) number("ranks");
    }

    /** The first rank of its process. */
    public int process() {
        return (int) number("process");
    }

    public Path recording() {
        return file.resolveSibling("process-" + process() + ".jfr");
    }

    public String text(String name) {
        return String.valueOf(description.get(name));
    }

    /** None where nothing was said. */
    public List<String> texts(String name) {
        return description.get(name) instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
    }

    public long number(String name) {
        return ((Number) description.get(name)).longValue();
    }

    public double real(String name) {
        return ((Number) description.get(name)).doubleValue();
    }

    public boolean is(String name) {
        return Boolean.TRUE.equals(description.get(name));
    }

    /** The rank's time of a moment, in rank 0's: between the two looks at the clocks, along the line through them. */
    public long time(long own) {
        List<?> start = (List<?>) description.get("clockStart");
        List<?> end = (List<?>) description.get("clockEnd");
        if (start == null || sharesClock()) {
            return own;
        }
        long offset = at(start, 1);
        if (end != null && at(end, 0) > at(start, 0)) {
            double share = (double) (own - at(start, 0)) / (at(end, 0) - at(start, 0));
            offset += Math.round(share * (at(end, 1) - at(start, 1)));
        }
        return own + offset;
    }

    /** Whether it reads the same clock as rank 0, on the same machine. */
    public boolean sharesClock() {
        return is("sharesClock");
    }

    /** Seconds that its clock may be off, as far as is known. */
    public double clockError() {
        return sharesClock() ? 0 : roundTrip();
    }

    /** Seconds of half the shortest round trip to rank 0, when the run began or when it ended. */
    public double roundTrip() {
        List<?> start = (List<?>) description.get("clockStart");
        List<?> end = (List<?>) description.get("clockEnd");
        return Math.max(start == null ? 0 : at(start, 2), end == null ? 0 : at(end, 2)) / 1e9;
    }

    private static long at(List<?> words, int index) {
        return ((Number) words.get(index)).longValue();
    }

    /** The wall clock's time of a moment of a recording, by rank 0's monotonic one. */
    public long timeOfEpoch(long epochNanos) {
        return time(epochNanos - number("epochNanos") + number("monotonicNanos"));
    }

    /** From its first step; for a program without steps, from its beginning. */
    public long from() {
        return time(number("firstStep") == 0 ? number("began") : number("firstStep"));
    }

    /** To its last step, or to when it was last heard of. */
    public long to() {
        return time(number("lastStep") == 0 ? number("saved") : number("lastStep"));
    }

    public double seconds() {
        return (to() - from()) / 1e9;
    }

    // --- what it did ---------------------------------------------------------------------------------------------

    public Map<CommCall, Costs> calls() {
        Map<CommCall, Costs> calls = new EnumMap<>(CommCall.class);
        ((Map<?, ?>) description.get("calls")).forEach((name, words) -> {
            List<?> costs = (List<?>) words;
            calls.put(CommCall.valueOf((String) name), new Costs(at(costs, 0), at(costs, 1),
                    ((Number) costs.get(2)).doubleValue(), ((Number) costs.get(3)).doubleValue()));
        });
        return calls;
    }

    /** How often each line was reached, by class and line; nothing where nobody counted. */
    public Map<String, Map<Integer, Long>> hits() {
        Map<String, Map<Integer, Long>> hits = new TreeMap<>();
        ((Map<?, ?>) description.get("hits")).forEach((type, flat) -> {
            List<?> words = (List<?>) flat;
            Map<Integer, Long> lines = hits.computeIfAbsent((String) type, _ -> new TreeMap<>());
            for (int i = 0; i < words.size(); i += 2) {
                lines.put((int) at(words, i), at(words, i + 1));
            }
        });
        return hits;
    }

    /** How often methods were entered, where that was counted. */
    public Map<String, Long> entries() {
        Map<String, Long> entries = new TreeMap<>();
        ((Map<?, ?>) description.get("entries")).forEach((method, count) -> entries.put((String) method,
                ((Number) count).longValue()));
        return entries;
    }

    /** By rank; shorter than there are ranks where it sent nothing to the last. */
    public long[] longs(String name) {
        return ((List<?>) description.get(name)).stream().mapToLong(value -> ((Number) value).longValue()).toArray();
    }

    /** Events that were overwritten. */
    public long dropped() {
        return first;
    }

    public long firstEvent() {
        return first;
    }

    public long lastEvent() {
        return total;
    }

    private long word(long event, int word) {
        return events.get(LONG, event % capacity * BYTES + (long) word * Long.BYTES);
    }

    public long began(long event) {
        return time(word(event, 0));
    }

    public long ended(long event) {
        return time(word(event, 1));
    }

    public long bytes(long event) {
        return word(event, 2);
    }

    public long about(long event) {
        return word(event, 3);
    }

    /** The group and, within it, the number of a message on its way, or of a collective call. */
    public long numbered(long event) {
        return word(event, 4);
    }
}
