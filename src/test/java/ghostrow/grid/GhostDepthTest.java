package ghostrow.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How deep ghost rows are to be between machines. */
class GhostDepthTest {
    private static final double SECONDS_OF_A_ROW = 1e-7;

    /** Beside the sum that the formula is the least of, tried for every depth. */
    @Test
    void noOtherDepthTakesLess() {
        for (double latency : new double[] {1e-6, 2e-5, 1e-4, 1e-3}) {
            for (int ranks : new int[] {2, 4}) {
                Link link = new Link(latency, 1e9);
                int depth = GhostDepth.of(latency, 1, 1000, ranks, SECONDS_OF_A_ROW);
                int best = IntStream.rangeClosed(1, 1000).boxed()
                        .min((a, b) -> Double.compare(seconds(link, ranks, a), seconds(link, ranks, b))).orElseThrow();
                assertTrue(Math.abs(depth - best) <= 1, latency + " s, " + ranks + " ranks: " + depth + ", not " + best);
            }
        }
    }

    private static double seconds(Link link, int ranks, int depth) {
        return link.seconds(depth * 2400.0) / depth + Math.min(2, ranks - 1) * (depth - 1) / 2.0 * SECONDS_OF_A_ROW;
    }

    @Test
    void aNetworkThatIsNoneChangesNothing() {
        assertEquals(20, GhostDepth.of(1e-7, 20, 149, 2, SECONDS_OF_A_ROW));
    }

    @Test
    void stripsHoldNoMoreGhostRowsThanTheyHaveRows() {
        assertEquals(149, GhostDepth.of(1, 20, 149, 2, SECONDS_OF_A_ROW));
        assertEquals(7, GhostDepth.of(1e-3, 20, 7, 2, SECONDS_OF_A_ROW));
    }
}
