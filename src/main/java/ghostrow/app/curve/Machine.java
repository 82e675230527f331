package ghostrow.app.curve;

import ghostrow.run.Closing;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What computes a formula for a rank, whose threads share it: the processor, or a device. */
interface Machine extends AutoCloseable {
    /** What one thread computes blocks with, in memory of the arena's; to be closed before. */
    Blocks.Worker worker(Blocks blocks, Arena arena);

    /** Sums over evenly spaced points, for so many threads. What was computed before is not told. */
    PointSums sums(int threads);

    /** Says what has computed, to people and programs. */
    void tell(Closing closing);

    @Override
    void close();

    /** The sum of a formula in {@link Integral#VARIABLE} over evenly spaced points, in partial results. */
    interface PointSums {
        /** The points {@code start + i * step} for i below n. */
        Pieces over(double start, double step, long n);
    }

    /** The partial results, which threads may compute at the same time. */
    interface Pieces {
        void compute(int thread, long from, long to, MemorySegment out);
    }
}
