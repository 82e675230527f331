package ghostrow.app.small;

import ghostrow.data.InputException;
import ghostrow.run.Job;
import ghostrow.run.Options;

/** How many threads a rank has: one among other ranks; alone several, or there would be nothing to see. */
final class ThreadOption {
    private static final int MOST = 4096;

    private final int alone;
    private Integer count;

    ThreadOption(int alone) {
        this.alone = alone;
    }

    void declare(Options options) {
        options.option("--threads", "N", Integer.class, value -> count = value,
                "Threads a rank (default " + alone + " where there is one rank, else 1).");
    }

    int of(Job job) {
        if (count != null && (count < 1 || count > MOST)) {
            throw new InputException("--threads " + count + ": between 1 and " + MOST + " are possible");
        }
        return count != null ? count : job.ranks() == 1 ? alone : 1;
    }
}
