package ghostrow.many;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.run.Program;
import ghostrow.spmd.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps as users start them: killed, stopped, and started again with other numbers of ranks. */
class SweepRunTest {
    private static final int STOPPED = 75;
    private static final int KILLS = Integer.getInteger("ghostrow.sweep.kills", 3);
    private static final long SEED = Long.getLong("ghostrow.seed", System.nanoTime());
    private static final int CASES = 60;
    /** Uneven: the finest takes a hundred times as long as the coarsest. */
    private static final List<String> SWEEP = List.of("sweep", "diffusion", "--kernel", "plain", "--set", "runtime=12", "--vary",
            "dx=0.12:0.37:0.05", "--vary", "D=0.5:1.4:0.1", "--reduce", "max(sum)", "--reduce", "mean(dx*sum)");

    /** Ten cases of some tenths of a second: what is said to ranks that work reaches them in the middle of a case. */
    private static final List<String> LONG = List.of("sweep", "diffusion", "--kernel", "plain", "--set", "runtime=60", "--set",
            "dx=0.12", "--vary", "D=0.5:1.4:0.1", "--reduce", "max(sum)", "--reduce", "mean(D*sum)");

    /** What a sweep finds that nobody disturbs. */
    private record Undisturbed(List<Map<String, String>> results, List<String> reduced) {
        static Undisturbed of(List<String> sweep, int cases, Path folder) throws Exception {
            Program.Outcome outcome = Program.run(wordsOf(sweep, folder));
            assertEquals(0, outcome.code(), outcome.toString());
            Undisturbed found = new Undisturbed(SweepRunTest.results(folder), SweepRunTest.reduced(outcome));
            assertEquals(cases, found.results.size());
            assertEquals(2, found.reduced.size(), outcome.toString());
            return found;
        }

        void assertComplete(Path folder, Program.Outcome outcome) throws Exception {
            assertEquals(0, outcome.code(), outcome.toString());
            assertEquals(results, SweepRunTest.results(folder));
            assertEquals(reduced, SweepRunTest.reduced(outcome));
            // Nobody has done again what was done.
            Map<Integer, Integer> done = new HashMap<>();
            for (Path part : Journal.parts(folder.resolve("journal"))) {
                byte[] bytes = Files.readAllBytes(part);
                for (int from = 0, to = 0; to < bytes.length; to++) {
                    if (bytes[to] == '\n') {
                        Entry.parse(bytes, from, to).filter(entry -> entry.state() == State.done)
                                .ifPresent(entry -> done.merge(entry.item(), 1, Integer::sum));
                        from = to + 1;
                    }
                }
            }
            assertEquals(results.size(), done.size());
            assertTrue(done.values().stream().allMatch(times -> times == 1), done.toString());
        }
    }

    private static Undisturbed undisturbed;

    @BeforeAll
    static void findWhatIsExpected(@TempDir Path folder) throws Exception {
        undisturbed = Undisturbed.of(SWEEP, CASES, folder);
    }

    private static String[] words(Path folder, String... more) {
        return wordsOf(SWEEP, folder, more);
    }

    private static String[] wordsOf(List<String> sweep, Path folder, String... more) {
        List<String> words = new ArrayList<>(sweep);
        words.addAll(List.of("--out", folder.toString()));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private static List<String> reduced(Program.Outcome outcome) {
        return outcome.out().lines().filter(line -> line.startsWith("reduced")).toList();
    }

    private static List<Map<String, String>> results(Path folder) throws Exception {
        List<Map<String, String>> rows = SweepTest.rows(folder.resolve("sweep.csv"));
        rows.forEach(row -> row.keySet().removeAll(List.of("seconds", "caseSeconds", "worker", "attempt", "pointsPerSecond",
                "imbalance")));
        return rows;
    }

    @TestFactory
    Stream<DynamicTest> everyLauncherFindsTheSame(@TempDir Path parent) {
        return Stream.of(Map.entry(Setting.NATIVE_OPEN_MPI, List.of("4")), Map.entry(Setting.NATIVE_MPICH, List.of("3", "--group", "2")),
                Map.entry(Setting.OPENMPI, List.of("2")), Map.entry(Setting.MPJ, List.of("3")),
                Map.entry(Setting.MPJ_CLUSTER, List.of("2"))).map(run -> DynamicTest.dynamicTest(run.toString(), () -> {
                    run.getKey().require();
                    Path folder = Files.createTempDirectory(parent, "sweep");
                    List<String> how = run.getValue();
                    Program.Outcome outcome = Program.run(run.getKey(), Integer.parseInt(how.getFirst()),
                            words(folder, how.subList(1, how.size()).toArray(String[]::new)));
                    undisturbed.assertComplete(folder, outcome);
                }));
    }

    /** As between hosts whose library shares no counter that could be asked while its keeper works. */
    @Test
    void ranksWithoutACounterTakeCasesByFiles(@TempDir Path folder) throws Exception {
        Setting.NATIVE_OPEN_MPI.require();
        try (Program program = Program.start(Map.of("GHOSTROW_JAVA_OPTS", "-Dghostrow.machineCounter=false",
                "OMPI_MCA_osc", "^ucx"), words(folder, "--ranks", "3"))) {
            Program.Outcome outcome = program.end();
            undisturbed.assertComplete(folder, outcome);
            assertTrue(outcome.out().contains("by files in " + folder), outcome.out());
            assertTrue(Files.notExists(folder.resolve("journal/claims")));
        }
    }

    /** Ranks and launchers are killed at random moments; each next start may have another number of ranks. */
    @TestFactory
    Stream<DynamicTest> nothingIsLostAndNothingIsDoneTwice(@TempDir Path parent) {
        return Stream.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH).map(setting -> DynamicTest.dynamicTest(
                setting + ", " + KILLS + " kills, seed " + SEED, () -> {
                    setting.require();
                    Random random = new Random(SEED);
                    Path folder = Files.createTempDirectory(parent, "killed");
                    int hit = 0;
                    for (int kill = 0; kill < KILLS; kill++) {
                        int ranks = 2 + random.nextInt(3);
                        try (Program program = Program.start(setting, ranks, words(folder))) {
                            // The longest come first: when a fifth is done, little is left to do.
                            awaitDone(program, folder, 1 + CASES / 5 * kill / KILLS);
                            Thread.sleep(random.nextInt(50));
                            List<ProcessHandle> all = program.ranks();
                            boolean launcher = random.nextBoolean() || all.isEmpty();
                            (launcher ? program.launcher() : all.get(random.nextInt(all.size()))).destroyForcibly();
                            Program.Outcome outcome = program.end();
                            assertTrue(outcome.code() != 0 || over(folder) == CASES, outcome.toString());
                            hit += outcome.code() != 0 && over(folder) < CASES ? 1 : 0;
                        }
                    }
                    assertTrue(2 * hit > KILLS, "only " + hit + " of " + KILLS + " kills came in the middle");
                    undisturbed.assertComplete(folder, Program.run(setting, 4, words(folder)));
                }));
    }

    private static int over(Path folder) throws IOException {
        Path journal = folder.resolve("journal");
        return Files.exists(journal) ? new Account(journal, CASES).refresh().over() : 0;
    }

    private static void awaitDone(Program program, Path folder, int cases) throws Exception {
        while (over(folder) < cases && program.launcher().isAlive()) {
            Thread.sleep(5);
        }
    }

    private static void awaitRunning(Program program, Path journal, int cases, int running) throws Exception {
        while (program.launcher().isAlive() && !(Files.exists(journal)
                && new Account(journal, cases).refresh().count(State.running) == running)) {
            Thread.sleep(5);
        }
    }

    /** Cases that run write checkpoints, or end; the next start goes on with them. */
    @TestFactory
    Stream<DynamicTest> aSignalToOneRankStopsAllAndTheNextStartGoesOn(@TempDir Path parent) throws Exception {
        Undisturbed expected = Undisturbed.of(LONG, 10, Files.createTempDirectory(parent, "undisturbed"));
        return Stream.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH, Setting.MPJ).map(setting -> DynamicTest.dynamicTest(
                setting.toString(), () -> {
                    setting.require();
                    Path folder = Files.createTempDirectory(parent, "stopped");
                    try (Program program = Program.start(setting, 3, wordsOf(LONG, folder))) {
                        awaitRunning(program, folder.resolve("journal"), 10, 3);
                        Program.signal("USR1", program.ranks().getLast());
                        Program.Outcome outcome = program.end();
                        assertEquals(STOPPED, outcome.code(), outcome.toString());
                        assertTrue(outcome.out().contains("the same command goes on with what is left"), outcome.out());
                    }
                    int stopped = new Account(folder.resolve("journal"), 10).refresh().count(State.stopped);
                    assertTrue(stopped > 0, "no case was stopped in its middle");
                    Program.Outcome outcome = Program.run(setting, 2, wordsOf(LONG, folder));
                    expected.assertComplete(folder, outcome);
                }));
    }

    @Test
    void theStatusOfWhatRunsSaysWhereItIs(@TempDir Path folder) throws Exception {
        Setting.NATIVE_OPEN_MPI.require();
        Path journal = folder.resolve("journal");
        try (Program program = Program.start(Setting.NATIVE_OPEN_MPI, 2, "sweep", "diffusion", "--kernel", "plain", "--set",
                "runtime=1000", "--set", "dx=0.1", "--vary", "D=1:6", "--out", folder.toString(), "--log-every", "0.05")) {
            awaitRunning(program, journal, 6, 2);
            Program.Outcome status = Program.run("sweep", "--status", folder.toString());
            assertTrue(status.out().matches("(?s).*start      number 1, at work\n.*running    case 5 on \\S+, worker \\d, for .*"),
                    status.toString());
            Program.signal("USR1", program.ranks().getLast());
            Program.Outcome outcome = program.end();
            assertEquals(STOPPED, outcome.code(), outcome.toString());
            assertTrue(outcome.err().contains("ghostrow: 0 of 6 cases, 2 running\n"), outcome.toString());
        }
        assertTrue(Program.run("sweep", "--status", folder.toString()).out().contains("nobody is at work now\n"
                + "cases      6: 0 done, 0 failed, 6 left\n"));
    }
}
