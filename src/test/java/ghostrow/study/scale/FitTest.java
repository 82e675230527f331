package ghostrow.study.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.study.scale.Fit.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Laws fitted to data whose parameters are known. */
class FitTest {
    private static final double TINY = 1e-9;

    private static List<Observation> runs(double noise, int repeats, IntToDoubleFunction seconds, int... workers) {
        Random random = new Random(42);
        List<Observation> runs = new ArrayList<>();
        for (int q : workers) {
            for (int r = 0; r < repeats; r++) {
                runs.add(new Observation(q, seconds.applyAsDouble(q) * (1 + noise * random.nextGaussian()), 1));
            }
        }
        return runs;
    }

    @Test
    void amdahlsFractionIsRecovered() {
        Fit fit = Fit.amdahl(runs(0, 2, q -> 8 * (0.1 + 0.9 / q), 1, 2, 4, 8, 16));
        assertEquals(0.1, fit.parameters().getFirst().value(), TINY);
        assertEquals(0, fit.largest(), TINY);
        assertEquals(1 / (8 * (0.1 + 0.9 / 32)), fit.rate().applyAsDouble(32), TINY);
    }

    @Test
    void gustafsonsFractionIsRecoveredFromGrownProblems() {
        List<Observation> runs = new ArrayList<>();
        for (int q : new int[] {1, 2, 4, 8}) {
            runs.add(new Observation(q, 3.0 * q / (q - 0.2 * (q - 1)), q));
            runs.add(runs.getLast());
        }
        assertEquals(0.2, Fit.gustafson(runs).parameters().getFirst().value(), TINY);
    }

    @Test
    void theUniversalLawsTwoParametersAreRecovered() {
        Fit fit = Fit.universal(runs(0, 1, q -> 5 * (1 + 0.05 * (q - 1) + 0.002 * q * (q - 1)) / q, 1, 2, 4, 8, 64));
        assertEquals(0.05, fit.parameters().get(0).value(), TINY);
        assertEquals(0.002, fit.parameters().get(1).value(), TINY);
    }

    @Test
    void intervalsHoldTheTruthUnderNoise() {
        Fit.Parameter fraction = Fit.amdahl(runs(0.02, 5, q -> 0.1 + 0.9 / q, 1, 2, 4, 8, 16))
                .parameters().getFirst();
        assertTrue(Math.abs(fraction.value() - 0.1) < fraction.reach(), fraction.toString());
        assertTrue(fraction.reach() < 0.02, fraction.toString());
        assertFalse(fraction.includesZero());
    }

    @Test
    void whatCannotBeToldIsSaid() {
        Fit perfect = Fit.amdahl(runs(0.05, 5, q -> 1.0 / q, 1, 2, 4));
        assertTrue(String.join(" ", perfect.caveats()).contains("cannot be told from 0"), perfect.toString());
        Fit two = Fit.amdahl(runs(0, 1, q -> 0.1 + 0.9 / q, 1, 2));
        String caveats = String.join(" ", two.caveats());
        assertTrue(caveats.contains("nothing is tested") && caveats.contains("no interval"), caveats);
    }

    @Test
    void studentsQuantilesAreThoseOfTheTables() {
        double[] table = {12.706, 4.303, 3.182, 2.776, 2.571};
        for (int freedom = 1; freedom <= table.length; freedom++) {
            assertEquals(table[freedom - 1], Statistics.students95(freedom), 5e-4);
        }
        assertEquals(1.962, Statistics.students95(1000), 5e-4);
    }

    @Test
    void amdahlsLawLeadsToItsLimit() {
        Fit fit = Fit.amdahl(runs(0, 2, q -> 8 * (0.1 + 0.9 / q), 1, 2, 4, 8, 16));
        assertEquals(10, fit.limit().orElseThrow(), 1e-6);
        assertTrue(fit.outlook(1).contains("1/s = 10.00 times"), fit.outlook(1));
        assertTrue(Fit.amdahl(runs(0, 2, q -> 0.5 + 0.1 * q, 1, 2, 4)).limit().isEmpty());
        assertTrue(Fit.universal(runs(0, 1, q -> 1.0 / q + 0.1, 1, 2, 4, 8)).limit().isEmpty());
    }

    /** At the square root of (1 - contention) / coherency. */
    @Test
    void theUniversalLawLeadsToItsPeak() {
        Fit fit = Fit.universal(runs(0, 1, q -> 5 * (1 + 0.1 * (q - 1) + 0.009 * q * (q - 1)) / q, 1, 2, 4, 8, 64));
        assertEquals(10, fit.peak().orElseThrow(), 1e-6);
        assertEquals(10 / (1 + 0.1 * 9 + 0.009 * 90), fit.rate().applyAsDouble(10) * 5, 1e-6);
        assertTrue(fit.outlook(2).contains("speed-up of 3.69, with 20 workers"), fit.outlook(2));
        assertTrue(Fit.universal(runs(0, 1, q -> 5 * (1 + 0.1 * (q - 1)) / q - 1e-3 * q, 1, 2, 4, 8)).peak().isEmpty());
    }
}
