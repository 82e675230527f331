package ghostrow.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A child ends in time with all that it has started, whatever it does. */
class ChildTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(500);

    @TempDir
    private Path folder;

    private static Launch shell(Duration limit, String script) {
        return new Launch(List.of("sh", "-c", script), limit);
    }

    @Test
    void whatItSaysIsKeptTogetherOrApart() throws Exception {
        assertEquals(new Ended(3, false, "a\nb\n", ""), shell(LONG, "echo a; echo b >&2; exit 3").run());
        assertEquals(new Ended(0, false, "a\n", "b\n"), shell(LONG, "echo a; echo b >&2").errorsApart().run());
        assertEquals(new Ended(0, false, "", ""), shell(LONG, "cat").run());
        assertEquals(folder.toRealPath() + " here\n", shell(LONG, "echo $(pwd -P) $WHERE").in(folder)
                .with(Map.of("WHERE", "here")).run().out());
    }

    /** A launcher's own words about a failure must not push out why it failed. */
    @Test
    void theLastLinesCarryTheProgramsOwnBeforeThem() throws Exception {
        Ended ended = shell(LONG, "echo 1; echo ghostrow: rank 2 failed; seq 2 12").run();
        assertEquals(Stream.concat(Stream.of("ghostrow: rank 2 failed"), IntStream.rangeClosed(3, 12)
                .mapToObj(Integer::toString)).map(line -> "  | " + line).collect(Collectors.joining("\n")),
                ended.lastLines());
        assertEquals("  | ghostrow: no\n  | 1", shell(LONG, "echo ghostrow: no; echo 1").run().lastLines());
    }

    @Test
    void moreOutputThanAPipeHoldsKeepsNobodyWaiting() throws Exception {
        Ended ended = shell(LONG, "head -c 1000000 /dev/zero; head -c 2000000 /dev/zero >&2").errorsApart().run();
        assertEquals(List.of(1_000_000, 2_000_000), List.of(ended.out().length(), ended.err().length()));
    }

    @Test
    void aDaemonThatItLeavesBehindKeepsNobodyWaiting() throws Exception {
        // Until this file goes, or a minute is over.
        Path lives = Files.createFile(folder.resolve("lives"));
        Ended ended = shell(LONG, "(for i in $(seq 600); do [ -e lives ] || exit; sleep 0.1; done) & echo done")
                .in(folder).run();
        assertEquals("done\n", ended.out());
        Files.delete(lives);
    }

    @Test
    void whenItsTimeIsOverTheWholeTreeIsKilled() throws Exception {
        List<ProcessHandle> told = new ArrayList<>();
        Path started = folder.resolve("started");
        try (Child child = shell(LONG, "trap '' TERM; (trap '' TERM; sh -c 'sleep 61 & echo > started; wait') & wait")
                .in(folder).beforeKill(told::addAll).start()) {
            await(started);
            Ended ended = child.end(SHORT);
            assertTrue(ended.late());
            assertEquals("was killed, for its time was over", ended.how());
        }
        assertTrue(told.size() >= 3, told.toString());
        assertEquals(List.of(), told.stream().filter(ProcessHandle::isAlive).toList());
    }

    @Test
    void theLimitHoldsThoughNobodyWaits() throws Exception {
        try (Child child = shell(SHORT, "sleep 62").start()) {
            child.handle().onExit().get(LONG.toSeconds(), TimeUnit.SECONDS);
            assertTrue(child.end().late());
        }
    }

    @Test
    void closingEndsItAndTakesItsFilesAway() throws Exception {
        Child child = shell(LONG, "echo $$; sleep 63").output(folder.resolve("log")).errorsApart().start();
        await(folder.resolve("log"));
        ProcessHandle handle = child.handle();
        child.close();
        assertFalse(handle.isAlive());
        assertTrue(Files.exists(folder.resolve("log")));
    }

    @Test
    void aProgramThatIsNotThereIsAnErrorOfTheCaller() {
        IOException error = org.junit.jupiter.api.Assertions.assertThrows(IOException.class,
                () -> new Launch(List.of("/no/such/program"), LONG).run());
        assertTrue(error.getMessage().contains("/no/such/program"), error.getMessage());
    }

    private static void await(Path file) throws Exception {
        for (int looks = 0; !Files.exists(file) && looks < 1000; looks++) {
            Thread.sleep(20);
        }
        assertTrue(Files.exists(file), file + " does not appear");
    }
}
