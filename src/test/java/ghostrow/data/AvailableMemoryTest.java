package ghostrow.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailableMemoryTest {
    private static final long GIB = 1L << 30;

    @TempDir
    Path root;

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private long found() {
        return new AvailableMemory(root).find();
    }

    @Test
    void theKernelsOwnFigureWhereNothingLimitsIt() throws IOException {
        assertEquals(Long.MAX_VALUE, found());
        file("proc/meminfo", "MemTotal:       16000000 kB\nMemAvailable:    8388608 kB\n");
        assertEquals(8 * GIB, found());
        file("proc/self/cgroup", "0::/user.slice\n");
        file("sys/fs/cgroup/user.slice/memory.max", "max\n");
        file("sys/fs/cgroup/user.slice/memory.current", "4096\n");
        assertEquals(8 * GIB, found());
    }

    @Test
    void theTightestGroupOfVersion2LessWhatCannotMakeWay() throws IOException {
        file("proc/meminfo", "MemAvailable:    8388608 kB\n");
        file("proc/self/cgroup", "0::/system.slice/slurmstepd.scope/job_7/step_0/user/task_0\n");
        String job = "sys/fs/cgroup/system.slice/slurmstepd.scope/job_7/";
        file(job + "memory.max", 3 * GIB + "\n");
        file(job + "memory.current", 2 * GIB + "\n");
        file(job + "memory.stat", "anon 1\nfile 3\ninactive_anon 5\ninactive_file " + GIB + "\nactive_file 1\n");
        file(job + "step_0/user/task_0/memory.max", "max\n");
        file(job + "step_0/user/task_0/memory.current", GIB + "\n");
        assertEquals(2 * GIB, found());
        file("sys/fs/cgroup/system.slice/memory.max", GIB + "\n");
        file("sys/fs/cgroup/system.slice/memory.current", 2 * GIB + "\n");
        assertEquals(0, found());
    }

    @Test
    void aContainerThatSeesItsOwnGroupAsTheOutermost() throws IOException {
        file("proc/self/cgroup", "0::/\n");
        file("sys/fs/cgroup/memory.max", GIB + "\n");
        file("sys/fs/cgroup/memory.current", "1000\n");
        assertEquals(GIB - 1000, found());
    }

    @Test
    void version1() throws IOException {
        file("proc/meminfo", "MemAvailable:    8388608 kB\n");
        file("proc/self/cgroup", "5:freezer:/\n4:cpu,memory:/slurm/uid_0/job_9\n0::/\n");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        file("sys/fs/cgroup/memory/memory.usage_in_bytes", "12345\n");
        file("sys/fs/cgroup/memory/slurm/uid_0/job_9/memory.limit_in_bytes", 2 * GIB + "\n");
        file("sys/fs/cgroup/memory/slurm/uid_0/job_9/memory.usage_in_bytes", GIB + "\n");
        file("sys/fs/cgroup/memory/slurm/uid_0/job_9/memory.stat", "inactive_file 5\ntotal_inactive_file 4096\n");
        assertEquals(GIB + 4096, found());
    }

    @Test
    void thisMachineHasSomeAndNoMoreThanItSays() throws IOException {
        long said;
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            said = lines.filter(line -> line.startsWith("MemTotal:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024).findFirst().orElseThrow();
        }
        long bytes = AvailableMemory.bytes();
        assertTrue(bytes > 0 && bytes <= said, bytes + " of " + said);
    }
}
