package ghostrow.comm.check;

import ghostrow.comm.Failure;
import java.util.ArrayList;
import java.util.List;

/** The threads of a rank, those that it starts itself among them. */
final class RankThreads extends ThreadGroup {
    private final int rank;

    private RankThreads(int rank) {
        super("rank " + rank);
        this.rank = rank;
    }

    static List<ThreadGroup> of(int ranks) {
        List<ThreadGroup> groups = new ArrayList<>();
        for (int rank = 0; rank < ranks; rank++) {
            groups.add(new RankThreads(rank));
        }
        return groups;
    }

    /** One that ends with the run has not failed. */
    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (!(thrown instanceof RunOver)) {
            super.uncaughtException(thread, thrown);
        }
    }

    /** Which rank a thread works for. */
    record Ranks(int size) implements Failure.Ranks {
        @Override
        public int of(Thread thread) {
            ThreadGroup group = thread.getThreadGroup();
            while (group != null && !(group instanceof RankThreads)) {
                group = group.getParent();
            }
            return group instanceof RankThreads threads ? threads.rank : 0;
        }
    }
}
