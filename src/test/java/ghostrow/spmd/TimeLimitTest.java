package ghostrow.spmd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.study.Child;
import ghostrow.study.Ended;
import ghostrow.study.Launch;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What does not end is ended, and what its threads were doing is printed. */
class TimeLimitTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    /** A program, or a rank, that waits for ever. */
    static final class Endless {
        private Endless() {
        }

        public static void main(String[] args) throws InterruptedException {
            System.out.println("waiting");
            waitForWhatNeverComes();
        }

        static void waitForWhatNeverComes() throws InterruptedException {
            Thread.sleep(Duration.ofMinutes(10));
        }
    }

    @Test
    void aTestThatDoesNotEndIsInterruptedAndItsThreadsArePrinted() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        AssertionError failure = assertThrows(AssertionError.class, () -> TimeLimit.within(SHORT, "the endless test",
                new PrintStream(printed), () -> {
                    Endless.waitForWhatNeverComes();
                    return null;
                }));
        assertTrue(failure.getMessage().contains("the endless test took longer than 0.3 s"), failure.getMessage());
        assertTrue(printed.toString().contains("waitForWhatNeverComes"), printed.toString());
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void aTestInTimeGivesWhatItGivesAndFailsAsItFails() throws Throwable {
        assertEquals(3, TimeLimit.within(Duration.ofMinutes(1), "a test", System.out, () -> 3));
        assertEquals("wrong", assertThrows(IllegalStateException.class,
                () -> TimeLimit.within(Duration.ofMinutes(1), "a test", System.out, () -> {
                    throw new IllegalStateException("wrong");
                })).getMessage());
    }

    @Test
    void testMethodsAreWatched() {
        assertWatched("testMethodsAreWatched()");
    }

    @TestFactory
    Stream<DynamicTest> testsMadeAtRunTimeAreWatched() {
        return Stream.of(DynamicTest.dynamicTest("made at run time", () -> assertWatched("made at run time")));
    }

    private static void assertWatched(String test) {
        List<String> watches = Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("time limit of ")).toList();
        assertTrue(watches.contains("time limit of TimeLimitTest, " + test), watches.toString());
    }

    @Test
    void aChildThatDoesNotEndShowsWhatAllItsJvmsWereDoing() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        // A shell around two of them, as a launcher is around ranks.
        List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" & \"$@\" & wait", "sh"));
        command.addAll(Children.java(List.of(), Endless.class));
        Launch launch = new Launch(command, Children.LIMIT)
                .beforeKill(tree -> ThreadDumps.print(tree, new PrintStream(printed)));
        try (Child child = launch.start()) {
            Children.awaitLines(child, 2);
            Ended ended = child.end(SHORT);
            assertTrue(ended.late());
            assertEquals(2, printed.toString().lines().filter(line -> line.contains("Endless.waitForWhatNeverComes("))
                    .count(), printed.toString());
        }
    }
}
