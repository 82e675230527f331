package ghostrow.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the system says of processors and cores. */
class CoresTest {
    @TempDir
    private Path folder;

    /** A machine whose processors k and k + cores are one core, as Linux numbers them. */
    private Cores cores(String allowed, int cores, int threads, int share) throws IOException {
        Path status = Files.writeString(folder.resolve("status"), "Name:\tjava\nCpus_allowed_list:\t" + allowed + "\n");
        for (int p = 0; p < cores * threads; p++) {
            Path topology = Files.createDirectories(folder.resolve("cpu" + p + "/topology"));
            Files.writeString(topology.resolve("thread_siblings_list"),
                    threads == 1 ? p + "\n" : p % cores + "," + (p % cores + cores) + "\n");
        }
        Files.writeString(folder.resolve("online"), "0-" + (cores * threads - 1) + "\n");
        return Cores.of(status, folder, share);
    }

    @Test
    void processorsOfOneCoreCountOnce() throws IOException {
        assertEquals(new Cores(4, true), cores("0-3", 4, 1, 4));
        assertEquals(new Cores(4, true), cores("0-7", 4, 2, 8));
        assertEquals(new Cores(2, false), cores("1-2,5-6", 4, 2, 4));
        assertEquals(new Cores(3, false), cores("0,2,3", 4, 2, 3));
    }

    @Test
    void aShareOfTimeIsSharedWithOthers() throws IOException {
        assertEquals(new Cores(2, false), cores("0-7", 4, 2, 2));
    }

    @Test
    void processorsThatMayComeLaterDoNotCount() throws IOException {
        assertEquals(new Cores(4, true), cores("0-127", 4, 1, 4));
    }

    @Test
    void whereCallsAreFilteredNothingIsBound() throws IOException {
        cores("0-3", 4, 1, 4);
        Path status = Files.writeString(folder.resolve("status"), "Seccomp:\t2\nCpus_allowed_list:\t0-3\n");
        assertEquals(new Cores(4, false), Cores.of(status, folder, 4));
    }

    @Test
    void whereTheSystemDoesNotTellProcessorsAreCores() {
        assertEquals(new Cores(3, false), Cores.of(folder.resolve("none"), folder, 3));
    }

    @Test
    void thisMachineHasSome() {
        Cores here = Cores.atHand();
        assertTrue(here.count() >= 1 && here.count() <= Runtime.getRuntime().availableProcessors(), here.toString());
    }
}
