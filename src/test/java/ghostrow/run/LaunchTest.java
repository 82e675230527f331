package ghostrow.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.LibraryWish;
import ghostrow.comm.Mpirun.Library;
import ghostrow.spmd.Children;
import ghostrow.spmd.Needs;
import ghostrow.spmd.Setting;
import ghostrow.study.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** From one command line to its ranks, by the real launchers, in surroundings that could lead them astray. */
class LaunchTest {
    /** Within an allocation of two hosts that do not exist: who believes it cannot start anything. */
    private static final Map<String, String> ALLOCATION = Map.of("SLURM_JOB_ID", "7", "SLURM_JOBID", "7",
            "SLURM_NODELIST", "no-host-a,no-host-b", "SLURM_JOB_NODELIST", "no-host-a,no-host-b", "SLURM_NNODES", "2",
            "SLURM_JOB_NUM_NODES", "2", "SLURM_TASKS_PER_NODE", "2(x2)", "SLURM_NTASKS", "4",
            "SLURM_CPUS_ON_NODE", "2", "SLURM_JOB_CPUS_PER_NODE", "2(x2)");

    private static Stream<Setting> mpirun() {
        return Stream.of(Setting.NATIVE_OPEN_MPI, Setting.NATIVE_MPICH);
    }

    @TestFactory
    Stream<DynamicTest> ranksStayOnThisHostWithinAnAllocationOfOthers() {
        return mpirun().map(setting -> DynamicTest.dynamicTest(setting.toString(), () -> {
            Program.Outcome ring = run(setting, ALLOCATION, "ring", "--ranks", "3");
            assertEquals(0, ring.code(), ring.toString());
            assertEquals(3, ring.out().lines().filter(line -> line.contains("my right neighbour")).count(),
                    ring.toString());
        }));
    }

    /** As the shell would start it: nothing is kept from it that HotSpot keeps from its threads. */
    @TestFactory
    Stream<DynamicTest> theLauncherHearsEverySignal(@TempDir Path parent) {
        return mpirun().map(setting -> DynamicTest.dynamicTest(setting.toString(), () -> {
            setting.require();
            Path folder = Files.createTempDirectory(parent, "signals");
            try (Program program = Program.start(setting, 2, "diffusion", "--set", "dx=0.1", "--set", "runtime=100000",
                    "--set", "outtime=10000", "--snapshots", "none", "--out", folder.toString())) {
                program.awaitLines(1);
                List<String> status = Files.readAllLines(Path.of("/proc/" + program.launcher().pid() + "/status"));
                assertTrue(status.contains("SigBlk:\t0000000000000000"), status.toString());
            }
        }));
    }

    /** What listens on a network card can be reached by anybody: only the launchers' own doors, which have no setting. */
    @TestFactory
    Stream<DynamicTest> ranksListenOnLoopbackAlone(@TempDir Path parent) {
        return mpirun().map(setting -> DynamicTest.dynamicTest(setting.toString(), () -> {
            setting.require();
            Path folder = Files.createTempDirectory(parent, "listen");
            try (Program program = Program.start(setting, 2, "diffusion", "--set", "dx=0.1", "--set", "runtime=100000",
                    "--set", "outtime=10000", "--snapshots", "none", "--out", folder.toString())) {
                program.awaitLines(1);
                assertEquals(2, program.ranks().size(), program.said());
                Set<String> doors = new HashSet<>();
                for (ProcessHandle process : program.helpers()) {
                    doors.addAll(sockets(process));
                }
                for (ProcessHandle rank : program.ranks()) {
                    Set<String> own = new HashSet<>(sockets(rank));
                    own.removeAll(doors); // MPICH's ranks inherit its launcher's
                    assertEquals(Set.of(), open(own), "listening sockets of process " + rank.pid());
                }
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> optionsArePassedOnToMpirun() {
        return mpirun().map(setting -> DynamicTest.dynamicTest(setting.toString(), () -> {
            String mark = setting.equals(Setting.NATIVE_MPICH) ? "-prepend-rank" : "--tag-output";
            Program.Outcome ring = run(setting, Map.of(), "ring", "--ranks", "2", "--host", "localhost:2",
                    "--bind-to=none", "--mpirun-options", mark);
            assertEquals(0, ring.code(), ring.toString());
            assertEquals(2, ring.out().lines().filter(line -> line.matches("\\[(1,)?[01]\\](<stdout>:)? ?I am rank .*"))
                    .count(), ring.toString());
        }));
    }

    @TestFactory
    Stream<DynamicTest> hostsAreTakenFromAFile(@TempDir Path folder) {
        return mpirun().map(setting -> DynamicTest.dynamicTest(setting.toString(), () -> {
            boolean mpich = setting.equals(Setting.NATIVE_MPICH);
            Path file = Files.writeString(folder.resolve("hosts" + mpich), mpich ? "localhost:3\n" : "localhost slots=3\n");
            Program.Outcome ring = run(setting, Map.of(), "ring", "--ranks", "3", "--hostfile", file.toString());
            assertEquals(0, ring.code(), ring.toString());
            assertEquals(3, ring.out().lines().filter(line -> line.contains("I am rank")).count(), ring.toString());
        }));
    }

    @Test
    void optionsForMpirunAreRefusedWhereNoneIsStarted() throws Exception {
        refused("starts none", Map.of(), "ring", "--host", "a:2");
        refused("starts none", Map.of(), "ring", "--ranks", "2", "--transport", "mpj", "--bind-to", "core");
        refused("give them to it", Map.of("OMPI_COMM_WORLD_RANK", "0", "OMPI_COMM_WORLD_SIZE", "2"), "ring",
                "--mpirun-options", "--tag-output");
    }

    @Test
    void aProcessThatIsNoRankOfItsJobIsRefusedAndOneSpeaks() throws Exception {
        refused("process 0 (PMIX_RANK)", Map.of("PMIX_RANK", "0"), "ring");
        refused("LSF job 7 has 4 slots", Map.of("LSB_JOBID", "7", "LSB_MCPU_HOSTS", "hosta 2 hostb 2"), "ring");
        Program.Outcome second = Program.run(Map.of("PMIX_RANK", "1"), "ring");
        assertEquals(2, second.code(), second.toString());
        assertEquals("", second.err() + second.out());
    }

    /** Cores are what the machine has, whatever the user has set for OpenMP. */
    @Test
    void openMpsThreadsAreNotTheCoresOfARank() throws Exception {
        Map<String, String> shared = new HashMap<>(Map.of("OMPI_COMM_WORLD_LOCAL_SIZE", "2", "GHOSTROW_JAVA_OPTS",
                "-XX:+PrintCommandLineFlags"));
        String without = flag(Program.run(shared, "doctor"));
        for (String threads : List.of("1", "64")) {
            shared.put("OMP_NUM_THREADS", threads);
            shared.put("OMP_THREAD_LIMIT", threads);
            assertEquals(without, flag(Program.run(shared, "doctor")));
        }
    }

    private static String flag(Program.Outcome outcome) {
        return Stream.of(outcome.out().split("\\s+")).filter(word -> word.startsWith("-XX:ActiveProcessorCount="))
                .findFirst().orElseThrow(() -> new AssertionError(outcome.toString()));
    }

    /** Without Open MPI, MPICH is loaded by a rank that nobody has launched. */
    @Test
    void mpichAloneIsFound(@TempDir Path folder) throws Exception {
        Setting.NATIVE_MPICH.require();
        Path hidden = Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib")
                .map(lib -> Path.of(lib, Library.OPEN_MPI.sonames().getFirst())).filter(Files::exists).findFirst().orElse(null);
        Path nothing = Files.createFile(folder.resolve("nothing"));
        String hide = hidden == null ? "true" : "mount --bind " + nothing + " " + hidden.toRealPath();
        Ended ended = Children.end(Children.launch("unshare", "--mount", "--map-root-user", "sh", "-c", hide
                + " || exit 99; exec ./ghostrow auc 1000 --transport native"));
        Needs.machine(ended.code() != 99 && !ended.out().startsWith("unshare: "),
                "MPICH alone, since Open MPI cannot be hidden here: " + ended.out());
        assertEquals(0, ended.code(), ended.out());
        assertTrue(ended.out().contains(", MPICH "), ended.out());
    }

    private static Program.Outcome run(Setting setting, Map<String, String> environment, String... words)
            throws Exception {
        setting.require();
        Map<String, String> all = new HashMap<>(environment);
        if (LibraryWish.of(System.getenv()).family().isEmpty()) {
            all.put(LibraryWish.VARIABLE, setting.library().orElseThrow().word());
        }
        return Program.run(all, words);
    }

    private static void refused(String why, Map<String, String> environment, String... words) throws Exception {
        Program.Outcome outcome = Program.run(environment, words);
        assertEquals(2, outcome.code(), outcome.toString());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().contains(why), outcome.err());
        assertEquals("", outcome.out());
    }

    /** The numbers of the sockets that a process holds. */
    private static Set<String> sockets(ProcessHandle process) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                String target = Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS)
                        ? Files.readSymbolicLink(descriptor).toString() : "";
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring(8, target.length() - 1));
                }
            }
        }
        return inodes;
    }

    /** Those of these sockets that listen on more than loopback. */
    private static Set<String> open(Set<String> inodes) throws IOException {
        Set<String> open = new TreeSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] words = line.strip().split("\\s+");
                boolean listens = words[3].equals("0A");
                boolean loopback = words[1].startsWith("0100007F:")
                        || words[1].startsWith("00000000000000000000000001000000:");
                if (listens && !loopback && inodes.contains(words[9])) {
                    open.add(words[1]);
                }
            }
        }
        return open;
    }
}
