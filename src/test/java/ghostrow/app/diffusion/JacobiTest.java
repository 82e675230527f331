package ghostrow.app.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.run.Program;
import ghostrow.spmd.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The hot plate to the last bit, and when it stops. */
class JacobiTest {

    @TestFactory
    Stream<DynamicTest> everyTransportEndsInTheBitsOfPlainLoops() throws Exception {
        double[][] plate = PlainLoops.plate(101, 150);
        return Setting.all().map(setting -> DynamicTest.dynamicTest(setting.toString(), () -> {
            setting.require();
            Map<String, Object> record = run(setting, setting.equals(Setting.SELF) ? 1 : 3, "--size", "101", "--steps",
                    "150", "--threads", "2");
            assertEquals(PlainLoops.digest(plate), record.get("digest"));
            assertEquals(sum(plate), record.get("sum"));
        }));
    }

    @Test
    void itStopsAtTheFirstCheckWhoseLargestChangeIsBelowTheTolerance() throws Exception {
        double tolerance = 1e-4;
        int settled = 0;
        double[][] before;
        double[][] now = PlainLoops.plate(31, 0);
        double change;
        do {
            before = now;
            now = PlainLoops.average(before);
            settled++;
            change = 0;
            for (int i = 1; i <= 31; i++) {
                for (int j = 1; j <= 31; j++) {
                    change = Math.max(change, Math.abs(now[i][j] - before[i][j]));
                }
            }
        } while (settled % 7 != 0 || !(change < tolerance));
        for (String exchange : List.of("persistent", "sendrecv", "deep", "overlap")) {
            Map<String, Object> record = run(Setting.MPJ, 2, "--size", "31", "--tolerance", "1e-4", "--check", "7",
                    "--exchange", exchange);
            assertEquals(settled, ((Number) record.get("steps")).intValue());
            assertEquals(PlainLoops.digest(now), record.get("digest"));
        }
    }

    @Test
    void itGivesUpAfterTheMostSteps() throws Exception {
        Program.Outcome outcome = Program.run("jacobi", "--size", "31", "--tolerance", "1e-12", "--max-steps", "55",
                "--json", "-");
        assertEquals(3, outcome.code(), outcome.toString());
        assertEquals(55, ((Number) outcome.record().get("steps")).intValue());
        assertEquals(false, outcome.record().get("settled"));
        assertTrue(outcome.out().contains("not settled"), outcome.out());
    }

    @Test
    void itMaySettleInTheVeryLastStep() throws Exception {
        Program.Outcome free = Program.run("jacobi", "--size", "31", "--tolerance", "1e-3", "--check", "7", "--json", "-");
        assertEquals(0, free.code(), free.toString());
        long steps = ((Number) free.record().get("steps")).longValue();
        Program.Outcome last = Program.run("jacobi", "--size", "31", "--tolerance", "1e-3", "--check", "7",
                "--max-steps", Long.toString(steps), "--json", "-");
        assertEquals(0, last.code(), last.toString());
        assertEquals(true, last.record().get("settled"));
        assertTrue(last.out().contains("no cell changed by"), last.out());
        Program.Outcome early = Program.run("jacobi", "--size", "31", "--tolerance", "1e-3", "--check", "7",
                "--max-steps", Long.toString(steps - 1), "--json", "-");
        assertEquals(3, early.code(), early.toString());
        assertEquals(false, early.record().get("settled"));
    }

    @Test
    void noStepsLeaveTheStart() throws Exception {
        Program.Outcome outcome = Program.run("jacobi", "--size", "31", "--steps", "0", "--json", "-");
        assertEquals(0, outcome.code(), outcome.toString());
        assertEquals(0.0, ((Number) outcome.record().get("sum")).doubleValue());
    }

    private static Map<String, Object> run(Setting setting, int ranks, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("jacobi", "--digest", "--json", "-"));
        all.addAll(List.of(words));
        Program.Outcome outcome = Program.run(setting, ranks, all.toArray(String[]::new));
        assertEquals(0, outcome.code(), outcome.toString());
        return outcome.record();
    }

    private static double sum(double[][] plate) {
        double sum = 0;
        for (int i = 1; i < plate.length - 1; i++) {
            double row = 0;
            for (int j = 1; j < plate.length - 1; j++) {
                row += plate[i][j];
            }
            sum += row;
        }
        return sum;
    }
}
