package ghostrow.app.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.Checkpoint;
import ghostrow.data.SnapshotBytes;
import ghostrow.data.SnapshotFile;
import ghostrow.data.SnapshotReader;
import ghostrow.run.Program;
import ghostrow.spmd.Children;
import ghostrow.spmd.Setting;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
    private static final int KILLS = Integer.getInteger("ghostrow.kills", 3);

    private static final List<String> CASE = List.of("--set", "dx=0.06", "--set", "runtime=24", "--set", "outtime=2.9");
    /** The run that is to be hit in the middle takes its time. */
    private static final List<String> SLOWLY = List.of("--kernel", "plain", "--ghosts", "1");
    private static final int REPORTS = 9;
    private static final int STEPS_A_REPORT = 3215;

    private static String digest;
    private static Path whole;

    @BeforeAll
    static void uninterrupted(@TempDir Path folder) throws Exception {
        digest = complete(Program.run(words(folder, "--digest", "--json", "-")));
        whole = folder.resolve("diffusion.vtkhdf");
        assertEquals(List.of(whole), files(folder));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
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

    private static Program.Outcome endsInTheSameBits(Path folder, Setting setting, int ranks) throws Exception {
        // More threads than this would wait for each other's cores.
        String threads = ranks == 1 ? "2" : "1";
        Program.Outcome outcome = Program.run(setting, ranks, words(folder, "--restart", "--threads", threads, "--digest",
                "--json", "-"));
        assertEquals(digest, complete(outcome), outcome.toString());
        Path file = folder.resolve("diffusion.vtkhdf");
        assertEquals(-1, SnapshotBytes.mismatch(whole, file));
        // Neither checkpoints nor the lock stay behind.
        assertEquals(List.of(file), files(folder));
        // At the end, since this is where a machine without h5py skips.
        assertEquals(REPORTS, OtherReader.completeSnapshots(file));
        return outcome;
    }

    @TestFactory
    Stream<DynamicTest> aSignalStopsAllRanksWithACheckpoint(@TempDir Path folder) {
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(stop(folder, Setting.SELF, 1, "TERM", false));
        tests.add(stop(folder, Setting.MPJ, 3, "INT", false));
        tests.add(stop(folder, Setting.NATIVE_OPEN_MPI, 2, "TERM", false));
        tests.add(stop(folder, Setting.NATIVE_OPEN_MPI, 3, "INT", true));
        tests.add(stop(folder, Setting.OPENMPI, 2, "USR1", false));
        tests.add(stop(folder, Setting.NATIVE_MPICH, 2, "TERM", false));
        if (Boolean.getBoolean("ghostrow.thorough")) {
            tests.add(stop(folder, Setting.NATIVE_MPICH, 2, "INT", false));
            tests.add(stop(folder, Setting.NATIVE_MPICH, 2, "TERM", true));
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
                assertEquals(STOPPED, outcome.code(), outcome.toString());
            }
            // None where the last thing before was a snapshot.
            assertTrue(checkpoints(folder) <= 1);
            endsInTheSameBits(folder, Setting.MPJ, ranks + 1);
        });
    }

    private static long checkpoints(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".ghost")).count();
        }
    }

    private enum Victim { LAUNCHER, ONE_RANK, ALL_RANKS }

    /** {@code -Dghostrow.kills=20} for more rounds than this; {@code make torture} for hundreds. */
    @TestFactory
    Stream<DynamicTest> aKilledRunGoesOn(@TempDir Path parent) {
        List<Setting> settings = List.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH, Setting.MPJ);
        long seed = Long.getLong("ghostrow.seed", System.nanoTime());
        Random random = new Random(seed);
        List<DynamicTest> rounds = new ArrayList<>();
        for (int round = 0; round < KILLS; round++) {
            Setting setting = settings.get(round % settings.size());
            Victim victim = setting.equals(Setting.MPJ) ? Victim.ALL_RANKS
                    : round < settings.size() ? Victim.ONE_RANK : Victim.values()[random.nextInt(3)];
            // MPICH's ranks do not make way for each other: more of them than cores hardly move.
            int ranks = setting.equals(Setting.NATIVE_MPICH) ? 2 : 2 + random.nextInt(2);
            int lines = 1 + random.nextInt(3);
            int pause = random.nextInt(400);
            String name = setting + ", " + ranks + " ranks, -9 to " + victim + " after " + lines + " reports and "
                    + pause + " ms (seed " + seed + ")";
            rounds.add(DynamicTest.dynamicTest(name, () -> {
                setting.require();
                Path folder = Files.createTempDirectory(parent, "kill");
                kill(setting, ranks, folder, lines, pause, victim);
                // What was printed is complete, and has the right bits.
                Path file = folder.resolve("diffusion.vtkhdf");
                try (SnapshotReader reader = SnapshotReader.open(file)) {
                    assertTrue(reader.complete() >= lines);
                }
                assertEquals(-1, SnapshotBytes.mismatch(whole, file));
                endsInTheSameBits(folder, Setting.MPJ, 5 - ranks);
            }));
        }
        return rounds.stream();
    }

    private static void kill(Setting setting, int ranks, Path folder, int lines, int pause, Victim victim)
            throws Exception {
        List<String> more = new ArrayList<>(SLOWLY);
        more.addAll(List.of("--checkpoint-every", "0.2"));
        try (Program program = Program.start(setting, ranks, words(folder, more))) {
            program.awaitLines(lines);
            Thread.sleep(pause);
            List<ProcessHandle> java = program.ranks();
            assertEquals(setting.isOneJvm() ? 1 : ranks, java.size(), "killed too late: " + program.said());
            List<ProcessHandle> victims = switch (victim) {
                case LAUNCHER -> List.of(program.launcher());
                case ONE_RANK -> List.of(java.get(ranks / 2));
                case ALL_RANKS -> java;
            };
            for (ProcessHandle one : victims) {
                assertTrue(one.isAlive(), "killed too late: " + program.said());
            }
            for (ProcessHandle one : victims) {
                Program.signal("KILL", one);
            }
            Program.Outcome outcome = program.end();
            assertTrue(outcome.code() != 0, outcome.toString());
            assertFalse(outcome.out().contains("sum  "), "killed too late: " + outcome);
            // The launcher's end may come before that of its ranks, and so may the restart: it waits for them.
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
    void aDamagedSnapshotIsComputedOnceMore(@TempDir Path folder) throws Exception {
        Path file = Files.copy(whole, folder.resolve("diffusion.vtkhdf"));
        flip(file, Files.size(file) - 100);
        Program.Outcome outcome = endsInTheSameBits(folder, Setting.MPJ, 2);
        assertEquals(1, outcome.err().lines().filter(line -> line.startsWith("ghostrow: ")).count(), outcome.toString());
        assertTrue(outcome.err().contains("row 332 of snapshot 8 does not fit its checksum"), outcome.err());
        assertTrue(outcome.out().contains("going on after step " + 7 * STEPS_A_REPORT + " of "), outcome.out());

        // All of them: from the beginning.
        for (int snapshot = 0; snapshot < REPORTS; snapshot++) {
            flip(file, Files.size(file) - 100 - snapshot * 333L * 333 * 8);
        }
        // What was complete stays so while it is written once more.
        List<String> again = new ArrayList<>(SLOWLY);
        again.addAll(List.of("--restart", "--snapshots", "every"));
        try (Program program = Program.start(words(folder, again))) {
            program.awaitLines(3);
            program.kill();
        }
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            assertEquals(REPORTS, reader.complete());
        }
        laidOut(folder, REPORTS);
        for (int snapshot = 0; snapshot < REPORTS; snapshot++) {
            flip(file, Files.size(file) - 100 - snapshot * 333L * 333 * 8);
        }
        outcome = endsInTheSameBits(folder, Setting.MPJ, 3);
        assertEquals(REPORTS, outcome.err().lines().filter(line -> line.contains("does not fit its checksum")).count());
        assertTrue(outcome.out().contains("starting from the beginning"), outcome.out());
    }

    private static void flip(Path file, long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, position);
            channel.write(one.put(0, (byte) (one.get(0) ^ 1)).flip(), position);
        }
    }

    @Test
    void nothingAtAllIsBegun(@TempDir Path parent) throws Exception {
        Path folder = parent.resolve("new");
        Program.Outcome outcome = endsInTheSameBits(folder, Setting.MPJ, 2);
        assertTrue(outcome.out().contains("nothing to go on with in " + folder + ": starting from the beginning"),
                outcome.out());
    }

    @Test
    void completeSnapshotsWithoutACheckpointWillDo(@TempDir Path folder) throws Exception {
        laidOut(folder, 5);
        Program.Outcome outcome = endsInTheSameBits(folder, Setting.MPJ, 3);
        assertTrue(outcome.out().contains("going on after step " + 4 * STEPS_A_REPORT + " of "), outcome.out());
    }

    @Test
    void theLaterOfCheckpointAndSnapshotCounts(@TempDir Path folder) throws Exception {
        stopped(folder);
        List<Path> checkpoint = files(folder).stream().filter(file -> file.toString().endsWith(".ghost")).toList();
        assertEquals(1, checkpoint.size());
        long step = Checkpoint.saved(folder, damage -> { }).getFirst().state().step();
        laidOut(folder, 1 + (int) (step / STEPS_A_REPORT));
        try (Program program = Program.start(words(folder, "--restart", "--kernel", "plain", "--ghosts", "1"))) {
            program.awaitLines(2);
            assertTrue(program.said().contains("going on after step " + step + " of "), program.said());
            program.kill();
        }
        laidOut(folder, 8);
        Program.Outcome outcome = endsInTheSameBits(folder, Setting.MPJ, 2);
        assertTrue(outcome.out().contains("going on after step " + 7 * STEPS_A_REPORT + " of "), outcome.out());
    }

    /** As a run leaves it that was killed after so many snapshots. */
    private static void laidOut(Path folder, int complete) throws IOException {
        Path file = folder.resolve("diffusion.vtkhdf");
        Files.copy(whole, file, StandardCopyOption.REPLACE_EXISTING);
        try (SnapshotReader reader = SnapshotReader.open(file);
                SnapshotFile snapshots = SnapshotFile.open(file, reader.layout())) {
            snapshots.commit(complete);
            for (int snapshot = complete; snapshot < REPORTS; snapshot++) {
                flip(file, reader.layout().data() + snapshot * 333L * 333 * 8 + 1000);
            }
        }
    }

    @Test
    void aDamagedCheckpointGivesWayToTheOlderWhichIsNotWrittenOver(@TempDir Path folder) throws Exception {
        stopped(folder, "--snapshots", "none");
        stopped(folder, "--snapshots", "none", "--restart");
        Path older = folder.resolve("checkpoint-1.ghost");
        Path newer = folder.resolve("checkpoint-0.ghost");
        byte[] sound = Files.readAllBytes(older);
        flip(newer, Files.size(newer) - 1000);
        stopped(folder, "--snapshots", "none", "--restart", "--ranks", "3", "--transport", "mpj");
        assertArrayEquals(sound, Files.readAllBytes(older));
        // A kill in the middle of that write would have left the older one.
        flip(newer, Files.size(newer) - 1000);
        Program.Outcome outcome = Program.run(Setting.MPJ, 2, words(folder, "--snapshots", "none", "--restart",
                "--digest", "--json", "-"));
        assertEquals(digest, complete(outcome));
        assertTrue(outcome.err().contains("checkpoint-0.ghost: is a damaged checkpoint, row 332"), outcome.err());
    }

    @Test
    void aCheckpointOfAnotherGridIsRefused(@TempDir Path folder) throws Exception {
        stopped(folder, "--snapshots", "none");
        Checkpoint.State state = Checkpoint.saved(folder, damage -> { }).getFirst().state();
        Checkpoint.State other = new Checkpoint.State(state.step(), 10, 20, state.parameters());
        long serial = Checkpoint.begin(folder, other, 0);
        try (Checkpoint checkpoint = Checkpoint.open(folder, serial, other); Arena arena = Arena.ofConfined()) {
            checkpoint.commit(checkpoint.writeRows(0, 10, arena.allocate(10 * 20 * 8), 20 * 8));
        }
        refused(folder, "holds a grid of 10 x 20 cells, but this run has 333 x 333", "--restart", "--snapshots", "none");
    }

    @Test
    void ifBothCheckpointsAreDamagedTheRunBeginsAnewAndSaysSo(@TempDir Path folder) throws Exception {
        stopped(folder, "--snapshots", "none");
        flip(folder.resolve("checkpoint-1.ghost"), 30);
        Program.Outcome outcome = Program.run(Setting.MPJ, 2, words(folder, "--snapshots", "none", "--restart",
                "--digest", "--json", "-"));
        assertEquals(digest, complete(outcome));
        assertTrue(outcome.err().contains("checkpoint-1.ghost: is a damaged checkpoint, its header"), outcome.err());
        assertTrue(outcome.out().contains("starting from the beginning"), outcome.out());
    }

    @Test
    void aStateThatIsASnapshotAlreadyNeedsNoCheckpoint(@TempDir Path folder) throws Exception {
        // Every step reports.
        String[] tiny = {"diffusion", "--out", folder.toString(), "--set", "dx=0.5", "--set", "runtime=1500", "--set",
                "outtime=0.001"};
        try (Program program = Program.start(tiny)) {
            program.awaitLines(20);
            Program.signal("TERM", program.launcher());
            assertEquals(STOPPED, program.end().code());
        }
        assertEquals(List.of(folder.resolve("diffusion.vtkhdf")), files(folder));
        long complete;
        try (SnapshotReader reader = SnapshotReader.open(folder.resolve("diffusion.vtkhdf"))) {
            complete = reader.complete();
        }
        List<String> restart = new ArrayList<>(List.of(tiny));
        restart.add("--restart");
        try (Program program = Program.start(restart.toArray(String[]::new))) {
            program.awaitLines(2);
            assertTrue(program.said().startsWith("going on after step " + (complete - 1) + " of "), program.said());
        }
    }

    @Test
    void aRunThatCannotWriteItsCheckpointsGoesOnButDoesNotEndWithoutOne(@TempDir Path folder) throws Exception {
        List<String> more = new ArrayList<>(SLOWLY);
        more.addAll(List.of("--snapshots", "none", "--digest", "--json", "-"));
        // No file may grow beyond 300 KiB; a checkpoint has 900.
        String limit = "ulimit -f 300; exec \"$@\"";
        List<String> every = new ArrayList<>(more);
        every.addAll(List.of("--checkpoint-every", "0.1"));
        try (Program program = Program.startBy(List.of("bash", "-c", limit, "-"), words(folder, every))) {
            Program.Outcome outcome = program.end();
            assertEquals(digest, complete(outcome), outcome.toString());
            assertEquals(1, outcome.err().lines().filter(line -> line.contains("checkpoint could not be written")
                    && line.contains("going on without it")).count(), outcome.toString());
        }
        try (Program program = Program.startBy(List.of("bash", "-c", limit, "-"), words(folder, more))) {
            program.awaitLines(1);
            Program.signal("TERM", program.launcher());
            Program.Outcome outcome = program.end();
            assertEquals(1, outcome.code(), outcome.toString());
            assertTrue(outcome.err().contains("checkpoint could not be written"), outcome.toString());
        }
    }

    /** Its record goes to a reader who never comes, and there it is killed. */
    @Test
    void untilAllIsSaidAndWrittenTheCheckpointStays(@TempDir Path folder, @TempDir Path elsewhere) throws Exception {
        Path record = elsewhere.resolve("record");
        Children.output(Children.launch("mkfifo", record.toString()));
        try (Program program = Program.start(words(folder, "--snapshots", "none", "--checkpoint-every", "0.1", "--json",
                record.toString()))) {
            while (program.launcher().isAlive() && !program.said().contains("sum  ")) {
                Thread.sleep(20);
            }
            Thread.sleep(200);
            assertTrue(program.launcher().isAlive(), program.said());
            program.kill();
        }
        assertTrue(checkpoints(folder) > 0);
        Program.Outcome outcome = Program.run(words(folder, "--snapshots", "none", "--restart", "--digest", "--json", "-"));
        assertEquals(digest, complete(outcome));
        assertTrue(outcome.out().contains("going on after step "), outcome.out());
    }

    @Test
    void aFolderThatALivingRunHoldsIsRefused(@TempDir Path folder) throws Exception {
        try (Program program = Program.start(words(folder, SLOWLY))) {
            program.awaitLines(1);
            String why = "is being written by process " + program.ranks().getFirst().pid() + " on ";
            // It lives on, but must not end before all have been refused.
            Program.signal("STOP", program.launcher());
            refused(folder, why, "--force");
            refused(folder, why);
            Program.Outcome outcome = Program.run("mandelbrot", "100", "100", "--out", folder.toString());
            assertEquals(2, outcome.code(), outcome.toString());
            assertTrue(outcome.err().contains(why), outcome.toString());
            Program.signal("CONT", program.launcher());
            Program.signal("USR1", program.launcher());
            assertEquals(STOPPED, program.end().code());
        }
        assertFalse(Files.exists(folder.resolve("ghostrow.lock")));
        endsInTheSameBits(folder, Setting.MPJ, 2);
    }

    /** Leaves a checkpoint. */
    private static void stopped(Path folder, String... more) throws Exception {
        List<String> slowly = new ArrayList<>(SLOWLY);
        slowly.addAll(List.of(more));
        try (Program program = Program.start(words(folder, slowly))) {
            program.awaitLines(1);
            Program.signal("USR1", program.launcher());
            Program.Outcome outcome = program.end();
            assertEquals(STOPPED, outcome.code(), outcome.toString());
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
