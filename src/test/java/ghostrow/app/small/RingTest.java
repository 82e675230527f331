package ghostrow.app.small;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ghostrow.spmd.Children;
import ghostrow.spmd.Setting;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The launcher, the command line and every transport together: the ring comes out whole and in order. */
class RingTest {

    @TestFactory
    Stream<DynamicTest> everyRankKnowsItsRightNeighbour() {
        return Setting.all().flatMap(setting -> IntStream.of(1, 2, 7)
                .filter(ranks -> ranks == 1 || !setting.equals(Setting.SELF))
                // A JVM a rank and one that starts them: the conformance suite has the other numbers.
                .filter(ranks -> ranks == 2 || !setting.equals(Setting.MPJ_CLUSTER))
                .mapToObj(ranks -> DynamicTest.dynamicTest(setting + ", " + ranks + " ranks", () -> {
                    setting.require();
                    assertEquals(ring(ranks), Children.output(setting.ghostrow(ranks, "ring")).strip());
                })));
    }

    private static String ring(int ranks) {
        return IntStream.range(0, ranks)
                .mapToObj(rank -> "I am rank " + rank + "; my right neighbour is " + (rank + 1) % ranks)
                .collect(Collectors.joining("\n"));
    }
}
