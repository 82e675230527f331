package ghostrow.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.spmd.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A run that was stopped or killed goes on with any other number of ranks, and ends in the same bits. */
class RestartTest {
    private static final int STOPPED = 75;
    private static final int KILLS = Integer.getInteger("ghostrow.kills", 5);

    /** Long enough to be hit in the middle, and 7 reports. */
    private static final List<String> CASE = List.of("--set", "dx=0.1", "--set", "runtime=7", "--set", "outtime=1");

    private static String digest;

    @BeforeAll
    static void uninterrupted(@TempDir Path folder) throws Exception {
        digest = complete(Program.run(words(folder, "--digest", "--json", "-")));
    }

    private static String[] words(Path folder, String... more) {
        List<String> words = new ArrayList<>(List.of("diffusion", "--out", folder.toString()));
        words.addAll(CASE);
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private static String complete(Program.Outcome outcome) {
        assertEquals(0, outcome.code(), outcome.toString());
        return (String) outcome.record().get("digest");
    }

    private static void endsInTheSameBits(Path folder, Setting setting, int ranks) throws Exception {
        Program.Outcome outcome = Program.run(setting, ranks, words(folder, "--restart", "--threads", "2", "--digest",
                "--json", "-"));
        assertEquals(digest, complete(outcome), outcome.toString());
        assertEquals(8, Python.completeSnapshots(folder.resolve("diffusion.vtkhdf")));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.filter(file -> file.toString().endsWith(".ghost")).toList());
        }
    }

    @TestFactory
    Stream<DynamicTest> aSignalStopsAllRanksWithACheckpoint(@TempDir Path folder) {
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(stop(folder, Setting.SELF, 1, "TERM", false));
        tests.add(stop(folder, Setting.MPJ, 3, "INT", false));
        tests.add(stop(folder, Setting.NATIVE_OPEN_MPI, 2, "TERM", false));
        tests.add(stop(folder, Setting.NATIVE_OPEN_MPI, 2, "USR1", false));
        tests.add(stop(folder, Setting.NATIVE_OPEN_MPI, 3, "INT", true));
        tests.add(stop(folder, Setting.NATIVE_MPICH, 2, "TERM", false));
        tests.add(stop(folder, Setting.NATIVE_MPICH, 2, "INT", false));
        tests.add(stop(folder, Setting.NATIVE_MPICH, 3, "USR1", true));
        tests.add(stop(folder, Setting.OPENMPI, 2, "USR1", true));
        return tests.stream();
    }

    private static DynamicTest stop(Path parent, Setting setting, int ranks, String signal, boolean oneRank) {
        String name = setting + ", " + ranks + " ranks, SIG" + signal + " to " + (oneRank ? "one rank" : "the launcher");
        return DynamicTest.dynamicTest(name, () -> {
            setting.require();
            Path folder = Files.createTempDirectory(parent, "stop");
            try (Program program = Program.start(setting, ranks, words(folder))) {
                program.awaitLines(3);
                Program.signal(signal, oneRank ? program.ranks().getLast() : program.launcher());
                Program.Outcome outcome = program.end();
                assertTrue(outcome.out().contains("stopped by a signal after step "), outcome.toString());
                // Open MPI's own launcher says 1 when it was told to end itself; its ranks still stopped with 75.
                boolean launcherEnds = setting.library().equals(Setting.NATIVE_OPEN_MPI.library()) && !oneRank
                        && !signal.equals("USR1");
                assertEquals(launcherEnds ? 1 : STOPPED, outcome.code(), outcome.toString());
            }
            assertEquals(1, checkpoints(folder));
            endsInTheSameBits(folder, Setting.MPJ, ranks + 1);
        });
    }

    private static long checkpoints(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".ghost")).count();
        }
    }

    /** {@code -Dghostrow.kills=20} for more rounds than this. */
    @TestFactory
    Stream<DynamicTest> aKilledRunGoesOn(@TempDir Path parent) {
        List<Setting> settings = List.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH, Setting.MPJ);
        long seed = Long.getLong("ghostrow.seed", System.nanoTime());
        Random random = new Random(seed);
        List<DynamicTest> rounds = new ArrayList<>();
        for (int round = 0; round < KILLS; round++) {
            Setting setting = settings.get(round % settings.size());
            boolean launcher = random.nextBoolean();
            int ranks = 2 + random.nextInt(2);
            int lines = 1 + random.nextInt(5);
            int pause = random.nextInt(400);
            String name = setting + ", " + ranks + " ranks, -9 to " + (launcher ? "the launcher" : "a rank") + " after "
                    + lines + " reports and " + pause + " ms (seed " + seed + ")";
            rounds.add(DynamicTest.dynamicTest(name, () -> {
                setting.require();
                Path folder = Files.createTempDirectory(parent, "kill");
                kill(setting, ranks, folder, lines, pause, launcher);
                assertTrue(Python.completeSnapshots(folder.resolve("diffusion.vtkhdf")) >= 1);
                endsInTheSameBits(folder, Setting.MPJ, 5 - ranks);
            }));
        }
        return rounds.stream();
    }

    private static void kill(Setting setting, int ranks, Path folder, int lines, int pause, boolean launcher)
            throws Exception {
        try (Program program = Program.start(setting, ranks, words(folder, "--checkpoint-every", "0.2"))) {
            program.awaitLines(lines);
            Thread.sleep(pause);
            List<ProcessHandle> java = program.ranks();
            if (!java.isEmpty()) {
                Program.signal("KILL", launcher ? program.launcher() : java.get(java.size() / 2));
            }
            // What a launcher that was killed leaves behind ends with its batch job.
            program.kill();
        }
    }

    @Test
    void aCompleteRunIsFoundComplete(@TempDir Path folder) throws Exception {
        complete(Program.run(words(folder, "--digest", "--json", "-")));
        endsInTheSameBits(folder, Setting.SELF, 1);
    }

    @Test
    void aFileWithNothingInItYetIsBegun(@TempDir Path folder) throws Exception {
        complete(Program.run(words(folder, "--digest", "--json", "-")));
        Python.clearSnapshots(folder.resolve("diffusion.vtkhdf"));
        Program.Outcome outcome = Program.run(words(folder, "--restart", "--digest", "--json", "-"));
        assertTrue(outcome.code() == 2 || complete(outcome).equals(digest), outcome.toString());
    }
}
