package ghostrow.many;

import ghostrow.comm.Comm;
import ghostrow.comm.RankExit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Tells from host to host that a rank is there. A host that is lost tells nobody, and ranks that have no more to do
 * wait for those of others for as long as a case may take: hours, or for ever. So each rank counts on in a file of its
 * own; the first looks at those of all others, and they at the first's.
 *
 * <p>Time is counted in looks, so that a job that was stopped as a whole, as batch systems do, misses nobody.
 */
final class Heart implements AutoCloseable {
    private static final int CODE = 1;
    private static final long PAUSE_MILLIS = 10_000;
    /** File systems that hosts share may show them for a minute what is past. */
    private static final int LOOKS = 18;

    private final Path folder;
    private final int rank;
    private final Map<Integer, Seen> others = new LinkedHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name("heart").unstarted(this::beatOn);
    private long beats;

    /** What another's file held, and how often it has been found so. */
    private static final class Seen {
        private String beat = "";
        private int looks;
    }

    Heart(Path folder, int rank, int ranks) {
        this.folder = folder;
        this.rank = rank;
        IntStream.range(0, ranks).filter(other -> other != rank && (rank == 0 || other == 0))
                .forEach(other -> others.put(other, new Seen()));
    }

    /** Collective. Where all ranks are on one machine their launcher sees it when one of them ends. */
    static Optional<Heart> among(Comm comm, Path folder) throws IOException {
        if (comm.onOneMachine()) {
            return Optional.empty();
        }
        Heart heart = new Heart(folder, comm.rank(), comm.size());
        heart.beat();
        comm.barrier();
        heart.thread.start();
        return Optional.of(heart);
    }

    private static Path file(Path folder, int rank) {
        return folder.resolve("rank-%04d.alive".formatted(rank));
    }

    /** What it throws ends the job, as what any thread of a rank throws. */
    private void beatOn() {
        try {
            while (!closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                beat();
                Optional<String> lost = look();
                if (lost.isPresent()) {
                    throw new RankExit(CODE, "ghostrow: " + lost.get());
                }
            }
        } catch (IOException e) {
            throw new RankExit(CODE, "ghostrow: rank " + rank + ": the others cannot be told that it is there: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void beat() throws IOException {
        // Closed each time, since that is when other hosts see it.
        Files.writeString(file(folder, rank), Long.toString(++beats));
    }

    /** To be called once a pause; says who is not heard of any more. */
    Optional<String> look() throws IOException {
        for (Map.Entry<Integer, Seen> other : others.entrySet()) {
            Seen seen = other.getValue();
            String beat = read(other.getKey());
            // Empty while it is written; none of one that has no more to do.
            if (beat == null || !beat.isEmpty() && !beat.equals(seen.beat)) {
                seen.beat = beat == null ? "" : beat;
                seen.looks = 0;
            } else if (++seen.looks >= LOOKS) {
                return Optional.of("rank " + other.getKey() + " has not been heard of for "
                        + LOOKS * PAUSE_MILLIS / 1000 + " s: its host seems to be lost, and the job ends; the same command goes on");
            }
        }
        return Optional.empty();
    }

    private String read(int other) throws IOException {
        try {
            return Files.readString(file(folder, other));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Nobody need wait for this rank any more. */
    @Override
    public void close() throws IOException {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(file(folder, rank));
    }
}
