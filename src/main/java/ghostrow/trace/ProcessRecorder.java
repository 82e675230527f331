package ghostrow.trace;

import ghostrow.comm.Comm;
import ghostrow.comm.Ledger;
import ghostrow.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Records this process, whose ranks are one or, where ranks are threads, many. A thread of its own looks at the memory
 * and saves what the ranks' logs have, so that one that is killed leaves what it did until a second before.
 */
public final class ProcessRecorder {
    private static final long LOOK_MILLIS = 100;
    private static final int LOOKS_TO_A_SAVE = 10;

    private final Wish wish;
    private final Sampler sampler;
    private final int ranksHere;
    private final MemoryCurve memory = new MemoryCurve();
    private final List<RankRecorder> ranks = new ArrayList<>();
    private final Thread loading;
    private IOException failure;
    private int firstRank = -1;
    private int ended;
    private double loadSeconds;
    private double startSeconds;
    private boolean samples;

    private ProcessRecorder(Wish wish, int ranksHere) {
        this.wish = wish;
        this.ranksHere = ranksHere;
        this.sampler = Sampler.of(wish);
        this.loading = Thread.ofPlatform().daemon().name("profiler").unstarted(this::load);
    }

    /** Refuses, before there are ranks, what cannot be recorded, or not there. */
    public static void check(Wish wish) {
        Sampler.of(wish).check();
        Path there = wish.ranks().toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            throw new InputException("--profile: " + wish.folder() + " cannot be written, since " + there + " is "
                    + (Files.isDirectory(there) ? "not writable" : "a file") + "; choose another by --profile-dir");
        }
    }

    /** Begins to get ready, on a thread of its own: ranks that start have other things to do. */
    public static ProcessRecorder prepare(Wish wish, int ranksHere) {
        ProcessRecorder recorder = new ProcessRecorder(wish, ranksHere);
        recorder.loading.start();
        return recorder;
    }

    private void load() {
        long began = System.nanoTime();
        try {
            sampler.load();
            loadSeconds = (System.nanoTime() - began) / 1e9;
        } catch (IOException e) {
            failure = e;
        }
    }

    /**
     * Begins to record a rank. Collective.
     *
     * @param comm  that nobody counts
     * @param about what is to be known of the run
     */
    public RankRecorder record(Comm comm, Ledger ledger, Map<String, Object> about) throws IOException {
        if (comm.rank() == 0) {
            makeRoom();
        }
        comm.barrier();
        begin(comm.rank());
        RankRecorder rank = new RankRecorder(this, comm, ledger, about);
        synchronized (this) {
            ranks.add(rank);
        }
        rank.compareClocks();
        return rank;
    }

    /** Takes away what another run has left there, and nothing else. */
    private void makeRoom() throws IOException {
        Path folder = wish.ranks();
        Files.createDirectories(folder);
        try (var files = Files.newDirectoryStream(folder, "{work.json,rank-*.json,rank-*.events,process-*.jfr}")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    /** Ranks that are threads begin one after the other; the first starts what they share. */
    private synchronized void begin(int rank) throws IOException {
        if (firstRank >= 0) {
            return;
        }
        firstRank = ranksHere > 1 ? 0 : rank;
        join(loading);
        if (failure != null) {
            throw failure;
        }
        long began = System.nanoTime();
        sampler.start(recording());
        samples = true;
        startSeconds = loadSeconds + (System.nanoTime() - began) / 1e9;
        Thread.ofPlatform().daemon().name("recorder").start(this::watch);
        Runtime.getRuntime().addShutdownHook(new Thread(this::abandon, "recorder-end"));
    }

    private void watch() {
        for (int look = 1; isRecording(); look++) {
            memory.look();
            if (look % LOOKS_TO_A_SAVE == 0) {
                saveAll(false);
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized boolean isRecording() {
        return samples;
    }

    private synchronized void saveAll(boolean counts) {
        for (RankRecorder rank : ranks) {
            rank.save(counts);
        }
    }

    /** A rank has ended; the last of this process ends what they share, which the others wait for. */
    void end() throws IOException {
        synchronized (this) {
            if (++ended < ranksHere) {
                await();
                return;
            }
            memory.look();
            stop();
        }
    }

    private void await() {
        while (samples) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** The run ends before it is done. */
    synchronized void abandon() {
        if (samples) {
            saveAll(true);
            try {
                stop();
            } catch (IOException e) {
                System.err.println("ghostrow: profile: " + e.getMessage());
            }
        }
    }

    private void stop() throws IOException {
        samples = false;
        notifyAll();
        sampler.stop();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // --- for its ranks ---------------------------------------------------------------------------------------

    Path recording() {
        return wish.ranks().resolve("process-" + firstRank + ".jfr");
    }

    Path folder() {
        return wish.ranks();
    }

    boolean hasOneRank() {
        return ranksHere == 1;
    }

    Sampler sampler() {
        return sampler;
    }

    MemoryCurve memory() {
        return memory;
    }

    int firstRank() {
        return firstRank;
    }

    /** What it took to begin, some of it while the ranks met. */
    double startSeconds() {
        return startSeconds;
    }
}
