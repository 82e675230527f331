package ghostrow.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class JobTest {
    /** Teams spin only where no other rank of the same process wants the cores. */
    @Test
    void onlyThreadsOfThisProcessAreRanksInIt() {
        assertEquals(3, job("mpj").ranksInThisProcess());
        assertEquals(1, job("mpj-cluster").ranksInThisProcess());
    }

    @Test
    void ranksAreNotToldWhereToBe() {
        assertEquals(List.of("ring", "--ranks", "3"), SpmdOptions.withoutPlacement(List.of("ring", "--host", "a:3",
                "--ranks", "3", "--bind-to=core", "--mpirun-options", "--map-by node", "--hostfile=hosts")));
    }

    private static Job job(String transport) {
        SpmdOptions options = new SpmdOptions();
        options.ranks = 3;
        options.transport = transport;
        return Job.of(options, List.of("ring"));
    }
}
