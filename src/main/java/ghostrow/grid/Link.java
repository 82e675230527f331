package ghostrow.grid;

import ghostrow.comm.Comm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * What an exchange of ghost rows costs between ranks that are on several machines, as the slowest of the ranks found it.
 *
 * @param latency        seconds of an exchange of next to nothing
 * @param bytesPerSecond what each further byte of a message takes its time from
 */
public record Link(double latency, double bytesPerSecond) {
    private static final int TAG = 3;
    private static final int BATCHES = 3;
    private static final int ROUNDS = 4;
    private static final long LITTLE = Long.BYTES;
    private static final long MUCH = 128 << 10;
    private static final double NANOS = 1e-9;

    public double seconds(double bytes) {
        return latency + bytes / bytesPerSecond;
    }

    /**
     * Measures it, in two dozen exchanges; nothing where all ranks are on one machine. Collective, and the same answer on
     * all ranks.
     */
    public static Optional<Link> measure(Comm comm) {
        if (comm.onOneMachine()) {
            return Optional.empty();
        }
        double little = exchange(comm, LITTLE);
        double much = exchange(comm, MUCH);
        double latency = comm.allreduce(Comm.Op.MAX, little);
        double perByte = comm.allreduce(Comm.Op.MAX, Math.max(0, much - little) / (MUCH - LITTLE));
        return Optional.of(new Link(latency, 1 / Math.max(perByte, Double.MIN_NORMAL)));
    }

    /**
     * Seconds of an exchange with both neighbours, as ghost rows have it: the best of some batches. Of a few exchanges
     * one after the other, since a rank that is late by itself finds its messages there.
     */
    private static double exchange(Comm comm, long bytes) {
        int above = comm.rank() == 0 ? Comm.PROC_NULL : comm.rank() - 1;
        int below = comm.rank() == comm.size() - 1 ? Comm.PROC_NULL : comm.rank() + 1;
        long shortest = Long.MAX_VALUE;
        try (Arena arena = Arena.ofShared();
                Comm.Exchange exchange = comm.exchange(List.of(
                        Comm.Message.from(above, arena.allocate(bytes), TAG),
                        Comm.Message.from(below, arena.allocate(bytes), TAG),
                        Comm.Message.to(above, filled(arena, bytes), TAG),
                        Comm.Message.to(below, filled(arena, bytes), TAG)))) {
            for (int batch = 0; batch < BATCHES; batch++) {
                long start = System.nanoTime();
                for (int round = 0; round < ROUNDS; round++) {
                    exchange.start();
                    exchange.await();
                }
                shortest = Math.min(shortest, System.nanoTime() - start);
            }
        }
        return shortest * NANOS / ROUNDS;
    }

    private static MemorySegment filled(Arena arena, long bytes) {
        return arena.allocate(bytes).fill((byte) 1);
    }
}
