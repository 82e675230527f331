package ghostrow.comm;

import static ghostrow.comm.Check.same;

import ghostrow.comm.Comm.Counter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The shared counter that deals out work: every value goes to exactly one rank. */
final class CounterChecks {
    private static final int FETCHES = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What a fetch found, and by how much it raised the counter. */
    private record Fetch(long value, long amount) {
    }

    private CounterChecks() {
    }

    static List<Check> all() {
        return List.of(
                new Check("counter hands out each value once", (comm, arena) -> contend(comm, arena, 1)),
                new Check("counter raised by the rank's own amounts",
                        (comm, arena) -> contend(comm, arena, comm.rank() + 2)),
                new Check("counter raised beyond 2^31 and lowered again", CounterChecks::large),
                new Check("two counters at once", CounterChecks::two),
                new Check("counters one after another start at zero", CounterChecks::sequence),
                new Check("counter of a group", CounterChecks::ofGroup),
                new Check("counter answers while rank 0 is busy", CounterChecks::busy));
    }

    /**
     * Those that hold where the counter is a window of the library: rank 0 may have to make a call for others to get
     * on, and Open MPI 4 mixes up the windows of groups that one split made.
     */
    static List<Check> withoutTheMachine() {
        Set<String> others = Set.of("counter of a group", "counter answers while rank 0 is busy");
        return all().stream().filter(check -> !others.contains(check.name())).toList();
    }

    private static void contend(Comm comm, Arena arena, long amount) {
        try (Counter counter = comm.counter()) {
            comm.barrier();
            List<Fetch> fetches = new ArrayList<>();
            for (int i = 0; i < FETCHES; i++) {
                fetches.add(new Fetch(counter.getAndAdd(amount), amount));
            }
            comm.barrier();
            same(comm.allreduce(Comm.Op.SUM, FETCHES * amount), counter.getAndAdd(0),
                    "the counter in the end");
            expectDealtOnce(comm, arena, fetches);
        }
    }

    /** Rank 0 lays all fetches side by side in order: there must be no gap and no overlap. */
    private static void expectDealtOnce(Comm comm, Arena arena, List<Fetch> fetches) {
        long[] flat = fetches.stream().flatMapToLong(fetch ->
                LongStream.of(fetch.value, fetch.amount)).toArray();
        MemorySegment mine = arena.allocateFrom(ValueLayout.JAVA_LONG, flat);
        MemorySegment all = arena.allocate(mine.byteSize() * comm.size(), 8);
        comm.gather(mine, all, 0);
        if (comm.rank() > 0) {
            return;
        }
        List<Fetch> sorted = IntStream.range(0, fetches.size() * comm.size())
                .mapToObj(i -> new Fetch(all.getAtIndex(ValueLayout.JAVA_LONG, 2L * i),
                        all.getAtIndex(ValueLayout.JAVA_LONG, 2L * i + 1)))
                .sorted(Comparator.comparingLong(Fetch::value))
                .toList();
        long next = 0;
        for (Fetch fetch : sorted) {
            same(next, fetch.value, "the value handed out next");
            next += fetch.amount;
        }
    }

    private static void large(Comm comm, Arena arena) {
        long amount = 3_000_000_000L;
        try (Counter counter = comm.counter()) {
            counter.getAndAdd(amount);
            comm.barrier();
            same(comm.size() * amount, counter.getAndAdd(0), "the counter when raised");
            comm.barrier();
            counter.getAndAdd(-amount);
            comm.barrier();
            same(0, counter.getAndAdd(0), "the counter when lowered");
        }
    }

    private static void two(Comm comm, Arena arena) {
        try (Counter ones = comm.counter(); Counter tens = comm.counter()) {
            List<Fetch> ofOnes = new ArrayList<>();
            List<Fetch> ofTens = new ArrayList<>();
            for (int i = 0; i < FETCHES / 2; i++) {
                ofOnes.add(new Fetch(ones.getAndAdd(1), 1));
                ofTens.add(new Fetch(tens.getAndAdd(10), 10));
            }
            expectDealtOnce(comm, arena, ofOnes);
            expectDealtOnce(comm, arena, ofTens);
        }
    }

    private static void sequence(Comm comm, Arena arena) {
        for (int i = 0; i < 5; i++) {
            try (Counter counter = comm.counter()) {
                expectDealtOnce(comm, arena, List.of(new Fetch(counter.getAndAdd(7), 7)));
            }
        }
    }

    private static void ofGroup(Comm comm, Arena arena) {
        try (Comm half = comm.split(comm.rank() % 2, 0); Counter counter = half.counter()) {
            expectDealtOnce(half, arena, List.of(new Fetch(counter.getAndAdd(2), 2)));
        }
    }

    /** Rank 0 is elsewhere, and says nothing to the library, until all others have got what they asked for. */
    private static void busy(Comm comm, Arena arena) throws IOException {
        Path folder = SharedFolder.open(comm);
        try (Counter counter = comm.counter()) {
            List<Fetch> fetches = new ArrayList<>();
            if (comm.rank() > 0) {
                for (int i = 0; i < FETCHES; i++) {
                    fetches.add(new Fetch(counter.getAndAdd(1), 1));
                }
                Files.createFile(folder.resolve("rank " + comm.rank()));
            } else {
                for (int rank = 1; rank < comm.size(); rank++) {
                    awaitFile(folder.resolve("rank " + rank));
                }
                for (int i = 0; i < FETCHES; i++) {
                    fetches.add(new Fetch(counter.getAndAdd(1), 1));
                }
            }
            expectDealtOnce(comm, arena, fetches);
        }
        SharedFolder.close(comm, folder);
    }

    /** Leaves the cores to the ranks that fetch: on a machine with few of them they would wait for this one. */
    private static void awaitFile(Path file) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(file)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(PATIENCE.toSeconds() + " s after its first fetch, '" + file.getFileName()
                        + "' still waits for its values: they do not come while rank 0 makes no calls");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
