package ghostrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.spmd.Children;
import ghostrow.study.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees who asks for help, or for what cannot be done. */
class CommandLineTest {
    @TempDir
    Path folder;

    @Test
    void helpListsTheApps() throws Exception {
        Ended help = ghostrow(Map.of(), "--help");
        assertEquals(0, help.code());
        assertTrue(help.out().contains("ring") && help.out().contains("doctor"), help.out());
    }

    @Test
    void helpFitsATerminal() throws Exception {
        for (String app : List.of("--help", "ring", "pingpong", "fibonacci", "sum", "counter", "negate",
                "doctor", "bench-comm", "run")) {
            String out = (app.startsWith("-") ? ghostrow(Map.of(), app) : ghostrow(Map.of(), app, "--help")).out();
            assertTrue(out.lines().allMatch(line -> line.length() <= 80), out);
        }
    }

    @Test
    void doctorFindsATransportForManyRanks() throws Exception {
        Ended doctor = ghostrow(Map.of(), "doctor");
        assertEquals(0, doctor.code(), doctor.out() + doctor.err());
        for (String transport : List.of("native", "openmpi", "mpj", "mpj-cluster", "self", "check")) {
            assertTrue(doctor.out().contains("\n" + transport + " "), doctor.out());
        }
    }

    @Test
    void anUnknownAppIsRefusedInOneLine() throws Exception {
        refused(Map.of(), "no app 'xyzzy'; there are diffusion, jacobi", "xyzzy");
        refused(Map.of(), "no app 'jakobi'; did you mean jacobi?", "jakobi");
        refused(Map.of(), "no app '--rnaks'", "--rnaks", "2");
    }

    @Test
    void helpOfAnAppIsItsHelp() throws Exception {
        for (List<String> app : List.of(List.of("jacobi"), List.of("scale", "strong"), List.<String>of())) {
            List<String> asOption = new ArrayList<>(app);
            asOption.add("--help");
            List<String> asWord = new ArrayList<>(app);
            asWord.addFirst("help");
            String help = ghostrow(Map.of(), asWord.toArray(String[]::new)).out();
            assertTrue(help.startsWith("Usage: ghostrow"), help);
            assertEquals(ghostrow(Map.of(), asOption.toArray(String[]::new)).out(), help);
        }
    }

    @Test
    void theVersionNamesCommitAndJdk() throws Exception {
        Ended version = ghostrow(Map.of(), "--version");
        assertEquals(0, version.code(), version.err());
        assertTrue(version.out().matches("ghostrow \\d+\\.\\d+\\.\\d+, commit \\S+\\nJDK \\S+, \\S+\\n"), version.out());
    }

    @Test
    void aShellCompletesAppsOptionsAndValues() throws Exception {
        Path script = Files.writeString(folder.resolve("completion.bash"), ghostrow(Map.of(), "completion").out());
        assertEquals("jacobi", completed(script, "ghostrow", "jac"));
        assertEquals("--checkpoint-every", completed(script, "ghostrow", "diffusion", "--checkp"));
        assertEquals("deep", completed(script, "ghostrow", "jacobi", "--exchange", "d"));
    }

    /** What bash would offer in place of the last word. */
    private static String completed(Path script, String... words) throws Exception {
        String line = String.join(" ", words);
        return Children.output(Children.launch("bash", "-c", "source " + script + "; COMP_WORDS=(" + line
                + "); COMP_CWORD=" + (words.length - 1) + "; COMP_LINE='" + line + "'; compopt() { :; }; "
                + "_complete_ghostrow; echo ${COMPREPLY[@]}")).strip();
    }

    @Test
    void aMisspeltOptionIsRefusedWithTheRightOne() throws Exception {
        refused(Map.of(), "did you mean --ranks?", "ring", "--rank", "3");
    }

    @Test
    void whatASmallAppCannotDoIsRefusedInOneLine() throws Exception {
        refused(Map.of(), "N -1: between 0 and 92", "fibonacci", "-1");
        refused(Map.of(), "--threads 0: between 1 and", "sum", "--threads", "0");
        refused(Map.of(), "--adds 0: between 1 and", "counter", "--adds", "0");
        refused(Map.of(), "'6'", "negate", "6");
    }

    @Test
    void ranksMustBeANumberAboveZero() throws Exception {
        refused(Map.of(), "'x' is not an int", "ring", "--ranks", "x");
        refused(Map.of(), "at least 1", "ring", "--ranks", "0");
    }

    @Test
    void aStallLimitIsSecondsOrNone() throws Exception {
        refused(Map.of(), "expected seconds, or 0 for no limit", "ring", "--stall-limit", "-1");
        refused(Map.of(), "expected seconds, or 0 for no limit", "ring", "--stall-limit", "NaN");
        assertEquals(0, ghostrow(Map.of(), "ring", "--stall-limit", "0").code());
    }

    @Test
    void anUnknownTransportIsRefusedWithThoseThereAre() throws Exception {
        refused(Map.of(), "native, openmpi, mpj, mpj-cluster, self", "ring", "--transport", "pigeon");
    }

    @Test
    void transportSelfIsForOneRank() throws Exception {
        refused(Map.of(), "for one rank", "ring", "--ranks", "2", "--transport", "self");
    }

    @Test
    void ranksMustAgreeWithTheLauncher() throws Exception {
        refused(Map.of("OMPI_COMM_WORLD_RANK", "0", "OMPI_COMM_WORLD_SIZE", "3"), "mpirun (Open MPI) started 3",
                "ring", "--ranks", "2");
    }

    @Test
    void oneRankSpeaksForAll() throws Exception {
        Ended other = ghostrow(Map.of("OMPI_COMM_WORLD_RANK", "1", "OMPI_COMM_WORLD_SIZE", "3"), "ring", "--rank", "2");
        assertEquals(2, other.code());
        assertEquals("", other.err());
    }

    @Test
    void aJdkThatIsTooOldIsRefusedInOneLine() throws Exception {
        Ended refused = ghostrow(Map.of("GHOSTROW_JAVA_HOME", "/no/such/jdk"), "ring");
        assertEquals(1, refused.code());
        assertEquals(1, refused.err().lines().count(), refused.err());
        assertTrue(refused.err().contains("JDK 25 or newer"), refused.err());
    }

    private static void refused(Map<String, String> environment, String why, String... words) throws Exception {
        Ended outcome = ghostrow(environment, words);
        assertEquals(2, outcome.code(), outcome.out() + outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().contains(why), outcome.err());
        assertEquals("", outcome.out());
    }

    private static Ended ghostrow(Map<String, String> environment, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("./ghostrow"));
        command.addAll(List.of(words));
        return Children.end(Children.launch(command).errorsApart().with(environment));
    }
}
