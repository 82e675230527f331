package ghostrow.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** A team does every piece of work on each thread exactly once, whatever happens in between. */
class TeamTest {

    @Test
    void everyThreadTakesPartInEveryPieceOfWork() {
        for (int threads = 1; threads <= 4; threads++) {
            int[] done = new int[threads];
            try (Team team = new Team(threads, 1)) {
                assertEquals(threads, team.threads());
                for (int i = 0; i < 500; i++) {
                    team.run(thread -> done[thread]++);
                }
            }
            for (int count : done) {
                assertEquals(500, count);
            }
        }
    }

    @Test
    void oneThreadSeesWhatAnotherWroteBefore() {
        long[] cells = {1, 1, 1};
        long[] next = new long[3];
        try (Team team = new Team(3, 1)) {
            for (int i = 0; i < 200; i++) {
                team.run(thread -> next[thread] = (cells[(thread + 1) % 3] + cells[(thread + 2) % 3]) % 1_000_003);
                team.run(thread -> cells[thread] = next[thread]);
            }
        }
        long expected = 1;
        for (int i = 0; i < 200; i++) {
            expected = 2 * expected % 1_000_003;
        }
        assertArrayEquals(new long[] {expected, expected, expected}, cells);
    }

    @Test
    void theCallerIsThreadZeroAndTheOthersStayTheSame() {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        try (Team team = new Team(3, 1)) {
            for (int i = 0; i < 50; i++) {
                team.run(thread -> {
                    if (thread == 0) {
                        seen.add(Thread.currentThread());
                    }
                });
            }
            assertEquals(Set.of(Thread.currentThread()), seen);
            for (int i = 0; i < 50; i++) {
                team.run(thread -> seen.add(Thread.currentThread()));
            }
        }
        assertEquals(3, seen.size());
    }

    @Test
    void whatAnyThreadThrowsIsThrownOnceAndTheTeamGoesOn() {
        for (int culprit = 0; culprit < 3; culprit++) {
            int thrower = culprit;
            IllegalStateException failure = new IllegalStateException("thread " + culprit);
            int[] done = new int[3];
            try (Team team = new Team(3, 1)) {
                assertSame(failure, assertThrows(IllegalStateException.class, () -> team.run(thread -> {
                    if (thread == thrower) {
                        throw failure;
                    }
                    done[thread]++;
                })));
                team.run(thread -> done[thread]++);
            }
            int[] expected = {2, 2, 2};
            expected[culprit] = 1;
            assertArrayEquals(expected, done);
        }
    }

    @Test
    void errorsArePassedOnToo() {
        try (Team team = new Team(2, 1)) {
            assertThrows(StackOverflowError.class, () -> team.run(thread -> {
                throw new StackOverflowError();
            }));
        }
    }

    @Test
    void aClosedTeamLeavesNoThreads() {
        Set<Thread> helpers = ConcurrentHashMap.newKeySet();
        try (Team team = new Team(4, 1)) {
            team.run(thread -> {
                if (thread > 0) {
                    helpers.add(Thread.currentThread());
                }
            });
        }
        assertEquals(3, helpers.size());
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(90), () -> {
            for (Thread helper : helpers) {
                helper.join();
            }
        });
    }
}
