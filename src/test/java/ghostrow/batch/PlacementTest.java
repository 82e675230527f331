package ghostrow.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.Cores;
import ghostrow.spmd.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the ranks of a study go on a cluster of three nodes that binds them: asked of processes that ran there. */
class PlacementTest {
    private static final String WHERE = "echo $SLURMD_NODENAME $(grep Cpus_allowed_list /proc/self/status)";

    @TempDir
    private Path folder;

    private Testbed testbed;
    private Shell shell;

    @BeforeEach
    void startCluster() {
        Needs.machine(Cores.atHand().equals(new Cores(2, true)) && Runtime.getRuntime().availableProcessors() == 2,
                "a machine of two cores, as each node of the cluster is one");
        testbed = Testbed.start(folder.resolve("tb"), 3, Map.of("TESTBED_TASKS", "affinity"));
        shell = new Shell(testbed.environment()).with(Map.of("SITE_ENV", Shell.SITE));
    }

    @AfterEach
    void stopCluster() {
        if (testbed != null) {
            testbed.close();
        }
    }

    /** What jobs/start makes of so many ranks in an allocation: node and CPUs of each. */
    private List<String> places(String ranks, String threads, String... allocation) {
        List<String> command = Stream.concat(Stream.concat(Stream.of("salloc", "--quiet"), Stream.of(allocation)),
                Stream.of("jobs/start", ranks, threads, "sh", "-c", WHERE)).toList();
        return shell.read(command.toArray(String[]::new)).lines().sorted().toList();
    }

    private static List<String> at(String... places) {
        return Stream.of(places).map(place -> place.replace(" ", " Cpus_allowed_list: ")).toList();
    }

    private static List<String> nodes(List<String> places) {
        return places.stream().map(place -> place.split(" ")[0]).toList();
    }

    @Test
    void ranksGoToFewNodesAndHaveCoresOfTheirOwn() {
        assertEquals(at("node1 0"), places("1", "1", "-N3", "-n6"));
        assertEquals(at("node1 0", "node1 1"), places("2", "1", "-N3", "-n6"));
        assertEquals(List.of("node1", "node1", "node2"), nodes(places("3", "1", "-N3", "-n6")));
        assertEquals(at("node1 0-1", "node2 0-1"), places("2", "2", "-N3", "--exclusive"));
        assertEquals(at("node1 0-1"), places("1", "2", "-N3", "-n3", "-c2"));
    }

    @Test
    void noMoreRanksThanWereAskedForGoToANode() {
        assertEquals(List.of("node1", "node2"), nodes(places("2", "1", "-N3", "--ntasks-per-node=1", "--exclusive")));
    }

    /** The study's own srun places them likewise, and says so in its table. */
    @Test
    void aStudyInAnAllocationPlacesItsRunsLikewise() {
        Path study = folder.resolve("study");
        String said = shell.read("salloc", "--quiet", "-N3", "-n6", "./ghostrow", "scale", "strong", "jacobi", "--size",
                "50", "--steps", "10", "--ranks", "1,2,4", "--repeats", "1", "--out", study.toString());
        assertEquals(List.of("1 core", "1 core", "1 core"), said.lines().filter(line -> line.endsWith("1 core"))
                .map(line -> line.strip().replaceAll(".* (1 core)", "$1")).toList(), said);
        String hosts = shell.read("sh", "-c", "grep -ho '\"hosts\":\\[[^]]*\\]' " + study + "/runs/*.json");
        // As few as hold the ranks; which ones depends on what Slurm still clears away of the run before.
        assertEquals(List.of(1, 1, 2), hosts.lines().map(line -> line.split(",").length).toList(), hosts);
    }

    /** Two ranks on each of two nodes leave one profile, with the names of both nodes in it. */
    @Test
    void ranksOfSeveralNodesLeaveOneProfile() throws Exception {
        Path profile = folder.resolve("profile");
        String said = shell.read("salloc", "--quiet", "-N2", "-n4", "jobs/start", "4", "1", "./ghostrow", "slow", "late",
                "--size", "100", "--steps", "50", "--pause", "5", "--profile", "--profile-dir", profile.toString());
        assertTrue(said.replaceAll("\n  ", " ").contains("rank 2 comes late by its own doing"), said);
        String page = Files.readString(profile.resolve("profile.html"));
        assertTrue(page.contains("\"hosts\":[\"node1\",\"node2\"]") && page.contains("\"hostOfRank\":[0,0,1,1]"), page);
    }

    /** Open MPI ends MPI_Init with such a fence, and nobody may leave it before the last has come. */
    @Test
    void theFenceOfPmixHoldsRanksOfOtherNodesBack() {
        String fence = """
                import ctypes, os, time
                pmix = ctypes.CDLL("libpmix.so.2")
                assert pmix.PMIx_Init(ctypes.create_string_buffer(1024), None, 0) == 0
                late = os.environ["PMIX_RANK"] == "1"
                time.sleep(1 if late else 0)
                came = time.monotonic()
                assert pmix.PMIx_Fence(None, 0, None, 0) == 0
                print("came" if late else "left", came if late else time.monotonic())
                pmix.PMIx_Finalize(None, 0)
                """;
        Map<String, Double> times = shell.read("salloc", "--quiet", "-N2", "--ntasks-per-node=1", "jobs/start", "2",
                "1", "python3", "-c", fence).lines().map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> words[0], words -> Double.valueOf(words[1])));
        assertTrue(times.get("left") >= times.get("came"), times.toString());
    }
}
