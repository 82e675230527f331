package ghostrow.app.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.data.InputException;
import ghostrow.formula.FormulaException;
import ghostrow.run.AppRun;
import ghostrow.run.Program;
import ghostrow.spmd.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Areas come out right, and the same to the bit whoever computes them. */
class AucTest {
    @TempDir
    Path folder;

    @Test
    void thePublishedAreaIsWithinRoundingOfTheExactSum() throws Exception {
        double dx = 3 / 3e8;
        assertEquals(8.175 - 0.45 * dx + 0.575 * dx * dx, area(1, "--threads", "2"), 1e-13);
    }

    @Test
    void anyRanksAndThreadsGiveTheSameBits() throws Exception {
        double alone = area(1, "3000001");
        for (int ranks = 2; ranks <= 7; ranks++) {
            assertEquals(alone, area(ranks, "3000001"), ranks + " ranks");
        }
        assertEquals(alone, area(3, "3000001", "--threads", "3"));
    }

    @TestFactory
    Stream<DynamicTest> everyTransportGivesTheSameBits() {
        return Setting.all().map(setting -> DynamicTest.dynamicTest(setting.toString(), () -> assertEquals(
                area(1, "3000001"), AppRun.record(setting, setting.equals(Setting.SELF) ? 1 : 3, folder, "auc",
                        "3000001").get("area"))));
    }

    @Test
    void fewPointsOnManyRanksAllCount() throws Exception {
        for (int n : new int[] {1, 2, 7}) {
            double dx = 3.0 / n;
            double sum = 0;
            for (int i = 0; i < n; i++) {
                double x = i * dx;
                sum += 0.7 * x * x * x - 2 * x * x + 4;
            }
            assertEquals(sum * dx, area(4, Integer.toString(n)), 1e-14 * sum * dx, n + " points");
        }
    }

    @Test
    void simpsonAndGaussAreExactForCubics() throws Exception {
        for (String rule : List.of("simpson", "gauss")) {
            for (int n : new int[] {1, 2, 7, 1000, 100_003}) {
                assertEquals(8.175, area(2, Integer.toString(n), "--rule", rule), 8.175e-15, rule + " " + n);
            }
        }
    }

    @Test
    void theOtherRulesConvergeAsTheyShould() throws Exception {
        assertEquals(8.175, area(1, "100000", "--rule", "midpoint"), 1e-9);
        assertEquals(8.175, area(1, "100000", "--rule", "trapezoid"), 1e-9);
        assertEquals(12, area(1, "5", "--formula", "4", "--rule", "trapezoid"));
        assertEquals(Math.sqrt(Math.PI), area(2, "200", "--formula", "exp(-x**2)", "--from", "-8", "--to", "8",
                "--rule", "gauss"), 1e-14);
    }

    @Test
    void aToleranceIsReached() throws Exception {
        Map<?, ?> record = run(2, "--formula", "sin(x)", "--to", "3.141592653589793", "--rule", "simpson",
                "--tolerance", "1e-10");
        assertEquals(true, record.get("settled"));
        assertEquals(2, (double) record.get("area"), 1e-9);
        assertEquals(null, record.get("exact"));
    }

    /** Each looks straight at first: its points are all alike for 16, 32, 64 or more intervals, or for 25, 50, 100 ... */
    @Test
    void curvesThatWaveAsOftenAsThereArePointsAreNotTakenForStraight() throws Exception {
        for (String rule : List.of("left", "midpoint", "trapezoid", "simpson", "gauss")) {
            for (int waves : new int[] {1, 16, 32, 64, 96, 128, 256, 1000, 4096}) {
                Map<?, ?> record = run(1, "--formula", "sin(" + waves + "*pi*x)**2", "--to", "1", "--rule", rule,
                        "--tolerance", "1e-3");
                assertEquals(true, record.get("settled"), rule + " " + waves);
                assertEquals(0.5, (double) record.get("area"), 2e-3, rule + " " + waves);
            }
        }
        assertEquals(1.5, (double) run(1, "--formula", "sin(32*pi*x)**2", "--tolerance", "1e-9").get("area"), 1e-9);
        assertEquals(0.5, (double) run(1, "25", "--formula", "sin(100*pi*x)**2", "--to", "1", "--tolerance", "1e-9")
                .get("area"), 1e-9);
        double shifted = (double) run(1, "--formula", "cos(128*pi*x + 1)", "--to", "1", "--tolerance", "1e-9").get("area");
        assertEquals(0, shifted, 1e-9);
    }

    @Test
    void whatSettlesIsTheSameOnAnyRanksAndThreads() throws Exception {
        Map<?, ?> alone = run(1, "--formula", "exp(-x**2)", "--tolerance", "1e-6", "--threads", "1");
        for (int ranks = 2; ranks <= 3; ranks++) {
            Map<?, ?> many = run(ranks, "--formula", "exp(-x**2)", "--tolerance", "1e-6", "--threads", "2");
            assertEquals(alone.get("area"), many.get("area"));
            assertEquals(alone.get("points"), many.get("points"));
        }
    }

    @Test
    void whatDoesNotSettleEndsWithCodeThreeAndIsTold() throws Exception {
        Program.Outcome tooFew = Program.run("auc", "--tolerance", "1e-10", "--max-points", "1000", "--json", "-");
        assertEquals(3, tooFew.code(), tooFew.toString());
        assertEquals(false, tooFew.record().get("settled"));
        assertEquals(512L, tooFew.record().get("points"));
        assertTrue(tooFew.out().contains("not settled"), tooFew.out());
        Program.Outcome pole = Program.run("auc", "--formula", "1/x", "--tolerance", "1e-3", "--json", "-");
        assertEquals(3, pole.code(), pole.toString());
        assertEquals(false, pole.record().get("settled"));
    }

    @TestFactory
    Stream<DynamicTest> everyTransportEndsWithCodeThree() {
        return Setting.all().map(setting -> DynamicTest.dynamicTest(setting.toString(), () -> {
            setting.require();
            Program.Outcome outcome = Program.run(setting, setting.equals(Setting.SELF) ? 1 : 3, "auc", "--tolerance",
                    "1e-10", "--max-points", "1000", "--json", "-");
            assertEquals(3, outcome.code(), outcome.toString());
            assertEquals(512L, outcome.record().get("points"));
        }));
    }

    @Test
    void theExactAreaIsKnownForThePublishedCurve() throws Exception {
        assertEquals(8.175, run(1, "100").get("exact"));
        assertEquals(0.7 / 4 - 2.0 / 3 + 4, (double) run(1, "100", "--to", "1").get("exact"), 1e-15);
    }

    @Test
    void whatCannotWorkIsRefused() {
        refused("between 1 and", "0");
        refused("between 1 and", "-5");
        refused("must be above 0", "--tolerance", "0");
        refused("finite", "--to", "Infinity");
        refused("at least 1", "10", "--threads", "0");
        FormulaException unknown = assertThrows(FormulaException.class,
                () -> AppRun.execute(AucCommand::new, List.of("10", "--formula", "sinn(x)")));
        assertTrue(unknown.rendering().contains("\n    sinn(x)\n    ^"), unknown.rendering());
    }

    private static void refused(String why, String... words) {
        InputException refusal = assertThrows(InputException.class, () -> AppRun.execute(AucCommand::new, List.of(words)));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }

    private double area(int ranks, String... words) throws IOException {
        return (double) run(ranks, words).get("area");
    }

    private Map<?, ?> run(int ranks, String... words) throws IOException {
        return AppRun.record(folder, AucCommand::new, ranks, words);
    }
}
