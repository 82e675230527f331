package ghostrow.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.Transport.SpmdProgram;
import ghostrow.comm.Transports;
import ghostrow.run.Phases.Phase;
import ghostrow.run.Phases.Times;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A rank's time is in exactly one phase, and what a record says of it adds up. */
class PhasesTest {
    private long now;

    private Phases phases() {
        return new Phases(() -> now);
    }

    private void spend(Phases phases, Phase phase, double seconds) {
        phases.enter(phase);
        now += Math.round(seconds * 1e9);
    }

    @Test
    void secondsAreThoseFromTheFirstStepToTheLast() {
        Phases phases = phases();
        spend(phases, Phase.START, 5);
        for (int i = 0; i < 3; i++) {
            spend(phases, Phase.EXCHANGE, 0.25);
            spend(phases, Phase.STEP, 2);
            spend(phases, Phase.OUTPUT, 0.5);
        }
        spend(phases, Phase.TOTALS, 4);
        spend(phases, Phase.DIGEST, 3);
        spend(phases, Phase.CLOSING, 0);
        Times times = alone(phases);
        assertEquals(8.25, times.seconds());
        assertEquals(Map.of(Phase.STEP, 6.0, Phase.EXCHANGE, 0.75, Phase.WAIT, 0.0, Phase.OUTPUT, 1.5, Phase.CHECK, 0.0),
                times.phases());
        assertEquals(7.0, phases.sinceLastStep());
        assertEquals(4.0, phases.of(Phase.TOTALS));
        assertEquals(3.0, phases.of(Phase.DIGEST));
    }

    @Test
    void whatAnExchangeTakesBeyondTheShortestIsWaiting() {
        Phases phases = phases();
        for (double exchange : new double[] {0.5, 0.25, 3, 0.25, 0.25, 0.25, 0.25, 0.25}) {
            spend(phases, Phase.EXCHANGE, exchange);
            spend(phases, Phase.STEP, 1);
        }
        // The last messages of a run are waited for, and move no ghost rows that anybody needs.
        spend(phases, Phase.WAIT, 0.5);
        phases.enter(Phase.CLOSING);
        assertEquals(2.0, phases.of(Phase.EXCHANGE));
        assertEquals(3.5, phases.of(Phase.WAIT));
        assertEquals(13.5, alone(phases).seconds());
    }

    @Test
    void fewExchangesAreNotParted() {
        Phases phases = phases();
        spend(phases, Phase.EXCHANGE, 3);
        spend(phases, Phase.EXCHANGE, 1);
        phases.enter(Phase.CLOSING);
        assertEquals(4.0, phases.of(Phase.EXCHANGE));
        assertEquals(0.0, phases.of(Phase.WAIT));
    }

    @Test
    void aRunWithoutStepsTakesNoSeconds() {
        Phases phases = phases();
        spend(phases, Phase.START, 5);
        spend(phases, Phase.TOTALS, 1);
        phases.enter(Phase.CLOSING);
        assertEquals(0.0, alone(phases).seconds());
        assertEquals(1.0, phases.sinceLastStep());
    }

    /** Two ranks whose last steps end at different times, with real clocks and messages. */
    @Test
    void figuresAreThoseOfTheRankThatTookLongest() {
        Times[] atRank0 = new Times[1];
        run(2, comm -> {
            Phases phases = new Phases();
            phases.enter(Phase.STEP);
            Thread.sleep(comm.rank() == 1 ? 300 : 100);
            phases.enter(Phase.OUTPUT);
            Thread.sleep(comm.rank() == 1 ? 0 : 100);
            phases.enter(Phase.CLOSING);
            Times times = phases.gather(comm);
            if (comm.rank() == 0) {
                atRank0[0] = times;
            }
        });
        Times times = atRank0[0];
        assertTrue(times.seconds() >= 0.3, times.toString());
        assertTrue(times.phases().get(Phase.STEP) >= 0.3, times.toString());
        assertTrue(times.phases().get(Phase.OUTPUT) < 0.1, times.toString());
        assertTrue(times.overRanks().get(Phase.STEP).min() < 0.3, times.toString());
        assertTrue(times.overRanks().get(Phase.OUTPUT).max() >= 0.1, times.toString());
        assertEquals(times.seconds(), times.phases().values().stream().mapToDouble(Double::doubleValue).sum(), 1e-9);
    }

    private static Times alone(Phases phases) {
        Times[] times = new Times[1];
        run(1, comm -> times[0] = phases.gather(comm));
        return times[0];
    }

    private static void run(int ranks, SpmdProgram program) {
        Transports.named(ranks == 1 ? "self" : "mpj", Path.of("").toAbsolutePath()).run(ranks, program);
    }
}
