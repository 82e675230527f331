package ghostrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a user sees who asks for help, or for what cannot be done. */
class CommandLineTest {

    private record Outcome(int code, String out, String err) {
    }

    @Test
    void helpListsTheApps() throws Exception {
        Outcome help = ghostrow(Map.of(), "--help");
        assertEquals(0, help.code);
        assertTrue(help.out.contains("ring") && help.out.contains("doctor"), help.out);
    }

    @Test
    void helpFitsATerminal() throws Exception {
        for (String app : List.of("--help", "ring", "pingpong", "doctor", "bench-comm")) {
            String out = (app.startsWith("-") ? ghostrow(Map.of(), app) : ghostrow(Map.of(), app, "--help")).out;
            assertTrue(out.lines().allMatch(line -> line.length() <= 80), out);
        }
    }

    @Test
    void doctorFindsATransportForManyRanks() throws Exception {
        Outcome doctor = ghostrow(Map.of(), "doctor");
        assertEquals(0, doctor.code, doctor.out + doctor.err);
        for (String transport : List.of("native", "openmpi", "mpj", "mpj-cluster", "self")) {
            assertTrue(doctor.out.contains("\n" + transport + " "), doctor.out);
        }
    }

    @Test
    void anUnknownAppIsRefusedInOneLine() throws Exception {
        refused(Map.of(), "no app 'rng'", "rng");
    }

    @Test
    void aMisspeltOptionIsRefusedWithTheRightOne() throws Exception {
        refused(Map.of(), "did you mean --ranks?", "ring", "--rank", "3");
    }

    @Test
    void ranksMustBeANumberAboveZero() throws Exception {
        refused(Map.of(), "'x' is not an int", "ring", "--ranks", "x");
        refused(Map.of(), "at least 1", "ring", "--ranks", "0");
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
        Outcome other = ghostrow(Map.of("OMPI_COMM_WORLD_RANK", "1", "OMPI_COMM_WORLD_SIZE", "3"), "ring", "--rank", "2");
        assertEquals(2, other.code);
        assertEquals("", other.err);
    }

    @Test
    void aJdkThatIsTooOldIsRefusedInOneLine() throws Exception {
        Outcome refused = ghostrow(Map.of("GHOSTROW_JAVA_HOME", "/no/such/jdk"), "ring");
        assertEquals(1, refused.code);
        assertEquals(1, refused.err.lines().count(), refused.err);
        assertTrue(refused.err.contains("JDK 25 or newer"), refused.err);
    }

    private static void refused(Map<String, String> environment, String why, String... words) throws Exception {
        Outcome outcome = ghostrow(environment, words);
        assertEquals(2, outcome.code, outcome.out + outcome.err);
        assertEquals(1, outcome.err.lines().count(), outcome.err);
        assertTrue(outcome.err.contains(why), outcome.err);
        assertEquals("", outcome.out);
    }

    private static Outcome ghostrow(Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("./ghostrow"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes());
        String err = new String(process.getErrorStream().readAllBytes());
        return new Outcome(process.waitFor(), out, err);
    }
}
