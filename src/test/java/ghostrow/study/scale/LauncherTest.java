package ghostrow.study.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.Cores;
import ghostrow.comm.LibraryWish;
import ghostrow.comm.Mpirun;
import ghostrow.comm.Mpirun.Library;
import ghostrow.data.InputException;
import ghostrow.spmd.Needs;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The words that start a study's runs. */
class LauncherTest {
    private static final Map<String, String> THREE_NODES = Map.of("SLURM_JOB_ID", "7", "SLURM_JOB_CPUS_PER_NODE",
            "8(x2),4");

    private static List<String> command(String line) {
        return command(line, Map.of(), new Setting(4, 2));
    }

    private static List<String> command(String line, Map<String, String> environment, Setting setting) {
        return Launcher.given(line, Path.of("home"), environment).command(Path.of("ghostrow"), List.of("jacobi"),
                setting);
    }

    @Test
    void srunAndGhostrowNeedNoMoreThanTheirNames() {
        assertEquals(List.of("srun", "--mpi=pmix", "--kill-on-bad-exit=1", "--ntasks=4", "--cpus-per-task=2",
                "--cpu-bind=cores", "ghostrow", "jacobi", "--ranks", "4", "--threads", "2"), command("srun"));
        assertEquals(List.of("ghostrow", "jacobi", "--ranks", "4", "--threads", "2"), command("ghostrow"));
    }

    @Test
    void aRunIsNoTerminalsAndSlurmsFenceHoldsItsRanks() {
        Map<String, String> environment = new HashMap<>(Map.of("GHOSTROW_TERMINAL", "80", "PATH", "/bin"));
        Launcher.prepare(environment);
        assertEquals(Map.of("PATH", "/bin", "SLURM_PMIX_FENCE", "ring"), environment);
        Map<String, String> asked = new HashMap<>(Map.of("SLURM_PMIX_FENCE", "tree"));
        Launcher.prepare(asked);
        assertEquals(Map.of("SLURM_PMIX_FENCE", "tree"), asked);
    }

    private static String asked(Setting setting, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(THREE_NODES);
        environment.putAll(more);
        // On a machine whose cores are two processors each, as many of Slurm's make half as many cores.
        int each = Runtime.getRuntime().availableProcessors() / Cores.atHand().count();
        environment.computeIfPresent("SLURM_JOB_CPUS_PER_NODE", (name, was) -> 8 * each + "(x2)," + 4 * each);
        return command("srun", environment, setting).stream()
                .filter(word -> word.startsWith("--nodes") || word.startsWith("--cpu-bind"))
                .collect(Collectors.joining(" "));
    }

    @Test
    void srunIsToldAsFewNodesAsHoldTheRanks() {
        assertEquals("--nodes=1 --cpu-bind=cores", asked(new Setting(2, 1), Map.of()));
        assertEquals("--nodes=1 --cpu-bind=cores", asked(new Setting(8, 1), Map.of()));
        assertEquals("--nodes=2 --cpu-bind=cores", asked(new Setting(9, 1), Map.of()));
        assertEquals("--nodes=3 --cpu-bind=cores", asked(new Setting(5, 3), Map.of()));
        assertEquals("--cpu-bind=none", asked(new Setting(6, 3), Map.of()));
    }

    @Test
    void noMoreThanWasAskedForGoesToANode() {
        Map<String, String> spread = Map.of("SLURM_NTASKS", "6", "SLURM_TASKS_PER_NODE", "2(x3)");
        assertEquals("--nodes=1 --cpu-bind=cores", asked(new Setting(2, 1), spread));
        assertEquals("--nodes=3 --cpu-bind=cores", asked(new Setting(6, 1), spread));
        assertEquals("--nodes=1 --cpu-bind=cores", asked(new Setting(7, 1), spread));
    }

    @Test
    void ranksAreBoundUnlessTheyMustShareCores() {
        for (Library library : Library.values()) {
            Needs.software(Mpirun.find(library).isPresent(), library.title());
            Map<String, String> environment = Map.of(LibraryWish.VARIABLE,
                    library == Library.MPICH ? "mpich" : "openmpi");
            Launcher mpirun = Launcher.given("mpirun", Path.of("home"), environment);
            int cores = Cores.atHand().count();
            Setting fits = new Setting(1, cores);
            Setting shares = new Setting(cores + 1, 1);
            String bound = String.join(" ", mpirun.command(Path.of("g"), List.of("jacobi"), fits));
            assertTrue(!Cores.atHand().all() || bound.contains(library == Library.MPICH ? "-bind-to core:" + cores
                    : "--map-by slot:PE=" + cores + " --bind-to core"), bound);
            String free = String.join(" ", mpirun.command(Path.of("g"), List.of("jacobi"), shares));
            assertFalse(free.contains("core"), free);
            assertEquals("none", Launcher.here(environment).binding(List.of("jacobi"), shares));
            assertEquals("socket", Launcher.here(environment).binding(List.of("jacobi", "--bind-to=socket"), shares));
            assertEquals("none", Launcher.here(environment).binding(List.of("jacobi", "--transport", "mpj"), shares));
        }
    }

    @Test
    void theSitesOwnIsTheScriptThatReadsItsSettings() {
        assertEquals(List.of(Path.of("home/jobs/start").toAbsolutePath().toString(), "4", "2", "ghostrow"),
                command("site").subList(0, 4));
    }

    @Test
    void aLineIsTakenAsItIsWithTheNumbersFilledIn() {
        assertEquals(List.of("aprun", "-n", "4", "-d", "2", "ghostrow"),
                command("aprun -n {ranks} -d {threads}").subList(0, 6));
    }

    @Test
    void aLineThatDoesNotSayHowManyRanksIsRefused() {
        InputException refused = assertThrows(InputException.class, () -> command("mpirun -n 4"));
        assertTrue(refused.getMessage().contains("{ranks}"), refused.getMessage());
    }
}
