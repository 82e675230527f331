package ghostrow.study.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The words that start a study's runs. */
class LauncherTest {
    private static List<String> command(String line) {
        return Launcher.given(line, Path.of("home"), Map.of()).command(Path.of("ghostrow"), List.of("jacobi"), new Setting(4, 2));
    }

    @Test
    void srunAndGhostrowNeedNoMoreThanTheirNames() {
        assertEquals(List.of("srun", "--mpi=pmix", "--kill-on-bad-exit=1", "--ntasks=4", "--cpus-per-task=2", "ghostrow", "jacobi",
                "--threads", "2", "--ranks", "4"), command("srun"));
        assertEquals(List.of("ghostrow", "jacobi", "--threads", "2", "--ranks", "4"), command("ghostrow"));
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
