package ghostrow.comm.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.Comm;
import ghostrow.comm.Comm.Op;
import ghostrow.comm.CommException;
import ghostrow.comm.Transport.SpmdProgram;
import ghostrow.comm.check.CheckRun.Outcome;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** One seed, one order: what is found in it is found again. */
class OrdersTest {
    private static final long SEEDS = 20;
    private static final int RANKS = 3;
    private static final VarHandle FLAG = ValueLayout.JAVA_LONG.varHandle();

    private static Outcome run(int ranks, long seed, SpmdProgram program) {
        return new CheckRun(ranks, seed, (rank, code) -> {
            throw new AssertionError("rank " + rank.number() + " aborts with code " + code);
        }).run(program, RankThreads.of(ranks));
    }

    /** In which order the ranks come. */
    private static List<Integer> order(long seed) {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        Outcome outcome = run(RANKS, seed, comm -> {
            for (int i = 0; i < 4; i++) {
                order.add(comm.rank());
                comm.barrier();
            }
        });
        assertTrue(outcome.isClean());
        return List.copyOf(order);
    }

    @Test
    void aSeedMakesOneOrderAndOthersOthers() {
        Set<List<Integer>> orders = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Integer> order = order(seed);
            assertEquals(order, order(seed), "with seed " + seed);
            orders.add(order);
        }
        assertTrue(orders.size() > SEEDS / 2, orders.toString());
    }

    /** Goes well as long as the message of rank 1 comes first. */
    private static void takesTheFirst(Comm comm) {
        long[] value = {comm.rank()};
        if (comm.rank() == 0) {
            comm.recv(value, Comm.ANY_SOURCE, 0);
            comm.recv(value, 2, 0);
        } else {
            comm.send(value, 0, 0);
        }
    }

    @Test
    void whatGoesWellInOneOrderIsFoundInAnother() {
        assertTrue(run(RANKS, 0, OrdersTest::takesTheFirst).isClean());
        long[] failing = LongStream.range(1, SEEDS).filter(seed -> !run(RANKS, seed, OrdersTest::takesTheFirst).isClean())
                .toArray();
        assertTrue(failing.length > 0 && failing.length < SEEDS - 1, failing.length + " of " + (SEEDS - 1));
        Outcome first = run(RANKS, failing[0], OrdersTest::takesTheFirst);
        Outcome again = run(RANKS, failing[0], OrdersTest::takesTheFirst);
        assertEquals(first.findings(), again.findings());
    }

    @Test
    void theRaceIsToldEvenWhereNothingHasGoneWrong() {
        Outcome outcome = run(RANKS, 0, OrdersTest::takesTheFirst);
        assertEquals(List.of(Kind.RACE), outcome.findings().stream().map(Finding::kind).toList());
    }

    @Test
    void whatIsCountedIsWhatWasSaid() {
        Outcome outcome = run(RANKS, 3, comm -> {
            comm.allreduce(Op.SUM, 1.0);
            comm.sendrecv(new int[1], (comm.rank() + 1) % RANKS, 0, new int[1], (comm.rank() + 2) % RANKS, 0);
        });
        assertEquals(RANKS, outcome.counts().messages());
        assertEquals(1, outcome.counts().collectives());
    }

    @Test
    void aRankThatThrowsEndsTheOthersAndIsNamed() {
        Outcome outcome = run(RANKS, 0, comm -> {
            if (comm.rank() == 1) {
                throw new IllegalStateException("enough");
            }
            comm.barrier();
        });
        assertFalse(outcome.isClean());
        assertEquals(1, outcome.failed().orElseThrow().rank());
        assertEquals("enough", outcome.failed().orElseThrow().thrown().getMessage());
    }

    /** Whoever catches all that is thrown is taken out of it again by the next call. */
    @Test
    void aProgramThatCatchesEverythingEndsAsWell() {
        Outcome outcome = run(2, 0, comm -> {
            try {
                comm.recv(new int[1], 1 - comm.rank(), 0);
            } catch (Throwable all) {
                comm.barrier();
            }
        });
        assertEquals(List.of(Kind.ORDER), outcome.findings().stream().map(Finding::kind).toList());
    }

    /** A refusal that a program has provided for is no mistake. */
    @Test
    void aRefusalThatIsCaughtIsNothing() {
        assertEquals(List.of(), run(2, 0, comm -> {
            try {
                comm.send(new int[1], 7, 0);
            } catch (CommException refused) {
                comm.barrier();
            }
        }).findings());
    }

    @Test
    void anotherThreadOfTheRankMayCall() {
        assertEquals(List.of(), run(2, 5, comm -> {
            int[] value = new int[1];
            Thread helper = new Thread(() -> comm.sendrecv(new int[] {comm.rank()}, 1 - comm.rank(), 0, value,
                    1 - comm.rank(), 0));
            helper.start();
            helper.join();
            assertEquals(1 - comm.rank(), value[0]);
            comm.barrier();
        }).findings());
    }

    /** One rank waits, without a call, for what another writes into memory that they share. */
    @Test
    void ranksThatTalkByMemoryAloneGoOn() {
        CheckRun run = new CheckRun(2, 0, (rank, code) -> { }, Duration.ofMillis(20));
        assertEquals(List.of(), run.run(comm -> {
            try (Comm.Window window = comm.window(Long.BYTES).orElseThrow()) {
                if (comm.rank() == 0) {
                    while ((long) FLAG.getVolatile(window.segment(), 0) == 0) {
                        Thread.onSpinWait();
                    }
                } else {
                    FLAG.setVolatile(window.segment(), 0, 1L);
                }
                window.fence();
            }
        }, RankThreads.of(2)).findings());
    }

    @Test
    void ofManyRanksThatWaitTheFirstAreShown() {
        List<Finding> findings = run(40, 0, comm -> comm.recv(new int[1], (comm.rank() + 1) % 40, 0)).findings();
        assertEquals(List.of(Kind.ORDER), findings.stream().map(Finding::kind).toList());
        assertTrue(findings.getFirst().told().lines().count() < 20, findings.getFirst().told());
        assertTrue(findings.getFirst().told().contains("40 ranks wait in all"), findings.getFirst().told());
    }

    @Test
    void threadsOfARankThatCallAtTheSameTimeAreTold() {
        CountDownLatch told = new CountDownLatch(1);
        List<Finding> findings = run(2, 0, comm -> {
            if (comm.rank() == 1) {
                told.await();
            }
            Thread helper = new Thread(() -> comm.recv(new int[1], 1 - comm.rank(), 1));
            helper.start();
            while (helper.getState() != Thread.State.WAITING && helper.isAlive()) {
                Thread.onSpinWait();
            }
            try {
                comm.barrier();
            } finally {
                told.countDown();
            }
        }).findings();
        assertEquals(List.of("threads"), findings.stream().map(Finding::label).toList());
    }
}
