package ghostrow.app.array;

import ghostrow.run.Progress;
import java.util.concurrent.atomic.LongAdder;

/** How far a rank's threads are. Rank 0 tells it as that of all: no rank has more to do than a block more than another. */
final class Tally implements AutoCloseable {
    private final Progress progress;
    private final double ranks;
    private final LongAdder done = new LongAdder();

    /**
     * @param mine bytes that this rank goes through
     * @param all  bytes that all ranks do
     */
    Tally(Progress progress, long mine, long all) {
        this.progress = progress;
        this.ranks = mine == 0 ? 0 : (double) all / mine;
    }

    /** A thread is done with so many bytes more. The rank's own one, number 0, speaks for all. */
    void add(int thread, long bytes) {
        done.add(bytes);
        if (thread == 0) {
            progress.at((long) (done.sum() * ranks), false);
        }
    }

    @Override
    public void close() {
        progress.close();
    }
}
