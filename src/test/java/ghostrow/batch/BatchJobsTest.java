package ghostrow.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
        Assumptions.assumeTrue(Files.exists(Shell.HOME.resolve("target/ghostrow.jar")),
                "not built yet: run 'make build' first");
        testbed = Testbed.start(folder.resolve("tb"), NODES);
        out = Files.createDirectory(folder.resolve("out"));
        Map<String, String> environment = new HashMap<>(testbed.environment());
        environment.put("OUT", out.toString());
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

    /** Every file, every launcher, every MPI; array.sbatch as an array of one, whose task is a job like others. */
    static Stream<Arguments> filesAndLaunchers() {
        return Stream.of("several-nodes diffusion", "one-node diffusion", "hybrid diffusion", "checkpoint", "array D=1")
                .flatMap(file -> Stream.of("srun openmpi", "srun mpich", "mpirun openmpi", "mpirun mpich")
                        .map(launcher -> Arguments.of(file, launcher)));
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("filesAndLaunchers")
    void twoRanksOnEachOfTwoNodesGiveTheBitsOfOne(String file, String launcher) throws IOException {
        String run = (file + "-" + launcher).replace(' ', '-');
        String[] files = file.split(" ");
        String[] launchers = launcher.split(" ");
        boolean array = files[0].equals("array");
        Stream<String> size = Stream.of("-N2", "-n4", "--ntasks-per-node=2", "--cpus-per-task=1");
        Stream<String> options = Stream.concat(array ? Stream.of("--array=0") : Stream.of(), size);
        Stream<String> what = Stream.concat(Stream.of("slurm/" + files[0] + ".sbatch"), Stream.of(files).skip(1));
        Job job = submit(run, Map.of("LAUNCHER", launchers[0], "MPI", launchers[1]),
                Stream.concat(options, what), SHORT);
        job.mustComplete();
        String folder = array ? run + "/D-1" : run;
        assertEquals(new RunRecord(4, 1, shortDigest), job.record(folder));
        String record = Files.readString(out.resolve(folder).resolve("record.json"));
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
    void anArrayOfFourRunsEachValueOnce() throws IOException {
        Job array = submit("array", Map.of(), Stream.of("slurm/array.sbatch", "D=1,2,3,4"), SHORT);
        for (int task = 0; task < 4; task++) {
            array.numbered(array.id() + "_" + task).mustComplete();
            assertEquals(2, array.record("array/D-" + (task + 1)).ranks());
        }
        assertEquals(4, rows(array.id() + "_").map(BatchJobsTest::job).distinct().count());
        assertEquals(shortDigest, array.record("array/D-1").digest());
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
        assertTrue(Shell.await(Duration.ofSeconds(15), () -> job.processes().isEmpty()),
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

    @Test
    void aJobThatLosesANodeComesBackAndEndsWithTheSameBits() throws IOException {
        Job job = submit("node-lost", Map.of(), Stream.of("slurm/checkpoint.sbatch"), LONG);
        job.mustCompute("node-lost");
        shell.read("scontrol", "update", "nodename=" + job.nodes()[1], "state=down", "reason=test");
        mustComeBack(job, "node-lost");
    }

    private void mustComeBack(Job job, String run) throws IOException {
        job.mustComplete();
        assertEquals(new RunRecord(4, 1, longDigest), job.record(run));
        String restarts = shell.read("bash", "-c",
                "scontrol show job " + job.id() + " | grep -o 'Restarts=[0-9]*'");
        assertEquals("Restarts=1", restarts);
        // The table tells SLURM_RESTART_COUNT, as the job has seen it.
        assertTrue(rows(job.id()).allMatch(row -> !job(row).equals(job.id()) || row.contains(",1,\"diffusion")),
                () -> job.id() + ": " + table());
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
