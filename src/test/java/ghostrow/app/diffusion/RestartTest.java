package ghostrow.app.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.SnapshotFile;
import ghostrow.data.SnapshotReader;
import ghostrow.run.Program;
import ghostrow.spmd.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
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

    private static final List<String> CASE = List.of("--set", "dx=0.06", "--set", "runtime=24", "--set", "outtime=2.9");
    /** The run that is to be hit in the middle takes its time. */
    private static final List<String> SLOWLY = List.of("--kernel", "plain", "--ghosts", "1");
    private static final int REPORTS = 9;

    private static String digest;

    @BeforeAll
    static void uninterrupted(@TempDir Path folder) throws Exception {
        digest = complete(Program.run(words(folder, "--digest", "--json", "-")));
    }

    private static String[] words(Path folder, String... more) {
        return words(folder, List.of(more));
    }

    private static String[] words(Path folder, List<String> more) {
        List<String> words = new ArrayList<>(List.of("diffusion", "--out", folder.toString()));
        words.addAll(CASE);
        words.addAll(more);
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
        assertEquals(REPORTS, OtherReader.completeSnapshots(folder.resolve("diffusion.vtkhdf")));
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
        tests.add(stop(folder, Setting.NATIVE_OPEN_MPI, 3, "INT", true));
        tests.add(stop(folder, Setting.OPENMPI, 2, "USR1", false));
        tests.add(stop(folder, Setting.NATIVE_MPICH, 2, "INT", false));
        tests.add(stop(folder, Setting.NATIVE_MPICH, 2, "TERM", true));
        if (Boolean.getBoolean("ghostrow.thorough")) {
            tests.add(stop(folder, Setting.NATIVE_OPEN_MPI, 2, "USR1", true));
            tests.add(stop(folder, Setting.NATIVE_MPICH, 3, "USR1", false));
            tests.add(stop(folder, Setting.OPENMPI, 2, "TERM", true));
        }
        return tests.stream();
    }

    private static DynamicTest stop(Path parent, Setting setting, int ranks, String signal, boolean oneRank) {
        String name = setting + ", " + ranks + " ranks, SIG" + signal + " to " + (oneRank ? "one rank" : "the launcher");
        return DynamicTest.dynamicTest(name, () -> {
            setting.require();
            Path folder = Files.createTempDirectory(parent, "stop");
            try (Program program = Program.start(setting, ranks, words(folder, SLOWLY))) {
                program.awaitLines(1);
                Program.signal(signal, oneRank ? program.ranks().getLast() : program.launcher());
                Program.Outcome outcome = program.end();
                assertTrue(outcome.out().contains("stopped by a signal after step "), outcome.toString());
                assertTrue(exitCodes(setting, oneRank, signal).contains(outcome.code()), outcome.toString());
            }
            assertEquals(1, checkpoints(folder));
            endsInTheSameBits(folder, Setting.MPJ, ranks + 1);
        });
    }

    /**
     * All ranks stop with 75. A launcher that was told to end itself has a word in it: Open MPI's says 1, and MPICH's
     * now and then forgets what its ranks said.
     */
    private static List<Integer> exitCodes(Setting setting, boolean oneRank, String signal) {
        if (oneRank || signal.equals("USR1") || setting.library().isEmpty()) {
            return List.of(STOPPED);
        }
        return setting.equals(Setting.NATIVE_MPICH) ? List.of(STOPPED, 0) : List.of(1);
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
            // MPICH's ranks do not make way for each other: more of them than cores hardly move.
            int ranks = setting.equals(Setting.NATIVE_MPICH) ? 2 : 2 + random.nextInt(2);
            int lines = 1 + random.nextInt(3);
            int pause = random.nextInt(400);
            String name = setting + ", " + ranks + " ranks, -9 to " + (launcher ? "the launcher" : "a rank") + " after "
                    + lines + " reports and " + pause + " ms (seed " + seed + ")";
            rounds.add(DynamicTest.dynamicTest(name, () -> {
                setting.require();
                Path folder = Files.createTempDirectory(parent, "kill");
                kill(setting, ranks, folder, lines, pause, launcher);
                assertTrue(OtherReader.completeSnapshots(folder.resolve("diffusion.vtkhdf")) >= 1);
                endsInTheSameBits(folder, Setting.MPJ, 5 - ranks);
            }));
        }
        return rounds.stream();
    }

    private static void kill(Setting setting, int ranks, Path folder, int lines, int pause, boolean launcher)
            throws Exception {
        List<String> more = new ArrayList<>(SLOWLY);
        more.addAll(List.of("--checkpoint-every", "0.2"));
        try (Program program = Program.start(setting, ranks, words(folder, more))) {
            program.awaitLines(lines);
            Thread.sleep(pause);
            List<ProcessHandle> java = program.ranks();
            if (!java.isEmpty()) {
                Program.signal("KILL", launcher ? program.launcher() : java.get(java.size() / 2));
            }
            // What a launcher that was killed leaves behind would go on writing for a moment.
            java.forEach(ProcessHandle::destroyForcibly);
            java.forEach(rank -> rank.onExit().join());
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
        Path file = folder.resolve("diffusion.vtkhdf");
        try (SnapshotReader reader = SnapshotReader.open(file);
                SnapshotFile snapshots = SnapshotFile.open(file, reader.layout())) {
            snapshots.commit(0);
        }
        endsInTheSameBits(folder, Setting.MPJ, 2);
    }

    @Test
    void withoutSnapshotsACheckpointAloneWillDo(@TempDir Path folder) throws Exception {
        stopped(folder, "--snapshots", "none");
        Program.Outcome outcome = Program.run(Setting.MPJ, 2, words(folder, "--snapshots", "none", "--restart",
                "--digest", "--json", "-"));
        assertEquals(digest, complete(outcome));
    }

    @Test
    void whatDoesNotBelongTogetherIsRefusedAndLeftAsItIs(@TempDir Path folder) throws Exception {
        stopped(folder);
        Path file = folder.resolve("diffusion.vtkhdf");
        byte[] before = Files.readAllBytes(file);
        refused(folder, "dx = 0.06", "--restart", "--set", "dx=0.05");
        refused(folder, "runtime = 24.0", "--restart", "--set", "runtime=25");
        refused(folder, "same --snapshots", "--restart", "--snapshots", "last");
        refused(folder, "choose one", "--restart", "--force");
        refused(folder, "exists already; --restart");
        refused(folder, "exists already; --restart", "--snapshots", "none");
        assertArrayEquals(before, Files.readAllBytes(file));

        Path aside = folder.resolve("aside");
        Files.move(file, aside);
        refused(folder, "--snapshots none", "--restart");
        refused(folder, "checkpoint-", "--snapshots", "none", "--restart", "--set", "D=2");
        Files.writeString(file, "something else");
        refused(folder, "is not an HDF5 file", "--restart");
        Files.write(file, Arrays.copyOf(before, before.length / 2));
        refused(folder, "is cut off", "--restart");
        byte[] damaged = before.clone();
        Arrays.fill(damaged, 600, 900, (byte) 7);
        Files.write(file, damaged);
        refused(folder, "is damaged", "--restart");

        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        endsInTheSameBits(folder, Setting.MPJ, 3);
    }

    @Test
    void aDamagedSnapshotIsRefusedByTheRankThatReadsIt(@TempDir Path folder) throws Exception {
        complete(Program.run(words(folder, "--digest", "--json", "-")));
        Path file = folder.resolve("diffusion.vtkhdf");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 100] ^= 1;
        Files.write(file, bytes);
        Program.Outcome outcome = Program.run(Setting.MPJ, 2, words(folder, "--restart"));
        assertEquals(2, outcome.code(), outcome.toString());
        assertEquals(1, outcome.err().lines().count(), outcome.toString());
        assertTrue(outcome.err().contains("row 332 of snapshot 8 does not fit its checksum"), outcome.err());
    }

    @Test
    void anEmptyFolderHasNothingToGoOnWith(@TempDir Path parent) throws Exception {
        Path folder = parent.resolve("new");
        refused(folder, "start without --restart", "--restart");
        assertFalse(Files.exists(folder));
    }

    /** Leaves a checkpoint. */
    private static void stopped(Path folder, String... more) throws Exception {
        List<String> slowly = new ArrayList<>(SLOWLY);
        slowly.addAll(List.of(more));
        try (Program program = Program.start(words(folder, slowly))) {
            program.awaitLines(1);
            Program.signal("USR1", program.launcher());
            assertEquals(STOPPED, program.end().code());
        }
    }

    private static void refused(Path folder, String why, String... more) throws Exception {
        Program.Outcome outcome = Program.run(words(folder, more));
        assertEquals(2, outcome.code(), outcome.toString());
        assertEquals("", outcome.out());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().contains(why), outcome.err());
    }
}
