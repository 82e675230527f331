package ghostrow.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import ghostrow.spmd.Setting;
import ghostrow.study.Child;
import ghostrow.study.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A signal that nobody heeds, or a second one, ends a run wherever it is stuck. */
class StopSignalsTest {
    private static final int BY_SIGINT = 130;
    private static final List<String> ENDLESS = List.of("--set", "dx=0.1", "--set", "runtime=100000", "--set",
            "outtime=10000", "--snapshots", "none");

    /** A shell without job control starts its background children deaf to Ctrl-C, and they pass that on. */
    @BeforeAll
    static void requireSigint() throws Exception {
        long ignored = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:")).mapToLong(line -> Long.parseUnsignedLong(
                        line.replaceAll(".*\\s", ""), 16)).findFirst().orElseThrow();
        Needs.machine((ignored & 2) == 0, "second signals, since SIGINT is ignored by whoever started this");
    }

    /** A stopped rank stands for one that is stuck: the others wait for its rows, and ask nobody whether to stop. */
    @TestFactory
    Stream<DynamicTest> aSecondCtrlCEndsRanksThatWait(@TempDir Path parent) {
        return Stream.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH, Setting.MPJ_CLUSTER)
                .map(setting -> DynamicTest.dynamicTest(setting.toString(), () -> {
                    setting.require();
                    Path folder = Files.createTempDirectory(parent, "stuck");
                    try (Program program = Program.start(setting, 2, words(folder))) {
                        program.awaitLines(1);
                        List<ProcessHandle> ranks = program.ranks();
                        Program.signal("STOP", ranks.getLast());
                        ProcessHandle waiting = ranks.get(ranks.size() - 2);
                        twice("INT", waiting);
                        Program.Outcome outcome = program.end();
                        assertEquals(BY_SIGINT, outcome.code(), outcome.toString());
                        assertTrue(outcome.err().contains("a second SIGINT ends this process"), outcome.toString());
                    }
                }));
    }

    /** A batch system asks to save, and then to end: that is the first order to end, and leaves time to save. */
    @Test
    void anOrderToEndAfterOneToSaveIsTheFirst(@TempDir Path folder) throws Exception {
        Path pipe = pipe(folder);
        try (Child child = Children.launch("sh", "-c", "exec 3<>\"$0\"; exec \"$@\" >\"$0\"", pipe.toString(), "./ghostrow",
                "diffusion", "--set", "dx=0.5", "--set", "runtime=20000", "--set", "outtime=0.07", "--snapshots", "none",
                "--out", folder.toString()).start()) {
            awaitWriter(child.handle());
            Program.signal("USR1", child.handle());
            Thread.sleep(600);
            Program.signal("INT", child.handle());
            Thread.sleep(600);
            assertTrue(child.isAlive(), "ended by the first order to end");
            twice("INT", child.handle());
            assertEquals(BY_SIGINT, child.end().code());
        }
    }

    /** While the record is written to a reader who never comes. */
    @Test
    void afterTheStepsTheFirstSignalEndsTheRun(@TempDir Path folder) throws Exception {
        Path record = pipe(folder);
        try (Program program = Program.start("diffusion", "--set", "dx=0.5", "--set", "runtime=1", "--snapshots", "none",
                "--out", folder.toString(), "--json", record.toString())) {
            awaitWriter(program.launcher());
            Program.signal("TERM", program.launcher());
            Program.Outcome outcome = program.end();
            assertNotEquals(0, outcome.code(), outcome.toString());
            assertTrue(outcome.err().contains("received SIGTERM"), outcome.toString());
        }
    }

    /** The same among ranks: the one that is signalled ends the others. */
    @TestFactory
    Stream<DynamicTest> afterTheStepsTheFirstSignalEndsAllRanks(@TempDir Path parent) {
        return Stream.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH)
                .map(setting -> DynamicTest.dynamicTest(setting.toString(), () -> {
                    setting.require();
                    Path folder = Files.createTempDirectory(parent, "closing");
                    Path record = pipe(folder);
                    try (Program program = Program.start(setting, 2, "diffusion", "--set", "dx=0.5", "--set", "runtime=1",
                            "--snapshots", "none", "--out", folder.toString(), "--json", record.toString())) {
                        program.awaitLines(1);
                        ProcessHandle first = program.ranks().getFirst();
                        awaitWriter(first);
                        Program.signal("INT", first);
                        Program.Outcome outcome = program.end();
                        assertNotEquals(0, outcome.code(), outcome.toString());
                        assertTrue(outcome.err().contains("received SIGINT"), outcome.toString());
                    }
                }));
    }

    /** Nobody reads what it prints, which is more than a pipe holds. */
    @Test
    void aSecondCtrlCEndsOneRankWhoseOutputIsStuck(@TempDir Path folder) throws Exception {
        Path pipe = pipe(folder);
        try (Child child = Children.launch("sh", "-c", "exec 3<>\"$0\"; exec \"$@\" >\"$0\"", pipe.toString(), "./ghostrow",
                "diffusion", "--set", "dx=0.5", "--set", "runtime=20000", "--set", "outtime=0.07", "--snapshots", "none",
                "--out", folder.toString()).start()) {
            awaitWriter(child.handle());
            twice("INT", child.handle());
            Ended ended = child.end();
            assertFalse(ended.late(), ended.toString());
            assertEquals(BY_SIGINT, ended.code(), ended.toString());
        }
    }

    private static String[] words(Path folder) {
        return Stream.concat(Stream.concat(Stream.of("diffusion"), ENDLESS.stream()),
                Stream.of("--out", folder.toString())).toArray(String[]::new);
    }

    private static void twice(String name, ProcessHandle target) throws Exception {
        Program.signal(name, target);
        // Two that come together are one, and the first may be heard late.
        do {
            Thread.sleep(600);
            Program.signal(name, target);
        } while (target.isAlive());
    }

    private static Path pipe(Path folder) throws Exception {
        Path pipe = folder.resolve("record");
        Children.output(Children.launch("mkfifo", pipe.toString()));
        return pipe;
    }

    /** Waits until a thread of the process is stuck in writing to a pipe, or in opening one whom nobody reads. */
    private static void awaitWriter(ProcessHandle process) throws Exception {
        Path tasks = Path.of("/proc/" + process.pid() + "/task");
        for (int looks = 0; looks < 3000 && process.isAlive(); looks++) {
            try (Stream<Path> threads = Files.list(tasks)) {
                for (Path thread : threads.toList()) {
                    String place = Files.readString(thread.resolve("wchan"));
                    if (place.contains("pipe_write") || place.contains("wait_for_partner")) {
                        return;
                    }
                }
            } catch (IOException gone) {
                // A thread that ended meanwhile.
            }
            Thread.sleep(20);
        }
        throw new AssertionError("no thread of process " + process.pid() + " came to write to a pipe");
    }
}
