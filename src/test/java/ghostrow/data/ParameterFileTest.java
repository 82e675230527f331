package ghostrow.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterFileTest {
    private static final String GOOD = """
            D = 1.0;
            x1 = -10.0;
            x2 = 10.0;
            runtime = 15.0;
            dx = 0.0667;
            outtime = 0.5;
            graphics = False;
            """;
    private static final DiffusionParameters DEFAULT =
            new DiffusionParameters(1.0, -10.0, 10.0, 15.0, 0.0667, 0.5, false);

    private static DiffusionParameters parse(String text, String... overrides) {
        return DiffusionParameters.of(ParameterFile.parse("a.params", text).with(List.of(overrides)));
    }

    private static String refusal(String text, String... overrides) {
        return assertThrows(InputException.class, () -> parse(text, overrides)).getMessage();
    }

    @Test
    void thePublishedFileIsReadAsItIs() {
        assertEquals(DEFAULT, parse(GOOD));
    }

    @Test
    void everyFileInTheParamsFolderIsReadAndTheDefaultOneIsTheDefaultCase() {
        assertEquals(DEFAULT, DiffusionParameters.read(Path.of("params/diff2d.params"), List.of()));
        assertEquals(80, DiffusionPlan.of(
                DiffusionParameters.read(Path.of("params/diff2d-small.params"), List.of())).nrows());
    }

    @Test
    void commentsSemicolonsSpacesAndLineEndsMayVary() {
        assertEquals(DEFAULT, parse("\uFEFF# all on one line\r\nD=1;x1 = -1e1 ; x2=+10.;  "
                + "runtime=15.0;dx=.0667;;\r\n"
                + "\touttime = 5E-1 # no semicolon = no matter;\r\n\r\n  graphics=false"));
        assertTrue(parse(GOOD.replace("False", "True")).graphics());
        assertTrue(parse(GOOD.replace("False", "true")).graphics());
    }

    @Test
    void optionsOverrideTheFileAndTheLastOneHolds() {
        assertEquals(0.1, parse(GOOD, "dx=0.2", "dx = 0.1").dx());
        assertEquals(DEFAULT, parse(GOOD.replace("dx = 0.0667;", ""), "dx=0.0667"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "dx = 0.0667;   | dx = abc;       | a.params:5: dx = 'abc'; expected a finite number such as 0.25 or "
            + "1e-3",
        "dx = 0.0667;   | dx = NaN;       | a.params:5: dx = 'NaN'; expected a finite number such as 0.25 or "
            + "1e-3",
        "dx = 0.0667;   | dx = Infinity;  | a.params:5: dx = 'Infinity'; expected a finite number such as "
            + "0.25 or 1e-3",
        "dx = 0.0667;   | dx = 1e999;     | a.params:5: dx = '1e999'; expected a number that a double can "
            + "hold, at most 1.8e308",
        "dx = 0.0667;   | dx = 0x1p3;     | a.params:5: dx = '0x1p3'; expected a finite number such as 0.25 "
            + "or 1e-3",
        "dx = 0.0667;   | dx = 1d;        | a.params:5: dx = '1d'; expected a finite number such as 0.25 or "
            + "1e-3",
        "dx = 0.0667;   | dx 0.0667       | a.params:5: found 'dx 0.0667'; expected name = value",
        "dx = 0.0667;   | dx = ;          | a.params:5: found 'dx ='; expected name = value",
        "dx = 0.0667;   | dx = 1 2;       | a.params:5: found 'dx = 1 2'; expected name = value",
        "dx = 0.0667;   | dx == 1;        | a.params:5: found 'dx == 1'; expected name = value",
        "dx = 0.0667;   | xd = 1;         | a.params:5: unknown parameter 'xd'; did you mean 'dx'?",
        "outtime = 0.5; | outime = 0.5;   | a.params:6: unknown parameter 'outime'; did you mean 'outtime'?",
        "D = 1.0;       | d = 1.0;        | a.params:1: unknown parameter 'd'; did you mean 'D'?",
        "D = 1.0;       | temperature = 1 | a.params:1: unknown parameter 'temperature'; known are D, x1, "
            + "x2, runtime, dx, outtime, graphics",
        "D = 1.0;       | D = 1; dx = 1;  | a.params:5: 'dx' is set again, first at a.params:1; keep one of "
            + "the two",
        "dx = 0.0667;   | #               | a.params: parameter 'dx' is missing; add a line 'dx = value;' or "
            + "--set dx=value",
        "False          | maybe           | a.params:7: graphics = 'maybe'; expected True or False",
        "dx = 0.0667;   | dx = 0;         | a.params:5: dx = '0'; the grid spacing must be above 0",
        "dx = 0.0667;   | dx = -1;        | a.params:5: dx = '-1'; the grid spacing must be above 0",
        "dx = 0.0667;   | dx = 20.5;      | a.params:5: dx = '20.5'; must not be larger than the domain, x2 "
            + "- x1 = 20.0",
        "dx = 0.0667;   | dx = 1e-9;      | a.params:5: dx = '1e-9'; makes 2.0E10 rows; at most 536870912 "
            + "are possible",
        "x2 = 10.0;     | x2 = -10.0;     | a.params:3: x2 = '-10.0'; must be above x1 = -10.0",
        "D = 1.0;       | D = 0;          | a.params:1: D = '0'; the diffusion coefficient must be above 0",
        "D = 1.0;       | D = 1e308;      | a.params:1: D = '1e308'; with dx = 0.0667 makes a time step of "
            + "1.1185557208533E-311 that a double cannot work with",
        "runtime = 15.0;| runtime = -1;   | a.params:4: runtime = '-1'; must not be negative",
        "runtime = 15.0;| runtime = 1e30; | a.params:4: runtime = '1e30'; needs 8.940100000000001E32 steps "
            + "of 0.0011185557208532341; at most 2^53 can be counted",
        "outtime = 0.5; | outtime = -1;   | a.params:6: outtime = '-1'; must not be negative",
    })
    void badLinesAreNamedWithTheirNumber(String good, String bad, String message) {
        assertEquals(message, refusal(GOOD.replace(good, bad)));
    }

    @Test
    void badOptionsAreNamedAsOptions() {
        assertEquals("--set: dx = '-0.1'; the grid spacing must be above 0", refusal(GOOD, "dx=-0.1"));
        assertEquals("--set: unknown parameter 'dxx'; did you mean 'dx'?", refusal(GOOD, "dxx=-0.1"));
        assertEquals("--set: found 'dx'; expected name = value", refusal(GOOD, "dx"));
    }

    @Test
    void filesThatCannotBeReadAreNamed(@TempDir Path folder) throws Exception {
        Path missing = folder.resolve("none.params");
        assertEquals(missing + ": no such parameter file; give the path of an existing one",
                assertThrows(InputException.class, () -> ParameterFile.read(missing)).getMessage());
        assertEquals(folder + ": is a folder; expected a parameter file of 'name = value;' lines",
                assertThrows(InputException.class, () -> ParameterFile.read(folder)).getMessage());
        Path huge = Files.write(folder.resolve("huge"), new byte[(1 << 20) + 1]);
        assertTrue(assertThrows(InputException.class, () -> ParameterFile.read(huge)).getMessage()
                .startsWith(huge + ": has 1048577 bytes; expected"));
    }

    @Test
    void theDefaultCaseHasThePublishedFigures() {
        DiffusionPlan plan = DiffusionPlan.of(DEFAULT);
        assertEquals(new DiffusionPlan(299, 20.0 / 299, 0.25 * (20.0 / 299 * (20.0 / 299)), 13410, 447),
                plan);
        assertEquals(31, plan.reports());
        DiffusionPlan coarse = DiffusionPlan.of(parse(GOOD, "dx=0.1"));
        assertEquals(200, coarse.nrows());
        assertEquals(5999, coarse.nsteps());
        assertEquals(199, coarse.nper());
        assertEquals(31, coarse.reports());
    }

    @Test
    void reportTimesAreTheSumsOfTheStepLoop() {
        DiffusionPlan plan = DiffusionPlan.of(DEFAULT);
        double[] times = plan.reportTimes();
        assertEquals(31, times.length);
        double simtime = 0;
        int report = 0;
        assertEquals(simtime, times[report++]);
        for (int step = 1; step <= plan.nsteps(); step++) {
            simtime += plan.dt();
            if (step % plan.nper() == 0) {
                assertEquals(Double.doubleToRawLongBits(simtime),
                        Double.doubleToRawLongBits(times[report++]));
            }
        }
        assertEquals(31, report);
    }

    @Test
    void aRunOfNoTimeReportsOnceAndOuttimeZeroReportsEveryStep() {
        assertEquals(1, DiffusionPlan.of(parse(GOOD, "runtime=0")).reports());
        assertEquals(1, DiffusionPlan.of(parse(GOOD, "outtime=99")).reports());
        assertEquals(13411, DiffusionPlan.of(parse(GOOD, "outtime=0")).reports());
    }

    /** -Dghostrow.fuzz=1000000 for more. */
    @Test
    void anyTextIsEitherParametersOrOneLineOfComplaint() {
        int texts = Integer.getInteger("ghostrow.fuzz", 20_000);
        Random random = new Random(20261);
        int accepted = 0;
        for (int i = 0; i < texts; i++) {
            String text = random.nextInt(4) == 0 ? noise(random) : mutated(random);
            try {
                DiffusionParameters p = parse(text);
                DiffusionPlan plan = DiffusionPlan.of(p);
                assertTrue(plan.nrows() >= 1 && plan.nsteps() >= 0 && plan.nper() >= 1
                        && plan.reports() >= 1);
                accepted++;
            } catch (InputException e) {
                assertFalse(e.getMessage().contains("\n") || e.getMessage().length() > 300, e.getMessage());
            } catch (RuntimeException e) {
                fail("text " + i + " (" + text + ") made " + e, e);
            }
        }
        assertTrue(accepted > texts / 100 && accepted < texts, accepted + " of " + texts + " accepted");
    }

    private static String noise(Random random) {
        String alphabet = "Ddx12 runtimeoutgraphics=;#.-+e0NaN\n\r\t\0\"'\u00e9\u2028\uD83D\uDE00";
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(80); n > 0; n--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static String mutated(Random random) {
        StringBuilder text = new StringBuilder(GOOD);
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, "0123456789.e-+=;# \n\u00e9".charAt(random.nextInt(20)));
                case 2 -> text.setCharAt(at, (char) random.nextInt(256));
                default -> text.insert(at, text.substring(at,
                        Math.min(text.length(), at + random.nextInt(30))));
            }
        }
        return text.toString();
    }
}
