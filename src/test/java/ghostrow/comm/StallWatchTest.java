package ghostrow.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ghostrow.comm.Waits.Call;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a wait has lasted too long, and what is said of it. */
class StallWatchTest {
    /** It looks once a second. */
    private static final int LIMIT = 60;

    private final Waits waits = new Waits();
    private final StallWatch watch = new StallWatch(waits, 1, 4, "node2", LIMIT);

    /** After how many seconds, from the next on, it ends the job; -1 if not within as many. */
    private int endsWithin(int seconds) {
        for (int second = 0; second <= seconds; second++) {
            if (watch.look().isPresent()) {
                return second;
            }
        }
        return -1;
    }

    @Test
    void theLineNamesWhoIsWaitedForAndSinceWhen() {
        waits.stepped(3420);
        waits.begin(Call.RECV, 2);
        Optional<String> line = Optional.empty();
        for (int second = 0; second <= LIMIT; second++) {
            assertEquals(Optional.empty(), line);
            line = watch.look();
        }
        assertEquals(Optional.of("ghostrow: rank 1 of 4 on node2 has waited 60 s for rank 2 (MPI_Recv, after step 3420):"
                + " that rank or its host does not answer, or one that it waits for; the job ends. --stall-limit sets"
                + " how long to wait (0: for ever)"), line);
    }

    @Test
    void peersAreNamedAsFarAsTheyAreKnown() {
        waits.begin(Call.EXCHANGE, 2, 0);
        assertEquals("ranks 0 and 2 (exchange)", waits.inWords(1, 4));
        waits.begin(Call.SENDRECV, Comm.PROC_NULL, 2);
        assertEquals("rank 2 (MPI_Sendrecv)", waits.inWords(3, 4));
        waits.begin(Call.SENDRECV, 0, 0);
        assertEquals("rank 0 (MPI_Sendrecv)", waits.inWords(1, 2));
        waits.begin(Call.ALLREDUCE);
        assertEquals("other ranks (MPI_Allreduce)", waits.inWords(1, 4));
        assertEquals("rank 0 (MPI_Allreduce)", waits.inWords(1, 2));
    }

    @Test
    void callsThatEndAreNoStallHoweverManyTheyAre() {
        waits.stepped(1);
        for (int call = 0; call < 10; call++) {
            waits.begin(Call.RECV, 2);
            assertEquals(-1, endsWithin(LIMIT - 2));
            waits.end();
        }
        // One that failed has not said so, and the next begins.
        waits.begin(Call.RECV, 2);
        assertEquals(-1, endsWithin(LIMIT - 2));
        waits.begin(Call.RECV, 2);
        assertEquals(LIMIT, endsWithin(LIMIT));
    }

    @Test
    void whoWorksLongIsPatient() {
        waits.stepped(1);
        // Ten seconds of work.
        assertEquals(-1, endsWithin(10));
        waits.begin(Call.RECV, 2);
        assertEquals(20 * 10, endsWithin(1000));
    }

    @Test
    void beforeTheFirstStepAndAfterTheLastOneRankMayHaveMuchToDo() {
        waits.begin(Call.BARRIER);
        assertEquals(10 * LIMIT, endsWithin(1000));
        waits.stepped(1);
        waits.begin(Call.BARRIER);
        assertEquals(LIMIT, endsWithin(1000));
        waits.steppedLast();
        waits.begin(Call.FINALIZE);
        assertEquals(10 * LIMIT, endsWithin(1000));
    }
}
