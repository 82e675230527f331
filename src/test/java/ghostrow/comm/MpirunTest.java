package ghostrow.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.Mpirun.Library;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MpirunTest {
    private final Mpirun openMpi = new Mpirun(Library.OPEN_MPI, Path.of("/opt/bin/mpirun"));
    private final Mpirun mpich = new Mpirun(Library.MPICH, Path.of("/opt/bin/mpiexec.hydra"));

    @Test
    void openMpiMayStartMoreRanksThanCoresAndBindsNone() {
        assertEquals(List.of("/opt/bin/mpirun", "--oversubscribe", "--bind-to", "none", "-np", "7",
                "prog", "-x"),
                openMpi.command(7, List.of("prog", "-x")));
    }

    @Test
    void mpichStaysOnThisMachine() {
        assertEquals(List.of("/opt/bin/mpiexec.hydra", "-launcher", "fork", "-hosts", "localhost", "-np", "2", "prog"),
                mpich.command(2, List.of("prog")));
    }

    @Test
    void ranksHaveTheirPartOfTheCoresWhereItHoldsTheirThreads() {
        Cores sixteen = new Cores(16, true);
        assertEquals(8, Mpirun.coresEach(2, 1, Placement.HERE, sixteen));
        assertEquals(5, Mpirun.coresEach(3, 5, Placement.HERE, sixteen));
        assertEquals(0, Mpirun.coresEach(3, 6, Placement.HERE, sixteen));
        assertEquals(0, Mpirun.coresEach(17, 1, Placement.HERE, sixteen));
        assertEquals(0, Mpirun.coresEach(2, 1, Placement.HERE, new Cores(16, false)));
        assertEquals(0, Mpirun.coresEach(2, 1, placed(Optional.of("a:2"), List.of()), sixteen));
        assertEquals(0, Mpirun.coresEach(2, 1, placed(Optional.empty(), List.of("--map-by", "numa")), sixteen));
        assertEquals(8, Mpirun.coresEach(2, 1, placed(Optional.empty(), List.of("--tag-output")), sixteen));
    }

    private static Placement placed(Optional<String> hosts, List<String> more) {
        return new Placement(hosts, Optional.empty(), Optional.empty(), more);
    }

    @Test
    void eachLibraryBindsByItsOwnWords() {
        assertEquals(List.of("/opt/bin/mpirun", "--oversubscribe", "--map-by", "slot:PE=3", "--bind-to",
                "core:if-supported", "-np", "2", "prog"), openMpi.command(2, Placement.HERE, 3, List.of("prog")));
        assertEquals(List.of("/opt/bin/mpiexec.hydra", "-launcher", "fork", "-hosts", "localhost", "-bind-to", "core:3",
                "-np", "2", "prog"), mpich.command(2, Placement.HERE, 3, List.of("prog")));
    }

    @Test
    void ranksGoWhereTheUserWantsThem() {
        Placement placement = new Placement(Optional.of("a:2,b:2"), Optional.empty(), Optional.of("core"),
                List.of("--map-by", "node"));
        assertEquals(List.of("/opt/bin/mpirun", "--oversubscribe", "--bind-to", "core", "--host", "a:2,b:2", "--map-by",
                "node", "-np", "4", "prog"), openMpi.command(4, placement, 0, List.of("prog")));
        assertEquals(List.of("/opt/bin/mpiexec.hydra", "-bind-to", "core", "-hosts", "a:2,b:2", "--map-by", "node",
                "-np", "4", "prog"), mpich.command(4, placement, 0, List.of("prog")));
        Placement file = new Placement(Optional.empty(), Optional.of("hosts"), Optional.empty(), List.of());
        assertEquals(List.of("/opt/bin/mpirun", "--oversubscribe", "--bind-to", "none", "--hostfile", "hosts", "-np",
                "4", "prog"), openMpi.command(4, file, 0, List.of("prog")));
        assertEquals(List.of("/opt/bin/mpiexec.hydra", "-f", "hosts", "-np", "4", "prog"),
                mpich.command(4, file, 0, List.of("prog")));
        for (Mpirun mpirun : List.of(openMpi, mpich)) {
            Map<String, String> environment = new HashMap<>();
            mpirun.prepare(environment, placement);
            assertEquals(List.of("HWLOC_COMPONENTS"), environment.keySet().stream()
                    .filter(name -> !name.startsWith("OMPI_ALLOW") && !name.contains("_keepalive_")).toList());
            assertEquals(mpirun == openMpi ? "5" : null, environment.get("PRTE_MCA_prte_keepalive_time"));
        }
    }

    @Test
    void openMpiRunsAsRootAndStaysOnThisMachine() {
        Map<String, String> environment = new HashMap<>();
        openMpi.prepare(environment);
        assertEquals("1", environment.get("OMPI_ALLOW_RUN_AS_ROOT"));
        assertEquals("1", environment.get("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"));
        assertEquals("lo", environment.get("OMPI_MCA_btl_tcp_if_include"));
    }

    @Test
    void whatTheUserHasSetStays() {
        Map<String, String> environment = new HashMap<>(Map.of("OMPI_MCA_btl_tcp_if_include", "eth1"));
        openMpi.prepare(environment);
        assertEquals("eth1", environment.get("OMPI_MCA_btl_tcp_if_include"));
    }

    @Test
    void aLauncherIsKnownUnderAnyName(@TempDir Path folder) throws Exception {
        for (Mpirun found : Mpirun.installed()) {
            // A binary of its own called mpirun, as Open MPI 5 installs it: beside its kin, and alone.
            Path alone = Files.createDirectories(folder.resolve(found.library() + "/alone")).resolve("mpirun");
            Path beside = Files.createDirectories(folder.resolve(found.library() + "/bin")).resolve("mpirun");
            Files.copy(found.program().toRealPath(), alone);
            Files.copy(found.program().toRealPath(), beside);
            Files.createSymbolicLink(beside.resolveSibling(
                    found.library() == Library.OPEN_MPI ? "prterun" : "mpichversion"), Path.of("mpirun"));
            assertEquals(Optional.of(found.library()), Mpirun.family(alone));
            assertEquals(Optional.of(found.library()), Mpirun.family(beside));
        }
        assertEquals(Optional.empty(), Mpirun.family(Path.of("/bin/sh")));
        assertEquals(Optional.empty(), Mpirun.family(folder.resolve("nothing")));
    }

    @Test
    void theUsersWordChoosesTheLauncher() {
        for (Library library : Library.values()) {
            String name = library == Library.MPICH ? "mpich" : "openmpi";
            for (String word : List.of(name, name.toUpperCase(Locale.ROOT), "/opt/lib/" + library.sonames().getFirst(),
                    "/usr/lib/libmpi_abi_" + name + ".so.1.0.0")) {
                assertEquals(Mpirun.find(library), Mpirun.preferred(Map.of(LibraryWish.VARIABLE, word)), word);
            }
        }
        assertEquals(Mpirun.find(Library.MPICH),
                Mpirun.preferred(Map.of(LibraryWish.VARIABLE, "/opt/mpich-4/lib/libmpi.so")));
        assertEquals(Mpirun.installed().stream().findFirst(), Mpirun.preferred(Map.of(LibraryWish.VARIABLE, "")));
    }

    @Test
    void programsAreFoundOnThePath() {
        assertTrue(Mpirun.onPath("sh").filter(Files::isExecutable).isPresent());
        assertTrue(Mpirun.onPath("no-such-program").isEmpty());
    }

    @Test
    void whatIsInstalledIsFoundForEachLibraryOnce() {
        for (Mpirun found : Mpirun.installed()) {
            assertTrue(Files.isExecutable(found.program()), found + " can be executed");
            assertEquals(found, Mpirun.find(found.library()).orElseThrow());
        }
    }
}
