package ghostrow.app;

import ghostrow.comm.Comm;
import ghostrow.comm.RankExit;
import ghostrow.data.InputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** One rank finds something out and tells all. */
final class Agreement {
    private Agreement() {
    }

    /** Finds it out; bad input ends the run. */
    @FunctionalInterface
    interface Question {
        long[] answer() throws IOException;
    }

    /** Collective: asks at rank 0 and returns its {@code words} numbers on every rank. */
    static long[] fromFirst(Comm comm, int words, Question question) throws IOException {
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
}
