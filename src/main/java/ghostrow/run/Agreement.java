package ghostrow.run;

import ghostrow.comm.Comm;
import ghostrow.comm.RankExit;
import ghostrow.data.InputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What all ranks have to know although one alone has found it out. */
public final class Agreement {
    private Agreement() {
    }

    /** Finds it out; bad input ends the run. */
    @FunctionalInterface
    public interface Question {
        long[] answer() throws IOException;
    }

    /** Collective: asks at rank 0 and returns its {@code words} numbers on every rank. */
    public static long[] fromFirst(Comm comm, int words, Question question) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(ValueLayout.JAVA_LONG, words);
            if (comm.rank() == 0) {
                try {
                    answer.copyFrom(MemorySegment.ofArray(question.answer()));
                } catch (InputException e) {
                    throw new RankExit(2, "ghostrow: " + e.getMessage());
                }
            }
            comm.bcast(answer, 0);
            return answer.toArray(ValueLayout.JAVA_LONG);
        }
    }

    /**
     * Collective: rank 0 makes sure of something for all, within the ranks that a launcher has made. Not before: a
     * rank that leaves while the library is not up yet leaves the others waiting for it.
     */
    public static void check(Comm comm, Deed check) throws IOException {
        fromFirst(comm, 1, () -> {
            check.perform();
            return new long[1];
        });
    }

    /** Something that a rank does and that may fail on any of them, as on a disk that is full. */
    @FunctionalInterface
    public interface Deed {
        void perform() throws IOException;
    }

    /** Collective: goes on when all ranks have done it; if several fail, the first of them alone says so. */
    public static void all(Comm comm, Deed deed) throws IOException {
        IOException failure = null;
        try {
            deed.perform();
        } catch (IOException e) {
            failure = e;
        }
        long first = comm.allreduce(Comm.Op.MIN, failure == null ? comm.size() : comm.rank());
        if (failure != null && first == comm.rank()) {
            throw failure;
        }
        if (first < comm.size()) {
            // The rank that throws ends the job, and this one with it.
            comm.barrier();
        }
    }
}
