package ghostrow.trace;

import ghostrow.comm.Comm;
import ghostrow.comm.CommCall;
import ghostrow.comm.EventLog;
import ghostrow.comm.Ledger;
import ghostrow.data.Json;
import ghostrow.data.WholeFile;
import ghostrow.hits.HitLoader;
import ghostrow.hits.Hits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records one rank: what its log of calls and phases has is saved now and then, and all of it in the end. The events are
 * written before the description that counts them, which is replaced as a whole.
 */
public final class RankRecorder implements AutoCloseable {
    private final ProcessRecorder process;
    private final Comm comm;
    private final EventLog log;
    private final Ledger ledger;
    private final Map<String, Object> about;
    private final Path json;
    private final Path events;
    private final long epochNanos;
    private final long monotonicNanos;
    private final long began = System.nanoTime();
    private final Optional<HitLoader> counting = HitLoader.current();
    private boolean sharesClock;
    private ClockFit start;
    private ClockFit end;
    private long saved;
    private boolean complains;
    private boolean complete;

    RankRecorder(ProcessRecorder process, Comm comm, Ledger ledger, Map<String, Object> about) {
        this.process = process;
        this.comm = comm;
        this.ledger = ledger;
        this.log = ledger.events().orElseThrow();
        this.about = about;
        this.json = process.folder().resolve("rank-" + comm.rank() + ".json");
        this.events = process.folder().resolve("rank-" + comm.rank() + ".events");
        Instant now = Instant.now();
        this.monotonicNanos = System.nanoTime();
        this.epochNanos = now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }

    void compareClocks() {
        sharesClock = ClockFit.isShared(comm);
        start = ClockFit.of(comm);
    }

    /** The run has ended well. Collective. */
    public void complete() throws IOException {
        end = ClockFit.of(comm);
        complete = true;
        process.end();
        save(true);
        comm.barrier();
    }

    /** Whatever became of the run; of one that has failed, all that is known is saved, and nobody waited for. */
    @Override
    public void close() {
        if (!complete) {
            process.abandon();
        }
    }

    /**
     * Says what goes wrong once: the run is worth more than its profile.
     *
     * @param all also what has been counted by line, of which threads that are in a loop tell only when they leave it
     */
    synchronized void save(boolean all) {
        try {
            long total = log.total();
            saveEvents(Math.max(saved, total - log.capacity()), total);
            WholeFile.write(json, Json.write(description(total, all)) + "\n");
            saved = total;
        } catch (IOException e) {
            if (!complains) {
                System.err.println("ghostrow: rank " + comm.rank() + ": its profile cannot be saved: " + e.getMessage());
            }
            complains = true;
        }
    }

    private void saveEvents(long from, long to) throws IOException {
        try (FileChannel file = FileChannel.open(events, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            int capacity = log.capacity();
            for (long at = from; at < to;) {
                long until = Math.min(to, at + capacity - at % capacity);
                long[] words = log.copy(at, until);
                ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asLongBuffer().put(words);
                long position = at % capacity * EventLog.WORDS * Long.BYTES;
                while (bytes.hasRemaining()) {
                    position += file.write(bytes, position);
                }
                at = until;
            }
        }
    }

    private Map<String, Object> description(long total, boolean counts) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("format", RankTrace.FORMAT);
        all.put("rank", comm.rank());
        all.put("ranks", comm.size());
        all.put("process", process.firstRank());
        all.put("host", comm.processorName());
        all.put("library", comm.library());
        all.putAll(about);
        all.put("complete", complete);
        all.put("sampler", process.sampler().name());
        all.put("period", process.sampler().period());
        all.put("seesAllocation", process.sampler().seesAllocation());
        all.put("recorderSeconds", process.startSeconds());
        all.put("epochNanos", epochNanos);
        all.put("monotonicNanos", monotonicNanos);
        all.put("sharesClock", sharesClock);
        all.put("clockStart", words(start));
        all.put("clockEnd", words(end));
        all.put("began", began);
        all.put("firstStep", ledger.firstStep());
        all.put("lastStep", ledger.lastStep());
        all.put("saved", System.nanoTime());
        all.put("hits", counts ? hits() : Map.of());
        all.put("entries", counts ? entries() : Map.of());
        all.put("events", total);
        all.put("capacity", log.capacity());
        all.put("calls", calls());
        all.put("sentMessages", log.sentMessages());
        all.put("sentBytes", log.sentBytes());
        all.put("memoryAt", process.memory().at());
        all.put("memoryResident", process.memory().resident());
        all.put("memoryHeap", process.memory().heap());
        return all;
    }

    private static List<Long> words(ClockFit fit) {
        return fit == null ? null : List.of(fit.at(), fit.offset(), fit.error());
    }

    /** Of the threads that work for this rank; what warms up beforehand is no part of the run. */
    private Hits counted() {
        return counting.map(HitLoader::hits).orElse(new Hits(List.of())).of(process.hasOneRank()
                ? thread -> !thread.name().equals("warm-up") : thread -> thread.group().equals("rank " + comm.rank()));
    }

    /** By class, line and count in turn. */
    private Map<String, Object> hits() {
        Map<String, Object> hits = new LinkedHashMap<>();
        counted().byLine().forEach((type, lines) -> {
            List<Long> flat = new ArrayList<>();
            lines.forEach((line, count) -> flat.addAll(List.of((long) line, count)));
            hits.put(type, flat);
        });
        return hits;
    }

    private Map<String, Object> entries() {
        Map<String, Object> entries = new LinkedHashMap<>();
        counted().methods().forEach(method -> entries.merge(method.owner() + "." + method.name(), method.entries(),
                (one, other) -> (Long) one + (Long) other));
        return entries;
    }

    private Map<String, Object> calls() {
        Map<String, Object> calls = new LinkedHashMap<>();
        Ledger.Costs[] costs = ledger.ofTheRun();
        for (int kind = 0; kind < costs.length; kind++) {
            if (costs[kind].calls() > 0) {
                calls.put(CommCall.of(kind).name(), List.of(costs[kind].calls(), costs[kind].bytes(),
                        costs[kind].seconds(), costs[kind].waiting()));
            }
        }
        return calls;
    }
}
