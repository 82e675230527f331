package ghostrow.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.spmd.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.TestAbortedException;

/**
 * The batch files on a cluster of four nodes. Tests run at the same time and Slurm queues their jobs; those
 * that disturb nodes have these to themselves, because two ranks on each is all that a node holds.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class BatchJobsTest {
    private static final int NODES = 4;

    /** Done in an instant. */
    private static final String[] SHORT = {"--set", "dx=0.2", "--set", "runtime=0.3",
        "--set", "outtime=0.1"};
    /** Takes a few seconds: there is time to interfere. */
    private static final String[] LONG = {"--set", "dx=0.01", "--set", "runtime=0.02",
        "--set", "outtime=0.01"};

    private Testbed testbed;
    private Shell shell;
    private Path out;
    private String shortDigest;
    private String longDigest;
    private TestAbortedException cannotRunHere;

    @BeforeAll
    void prepare(@TempDir Path folder) throws IOException {
        try {
            startClusterAndRunPlainly(folder);
        } catch (TestAbortedException e) {
            cannotRunHere = e;
        }
    }

    /** One by one, so that each is counted: of a class that is skipped as a whole none is. */
    @BeforeEach
    void skipWhatCannotRunHere() {
        if (cannotRunHere != null) {
            throw cannotRunHere;
        }
    }

    private void startClusterAndRunPlainly(Path folder) throws IOException {
        Needs.build();
        testbed = Testbed.start(folder.resolve("tb"), NODES);
        out = Files.createDirectory(folder.resolve("out"));
        Map<String, String> environment = new HashMap<>(testbed.environment());
        environment.put("OUT", out.toString());
        environment.put("SITE_ENV", Shell.SITE);
        shell = new Shell(environment);
        shortDigest = plainly("plain-short", SHORT);
        longDigest = plainly("plain-long", LONG);
    }

    @AfterAll
    void stopCluster() {
        if (testbed != null) {
            testbed.close();
        }
    }

    private String plainly(String run, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", "jobs/diffusion"));
        command.addAll(Arrays.asList(arguments));
        Shell.Said said = shell.with(Map.of("RUN", run)).run(command);
        assertEquals(0, said.code(), said.text());
        return RunRecord.of(Files.readString(out.resolve(run).resolve("record.json"))).digest();
    }

    private Job submit(String run, Map<String, String> settings, Stream<String> options,
            String... arguments) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("RUN", run);
        String[] words = Stream.concat(options, Stream.of(arguments)).toArray(String[]::new);
        return Job.submit(shell, out, all, words);
    }

    /** Files and launchers of every MPI by turns: one script in jobs/ makes the same of a launcher for all files. */
    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource({
        "several-nodes diffusion, srun openmpi", "one-node diffusion, mpirun openmpi",
        "hybrid diffusion, mpirun mpich", "checkpoint, srun mpich"})
    void twoRanksOnEachOfTwoNodesGiveTheBitsOfOne(String file, String launcher) throws IOException {
        String run = (file + "-" + launcher).replace(' ', '-');
        String[] files = file.split(" ");
        String[] launchers = launcher.split(" ");
        Stream<String> options = Stream.of("-N2", "-n4", "--ntasks-per-node=2", "--cpus-per-task=1");
        Stream<String> what = Stream.concat(Stream.of("slurm/" + files[0] + ".sbatch"), Stream.of(files).skip(1));
        Job job = submit(run, Map.of("LAUNCHER", launchers[0], "MPI", launchers[1]),
                Stream.concat(options, what), SHORT);
        job.mustComplete();
        assertEquals(new RunRecord(4, 1, shortDigest), job.record(run));
        String record = Files.readString(out.resolve(run).resolve("record.json"));
        assertTrue(record.matches("(?s).*\"hosts\":\\[\"node\\d\",\"node\\d\"\\].*"), record);
    }

    @Test
    void oneNodeGivesTheBitsOfOneRank() {
        Job job = submit("one-node", Map.of(), Stream.of("slurm/one-node.sbatch", "diffusion"), SHORT);
        job.mustComplete();
        assertEquals(new RunRecord(2, 1, shortDigest), job.record("one-node"));
    }

    @Test
    void ranksTimesThreadsGiveTheBitsOfOne() {
        Job job = submit("hybrid", Map.of(), Stream.of("slurm/hybrid.sbatch", "diffusion"), SHORT);
        job.mustComplete();
        assertEquals(2, job.record("hybrid").ranks());
        assertEquals(shortDigest, job.record("hybrid").digest());
    }

    /** With nothing set but where Ghostrow is; results go to the folder that the job was submitted from. */
    @Test
    void filesWorkFromAnotherFolder() throws IOException {
        Path elsewhere = Files.createDirectory(out.resolveSibling("some where"));
        Path home = Files.createSymbolicLink(out.resolveSibling("ghost row"), Shell.HOME);
        try {
            Files.createDirectory(elsewhere.resolve("out"));
            Shell there = shell.in(elsewhere).with(Map.of("GHOSTROW_HOME", home.toString(), "OUT", ""));
            Job job = Job.submit(there, elsewhere.resolve("out"), Map.of("RUN", "there"),
                    Stream.concat(Stream.of(home + "/slurm/one-node.sbatch", "diffusion"), Stream.of(SHORT))
                            .toArray(String[]::new));
            job.mustComplete();
            assertEquals(new RunRecord(2, 1, shortDigest), job.record("there"));
            Job lost = Job.submit(there, elsewhere, Map.of("GHOSTROW_HOME", ""), home + "/slurm/sweep.sbatch");
            assertEquals("FAILED", lost.end());
        } finally {
            Files.delete(home);
        }
    }

    /** As srun has it: one rank a node. */
    @Test
    void nodesWithoutANumberOfTasksTakeARankEach() throws IOException {
        Job job = submit("nodes", Map.of(), Stream.of("-N2", "jobs/diffusion"), SHORT);
        job.mustComplete();
        assertEquals(new RunRecord(2, 1, shortDigest), job.record("nodes"));
        String record = Files.readString(out.resolve("nodes/record.json"));
        assertTrue(record.matches("(?s).*\"hosts\":\\[\"node\\d\",\"node\\d\"\\].*"), record);
    }

    @Test
    void srunMayBeLeftToTheSitesOwnChoiceAndTakesMoreOptions() {
        Job job = submit("site-choice", Map.of("SRUN_MPI", "", "SLURM_MPI_TYPE", "pmix", "SRUN_OPTIONS", "--label"),
                Stream.of("-n2", "jobs/diffusion"), SHORT);
        job.mustComplete();
        assertEquals(new RunRecord(2, 1, shortDigest), job.record("site-choice"));
        assertTrue(job.said().lines().anyMatch(line -> line.startsWith("0: ")), job.said());
        Job wrong = submit("site-wrong", Map.of("SLURM_MPI_TYPE", "pmi2"), Stream.of("-n2", "jobs/diffusion"), SHORT);
        assertEquals("FAILED", wrong.end());
        assertTrue(wrong.said().contains("srun --mpi=pmi2"), wrong.said());
    }

    @Test
    void srunMayAskForTheNodesItself() {
        Shell.Said said = shell.with(Map.of("RUN", "no-job", "LAUNCHER", "srun", "RANKS", "2")).run(
                Stream.concat(Stream.of("bash", "jobs/diffusion"), Stream.of(SHORT)).toArray(String[]::new));
        assertEquals(0, said.code(), said.text());
        assertEquals(new RunRecord(2, 1, shortDigest), new Job(shell, "", out, out).record("no-job"));
    }

    @Test
    void theSameScriptRunsUnderSbatchAndInsideAnAllocation() throws IOException {
        Job job = submit("under-sbatch", Map.of(), Stream.of("-N2", "-n4", "jobs/diffusion"), SHORT);
        List<String> inside = new ArrayList<>(List.of("salloc", "--quiet", "-N2", "-n4"));
        inside.addAll(List.of("bash", "jobs/diffusion"));
        inside.addAll(Arrays.asList(SHORT));
        Shell.Said said = shell.with(Map.of("RUN", "in-allocation")).run(inside);
        assertEquals(0, said.code(), said.text());
        job.mustComplete();
        assertEquals(job.record("under-sbatch"), job.record("in-allocation"));
    }

    @Test
    void jobsOfAnArrayHaveRowsOfTheirOwn() throws IOException {
        Job array = submit("array", Map.of(), Stream.of("--array=0-1", "slurm/one-node.sbatch", "auc"), "1000");
        for (int task = 0; task < 2; task++) {
            array.numbered(array.id() + "_" + task).mustComplete();
        }
        assertEquals(2, rows(array.id() + "_").map(BatchJobsTest::job).distinct().count());
    }

    /** Stopped in its middle on two nodes, it comes back and does the rest. */
    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource({"srun, openmpi", "mpirun, mpich"})
    void aSweepOverTwoNodesThatIsSignalledComesBackAndDoesTheRest(String launcher, String mpi) throws IOException {
        String run = "sweep-" + launcher + "-" + mpi;
        Job job = submit(run, Map.of("LAUNCHER", launcher, "MPI", mpi), Stream.of("slurm/sweep.sbatch", "diffusion", "--digest",
                "--vary", "dx=0.2,0.03", "--vary", "D=1:4", "--kernel", "plain", "--set", "runtime=0.3", "--set", "outtime=0.1"));
        assertTrue(Shell.await(Duration.ofSeconds(90), () -> done(run) > 0), () -> job.said());
        shell.read("scancel", "--signal=USR1", "--batch", job.id());
        job.mustComplete();
        assertEquals("Restarts=1", restarts(job));
        List<String> rows = Files.readAllLines(out.resolve(run).resolve("sweep.csv"));
        assertEquals(9, rows.size(), rows.toString());
        assertTrue(rows.stream().skip(1).allMatch(row -> row.contains(",done,")), rows.toString());
        assertTrue(rows.get(1).startsWith("1,0.2,1,done,") && rows.get(1).contains(shortDigest), rows.get(1));
        String record = Files.readString(out.resolve(run).resolve("record.json"));
        assertTrue(record.matches("(?s).*\"ranks\":4,.*\"hosts\":\\[\"node\\d\",\"node\\d\"\\].*"), record);
        assertTrue(record.contains("\"start\":2"), record);
        assertTrue(job.said().contains("the same command goes on with what is left"), job.said());
    }

    private long done(String run) {
        return shell.run("bash", "-c", "cat '" + out.resolve(run) + "'/journal/*.log | grep -c '\"done\"'").text().strip()
                .lines().filter(line -> line.matches("\\d+")).mapToLong(Long::parseLong).findFirst().orElse(0);
    }

    @Test
    void aFarmRunsItsTasksOnAllNodes() throws IOException {
        Path tasks = Files.write(out.resolve("tasks.txt"), Collections.nCopies(16, "hostname; sleep 0.3"));
        Job job = submit("farm", Map.of(), Stream.of("slurm/farm.sbatch"), tasks.toString());
        job.mustComplete();
        List<String> rows = Files.readAllLines(out.resolve("farm/farm.csv"));
        assertEquals(17, rows.size(), rows.toString());
        assertEquals(2, rows.stream().skip(1).map(row -> row.split(",")[5]).distinct().count(), rows.toString());
    }

    @Test
    void aChainRunsOneJobAfterTheOtherInOneTable() throws IOException {
        String[] chain = shell.with(Map.of("RUN", "chain", "REPEATS", "1", "SBATCH_OUTPUT", out + "/%j.log"))
                .read(Stream.concat(Stream.of("slurm/chain", "1", "2", "4", "--", "diffusion"),
                        Stream.of(SHORT)).toArray(String[]::new)).split("\\s+");
        assertEquals(3, chain.length);
        for (String id : chain) {
            new Job(shell, id, out, out.resolve(id + ".log")).mustComplete();
        }
        assertStudy("chain", 3, ",strong,diffusion,");
    }

    @Test
    void aStudyMayHandItsRunsToSlurmAndCollectThemLater() throws IOException {
        List<String> study = new ArrayList<>(List.of("./ghostrow", "scale", "strong", "diffusion"));
        study.addAll(Arrays.asList(SHORT));
        study.addAll(List.of("--ranks", "1,4", "--repeats", "1", "--submit", "--out", out + "/submitted"));
        Shell.Said handed = shell.run(study);
        assertTrue(handed.text().contains("2 jobs are under way"), handed.text());
        for (String run : List.of("1x1-1", "4x1-1")) {
            String id = Files.readString(out.resolve("submitted/runs/" + run + ".job")).strip();
            new Job(shell, id, out, out.resolve("submitted/runs/" + run + ".log")).mustComplete();
        }
        Shell.Said collected = shell.run(study);
        assertEquals(0, collected.code(), collected.text());
        assertTrue(collected.text().contains("report.html"), collected.text());
        assertStudy("submitted", 2, ",strong,diffusion,");
    }

    /** Whoever starts the ranks: the site's settings hold modules without which nothing starts. */
    @Test
    void jobsOfAStudyReadTheSitesSettingsAndTakeTheNodesAskedFor() throws IOException {
        Path site = out.resolve("site.env");
        Files.writeString(site, Files.readString(Path.of(Shell.SITE)) + "echo \"site $SLURM_JOB_NUM_NODES\" >&2\n");
        List<String> study = new ArrayList<>(List.of("./ghostrow", "scale", "strong", "diffusion"));
        study.addAll(Arrays.asList(SHORT));
        study.addAll(List.of("--ranks", "2", "--repeats", "1", "--submit", "--launcher", "srun", "--ntasks-per-node=1",
                "--exclusive", "--out", out + "/sited"));
        assertEquals(0, shell.with(Map.of("SITE_ENV", site.toString())).run(study).code());
        String id = Files.readString(out.resolve("sited/runs/2x1-1.job")).strip();
        Job job = new Job(shell, id, out, out.resolve("sited/runs/2x1-1.log"));
        job.mustComplete();
        assertTrue(job.said().lines().anyMatch("site 2"::equals), job.said());
        String hosts = Files.readString(out.resolve("sited/runs/2x1-1.json"));
        assertTrue(hosts.matches("(?s).*\"hosts\":\\[\"node\\d\",\"node\\d\"\\].*"), hosts);
        // Both CPUs of each node, though one rank was on it.
        assertEquals("2(x2)", Files.readAllLines(out.resolve("sited/runs/2x1-1.host")).getFirst());
        Shell.Said refused = shell.run("./ghostrow", "scale", "strong", "jacobi", "--ranks", "2", "--nodes", "2");
        assertEquals(2, refused.code());
        assertTrue(refused.text().contains("are for --submit"), refused.text());
    }

    @Test
    void aStudySubmitsNothingWhileSlurmDoesNotAnswer() throws IOException {
        List<String> study = new ArrayList<>(List.of("./ghostrow", "scale", "strong", "diffusion"));
        study.addAll(Arrays.asList(SHORT));
        study.addAll(List.of("--ranks", "2", "--repeats", "1", "--submit", "--sbatch=--hold", "--out",
                out + "/unanswered"));
        assertEquals(0, shell.run(study).code());
        Path job = out.resolve("unanswered/runs/2x1-1.job");
        String id = Files.readString(job);
        Shell.Said said = shell.with(Map.of("SLURM_CONF", "/dev/null")).run(study);
        assertEquals(1, said.code(), said.text());
        assertTrue(said.text().contains("does not tell whether job " + id.strip()), said.text());
        assertFalse(said.text().contains("submitted again"), said.text());
        assertEquals(id, Files.readString(job));
        shell.read("scancel", id.strip());
    }

    @Test
    void aStudyThatIsSignalledComesBackAndDoesTheRest() throws IOException {
        Job job = submit("study", Map.of("COUNTS", "1 2", "REPEATS", "1"), Stream.of("-n2", "jobs/strong", "diffusion"),
                LONG);
        Path table = out.resolve("study/study.csv");
        job.mustHave(table);
        String first = Files.readString(table);
        job.mustCompute("study/files");
        shell.read("scancel", "--signal=USR1", "--batch", job.id());
        job.mustComplete();
        assertEquals("Restarts=1", restarts(job));
        assertTrue(Files.readString(table).startsWith(first), first);
        List<String> rows = Files.readAllLines(table);
        assertEquals(3, rows.size(), rows.toString());
        assertTrue(rows.stream().skip(1).allMatch(row -> row.contains(longDigest)), rows.toString());
        assertTrue(job.said().contains("1 runs are there already, 1 are to be done"), job.said());
    }

    private void assertStudy(String run, int rows, String start) throws IOException {
        List<String> table = Files.readAllLines(out.resolve(run).resolve("study.csv"));
        assertEquals(1 + rows, table.size(), table.toString());
        for (String row : table.subList(1, table.size())) {
            assertTrue(("," + row).startsWith(start) && row.contains(shortDigest), row);
        }
    }

    /** The counter that deals out rows is shared between hosts. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"openmpi", "mpich"})
    void ranksOfSeveralHostsTakeRowsAsTheyAreFree(String mpi) throws IOException {
        String run = "rows-" + mpi;
        Job job = submit(run, Map.of("MPI", mpi), Stream.of("slurm/several-nodes.sbatch", "mandelbrot"),
                "100", "100");
        job.mustComplete();
        assertEquals(4, job.record(run).ranks());
        String plain = shell.read("bash", "-c", "./ghostrow mandelbrot 100 100 --no-output --digest --json -");
        assertEquals(RunRecord.of(plain).digest(), job.record(run).digest());
        assertTrue(job.said().contains("dynamic"), job.said());
    }

    @Test
    void aJobRefusesWhatItCannotUseAndKeepsTheExitCode() throws IOException {
        assertEquals("FAILED", submit("bad-option", Map.of(), Stream.of("-n2", "jobs/jacobi"), "--sise", "3").end());
        Shell.Said own = shell.run("bash", "jobs/auc", "100", "--threads", "2");
        assertEquals(2, own.code());
        assertTrue(own.text().contains("set RANKS, THREADS"), own.text());
        assertEquals(2, shell.run("bash", "jobs/strong", "ring").code());
    }

    @Test
    void cancelLeavesNoProcessButWordOfHowToGoOn() {
        Job job = submit("cancelled", Map.of(), Stream.of("slurm/several-nodes.sbatch", "diffusion"), LONG);
        job.mustCompute("cancelled");
        assertFalse(job.processes().isEmpty());
        shell.read("scancel", job.id());
        assertEquals("CANCELLED", job.end());
        assertTrue(Shell.await(Duration.ofSeconds(60), () -> job.processes().isEmpty()),
                () -> "still there: " + job.processes());
        assertTrue(job.said().contains("to go on: the same again with RESTART=1 RUN=cancelled"), job.said());
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource({"srun, openmpi", "mpirun, mpich"})
    void aSignalMakesTheJobComeBackAndEndWithTheSameBits(String launcher, String mpi) throws IOException {
        String run = "signalled-" + launcher + "-" + mpi;
        Job job = submit(run, Map.of("LAUNCHER", launcher, "MPI", mpi),
                Stream.of("slurm/checkpoint.sbatch"), LONG);
        job.mustCompute(run);
        shell.read("scancel", "--signal=USR1", "--batch", job.id());
        mustComeBack(job, run);
    }

    @Test
    void aJobThatGivesWayToAHigherPartitionComesBackAndEndsWithTheSameBits() throws IOException {
        Job job = submit("preempted", Map.of(), Stream.of("slurm/checkpoint.sbatch"), LONG);
        job.mustCompute("preempted");
        String sameNodes = "--nodelist=" + String.join(",", job.nodes());
        Job higher = submit("higher", Map.of(),
                Stream.of("--partition=high", sameNodes, "slurm/several-nodes.sbatch", "diffusion"), SHORT);
        higher.mustComplete();
        assertEquals(shortDigest, higher.record("higher").digest());
        mustComeBack(job, "preempted");
    }

    /** Even if it was told to replace what it finds: what it has done itself since then is not meant. */
    @Test
    void aJobThatLosesANodeBeforeItsFirstCheckpointKeepsItsSnapshots() throws IOException {
        String[] replacing = Stream.concat(Stream.of(LONG),
                // Slowly, since Slurm takes its time to notice.
                Stream.of("--force", "--kernel", "plain")).toArray(String[]::new);
        Job job = submit("node-lost", Map.of(), Stream.of("slurm/checkpoint.sbatch"), replacing);
        job.mustCompute("node-lost");
        // A time is printed when its snapshot is complete.
        assertTrue(Shell.await(Duration.ofSeconds(120), () -> times(job).size() >= 2), () -> job.said());
        Object file = Files.getAttribute(out.resolve("node-lost/diffusion.vtkhdf"), "unix:ino");
        shell.read("scontrol", "update", "nodename=" + job.nodes()[1], "state=down", "reason=test");
        mustComeBack(job, "node-lost");
        assertEquals(file, Files.getAttribute(out.resolve("node-lost/diffusion.vtkhdf"), "unix:ino"));
        // None has been reached twice.
        assertEquals(List.of("0", "0.01", "0.02"), times(job), job.said());
    }

    private static List<String> times(Job job) {
        return job.said().lines().map(String::strip).filter(line -> line.matches("0(\\.\\d+)?")).toList();
    }

    private void mustComeBack(Job job, String run) throws IOException {
        job.mustComplete();
        assertEquals(new RunRecord(4, 1, longDigest), job.record(run));
        assertEquals("Restarts=1", restarts(job));
        // One row, of the start that has ended; it tells SLURM_RESTART_COUNT, as the job has seen it.
        List<String> rows = rows(job.id()).filter(row -> job(row).equals(job.id())).toList();
        assertEquals(1, rows.size(), () -> job.id() + ": " + table());
        assertTrue(rows.getFirst().contains(",1,\"diffusion"), rows.getFirst());
    }

    private String restarts(Job job) {
        return shell.read("bash", "-c", "scontrol show job " + job.id() + " | grep -o 'Restarts=[0-9]*'");
    }

    @ParameterizedTest(name = "{0} started with --mpi={1}")
    @CsvSource({"openmpi, pmi2, pmix", "mpich, pmix, pmi2"})
    void theWrongProcessManagerIsRefusedByName(String mpi, String wrong, String right) {
        String run = "wrong-" + mpi;
        Job job = submit(run, Map.of("MPI", mpi, "SRUN_MPI", wrong),
                Stream.of("slurm/several-nodes.sbatch", "diffusion"), SHORT);
        assertEquals("FAILED", job.end());
        assertTrue(job.said().contains("--mpi=" + right), job.said());
        assertFalse(Files.exists(out.resolve(run).resolve("record.json")));
    }

    @Test
    void startingARunningClusterAgainSaysSo() {
        Shell.Said again = testbed.startAgain(NODES);
        assertEquals(0, again.code());
        assertTrue(again.text().contains("already running with 4 nodes"), again.text());
        assertTrue(again.text().contains("export SLURM_CONF="), again.text());
        assertEquals(1, testbed.startAgain(NODES + 1).code());
        assertEquals(0, testbed.status().code());
    }

    private String table() {
        return shell.read("cat", out.resolve("runs.csv").toString());
    }

    private Stream<String> rows(String job) throws IOException {
        return Files.readAllLines(out.resolve("runs.csv")).stream()
                .filter(row -> job(row).startsWith(job));
    }

    private static String job(String row) {
        return row.split(",")[1];
    }
}
