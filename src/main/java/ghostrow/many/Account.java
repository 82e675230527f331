package ghostrow.many;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has become of all pieces of work, as the journal tells it. It can be brought up to date while others write. */
final class Account {
    private final Path folder;
    private final Entry[] latest;
    private final Map<Path, Long> read = new HashMap<>();
    private final Map<State, Integer> counts = new EnumMap<>(State.class);
    private final List<Entry> ended = new ArrayList<>();
    private int starts;

    /** @param items how many there are */
    Account(Path folder, int items) {
        this.folder = folder;
        this.latest = new Entry[items];
    }

    /** Reads what has been added. */
    Account refresh() throws IOException {
        for (Path part : Journal.parts(folder)) {
            read(part);
        }
        return this;
    }

    private void read(Path part) throws IOException {
        long from = read.getOrDefault(part, 0L);
        byte[] bytes;
        try (InputStream in = Files.newInputStream(part)) {
            in.skipNBytes(from);
            bytes = in.readAllBytes();
        }
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                Entry.parse(bytes, begin, i).ifPresent(this::add);
                begin = i + 1;
            }
        }
        // Half a line may be written at this moment.
        read.put(part, from + begin);
    }

    private void add(Entry entry) {
        starts = Math.max(starts, entry.start());
        if (entry.item() >= latest.length) {
            return;
        }
        if (entry.state() != State.running) {
            ended.add(entry);
        }
        Entry before = latest[entry.item()];
        if (before == null || entry.isNewerThan(before)) {
            latest[entry.item()] = entry;
            if (before != null) {
                counts.merge(before.state(), -1, Integer::sum);
            }
            counts.merge(entry.state(), 1, Integer::sum);
        }
    }

    int items() {
        return latest.length;
    }

    /** How often the job has been started. */
    int starts() {
        return starts;
    }

    int count(State state) {
        return counts.getOrDefault(state, 0);
    }

    /** Pieces that nobody need take up any more. */
    int over() {
        return count(State.done) + count(State.failed);
    }

    Optional<Entry> of(int item) {
        return Optional.ofNullable(latest[item]);
    }

    /** How often a piece has been begun. */
    int attempts(int item) {
        return latest[item] == null ? 0 : latest[item].attempt();
    }

    State state(int item) {
        return latest[item] == null ? null : latest[item].state();
    }

    /** What one start of the job has ended, in no order. */
    List<Entry> endedIn(int start) {
        return ended.stream().filter(entry -> entry.start() == start).toList();
    }
}
