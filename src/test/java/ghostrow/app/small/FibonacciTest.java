package ghostrow.app.small;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.spmd.Setting;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The same number comes out of every way to it. */
class FibonacciTest {
    private static final List<String> WAYS = List.of("iterative", "recursive", "threads", "ranks");

    @Test
    void theLoopKnowsTheNumbersUpToTheLastThatFits() {
        assertEquals(List.of(0L, 1L, 1L, 2L, 3L, 5L, 8L),
                IntStream.rangeClosed(0, 6).mapToObj(Fibonacci::iterative).toList());
        assertEquals(102_334_155, Fibonacci.iterative(40));
        assertEquals(7_540_113_804_746_346_429L, Fibonacci.iterative(92));
    }

    @Test
    void sharesOfAnyNumberOfWorkersAddUp() {
        for (int n = 0; n <= 20; n++) {
            assertEquals(Fibonacci.iterative(n), Fibonacci.recursive(n));
            for (int workers : new int[] {1, 2, 3, 7, 400}) {
                long sum = 0;
                for (int worker = 0; worker < workers; worker++) {
                    sum += Fibonacci.share(n, worker, workers);
                }
                assertEquals(Fibonacci.iterative(n), sum, "fib(" + n + ") of " + workers);
            }
        }
    }

    /** The recursion's leaves are ones and zeros, so what a worker finds tells how much of it has been its own. */
    @Test
    void sharesAreAboutEqual() {
        for (int workers : new int[] {2, 3, 4}) {
            double even = (double) Fibonacci.iterative(25) / workers;
            for (int worker = 0; worker < workers; worker++) {
                assertEquals(1, Fibonacci.share(25, worker, workers) / even, 0.02, worker + " of " + workers);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> everyWayGivesTheSame() {
        return SmallRun.on(Stream.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH, Setting.MPJ),
                (_, ranks, said) -> {
                    assertAll(said, "75025 ");
                    assertTrue(said.get("ranks").contains(" " + ranks + " rank"), said.toString());
                }, "fibonacci", "25", "--threads", "2");
    }

    @Test
    void thePublishedNumberIsTheDefault() throws Exception {
        assertAll(SmallRun.alone("fibonacci"), "102334155 ");
    }

    private static void assertAll(Map<String, String> said, String number) {
        for (String way : WAYS) {
            assertTrue(said.get(way).startsWith(number), said.toString());
        }
    }

    @Test
    void whatTheRecursionWouldTakeTooLongForIsLeftToTheLoop() throws Exception {
        Map<String, String> said = SmallRun.alone("fibonacci", "92");
        assertTrue(said.get("iterative").startsWith("7540113804746346429 "), said.toString());
        assertTrue(said.get("recursive").startsWith("left out: "), said.toString());
    }

    @Test
    void whatCannotWorkIsRefused() {
        SmallRun.refused("N -1: between 0 and 92", Fibonacci::new, "-1");
        SmallRun.refused("N 93: between 0 and 92", Fibonacci::new, "93");
        SmallRun.refused("--threads 0: between 1 and", Fibonacci::new, "5", "--threads", "0");
        SmallRun.refused("'6'", Fibonacci::new, "5", "6");
    }
}
