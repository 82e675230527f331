package ghostrow.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the test cluster promises about itself. */
class TestbedTest {

    @TempDir
    Path folder;

    private boolean anyProcess() {
        return ProcessHandle.allProcesses().anyMatch(process -> process.info().commandLine()
                .filter(line -> line.contains(folder.toString()) && !line.contains("java")).isPresent());
    }

    @Test
    void nodesAreHostsOfTheirOwnAndNothingIsLeftOfThem() throws IOException {
        Testbed testbed = Testbed.start(folder.resolve("tb"), 2);
        try (testbed) {
            Shell shell = new Shell(testbed.environment());
            String seen = shell.read("srun", "-N2", "-n2", "sh", "-c",
                    // If the two shared it, the later one would list two files.
                    "touch /dev/shm/mine-$SLURM_PROCID; echo $(hostname) $(ls /dev/shm | wc -l)"
                            + " $(readlink /proc/self/ns/ipc)");
            assertEquals(2, seen.lines().map(line -> line.split(" ")[0]).distinct().count(), seen);
            assertEquals(2, seen.lines().map(line -> line.split(" ")[2]).distinct().count(), seen);
            assertTrue(seen.lines().allMatch(line -> line.split(" ")[1].equals("1")), seen);
            shell.read("sbatch", "--output=/dev/null", "--wrap", "sleep 600");
        }
        assertTrue(Shell.await(Duration.ofSeconds(60), () -> !anyProcess()), "processes are left");
        assertEquals(1, testbed.status().code());
        assertEquals(0, testbed.stop().code());
        try (var mounts = Files.lines(Path.of("/proc/mounts"))) {
            assertTrue(mounts.noneMatch(line -> line.contains(folder.toString())), "mounts are left");
        }
    }

    @Test
    void theClusterEndsWithItsOwner() throws IOException {
        Process owner = new ProcessBuilder("sleep", "600").start();
        Path bed = folder.resolve("tb");
        Shell shell = new Shell(Map.of("TESTBED_DIR", bed.toString(),
                "TESTBED_OWNER", Long.toString(owner.pid())));
        try {
            Shell.Said started = shell.run("slurm/testbed", "start", "1");
            Testbed.require(started);
            assertEquals(0, started.code(), started.text());
            assertEquals(0, shell.run("slurm/testbed", "status").code());
            owner.destroyForcibly();
            assertTrue(Shell.await(Duration.ofSeconds(60), () -> !anyProcess()), "it outlives its owner");
        } finally {
            owner.destroyForcibly();
            shell.run("slurm/testbed", "stop");
        }
    }

    @Test
    void aFolderWithOtherFilesIsRefused() throws IOException {
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("thesis.txt"), "years of work");
        Shell shell = new Shell(Map.of("TESTBED_DIR", foreign.toString()));
        Shell.Said said = shell.run("slurm/testbed", "start", "1");
        Testbed.require(said);
        assertEquals(1, said.code());
        assertTrue(said.text().contains(foreign + " holds other files"), said.text());
        assertTrue(Files.exists(foreign.resolve("thesis.txt")));
    }
}
