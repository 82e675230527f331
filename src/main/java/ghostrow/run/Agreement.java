package ghostrow.run;

import ghostrow.comm.Comm;
import ghostrow.data.InputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

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
                answer.copyFrom(MemorySegment.ofArray(question.answer()));
            }
            comm.bcast(answer, 0);
            return answer.toArray(ValueLayout.JAVA_LONG);
        }
    }

    /** Collective: rank 0 makes sure of something for all. */
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

    /**
     * What some ranks could not do.
     *
     * @param why      on the first rank that failed; null on all others
     * @param everyone whether all ranks failed
     */
    public record Failed(Comm comm, Exception why, boolean everyone) {
        /** Ends the run on all ranks alike, and not the job that it is a part of. */
        void endOne() throws IOException {
            switch (why) {
                case null -> throw new InputException("another rank of its group says why");
                case IOException e -> throw e;
                default -> throw (RuntimeException) why;
            }
        }

        /** Ends the run. The first rank that failed says why; if not all did, it says where. */
        public void end() throws IOException {
            switch (why) {
                // The rank that throws ends the job, and this one with it.
                case null -> comm.barrier();
                case InputException e when !everyone -> throw new InputException("rank " + comm.rank() + " on "
                        + comm.processorName() + ": " + e.getMessage(), e);
                case IOException e -> throw e;
                default -> throw (RuntimeException) why;
            }
        }
    }

    /** Collective: tells, on all ranks alike, whether all have done it. */
    public static Optional<Failed> attempt(Comm comm, Deed deed) {
        Exception failure = null;
        try {
            deed.perform();
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        long first = comm.allreduce(Comm.Op.MIN, failure == null ? comm.size() : comm.rank());
        if (first == comm.size()) {
            return Optional.empty();
        }
        boolean everyone = comm.allreduce(Comm.Op.MIN, failure == null ? 0 : 1) == 1;
        return Optional.of(new Failed(comm, first == comm.rank() ? failure : null, everyone));
    }

    /** Collective: goes on when all ranks have done it, and ends the run otherwise. */
    public static void all(Comm comm, Deed deed) throws IOException {
        Optional<Failed> failed = attempt(comm, deed);
        if (failed.isPresent()) {
            failed.get().end();
        }
    }
}
