package ghostrow.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ghostrow.comm.Failure;
import ghostrow.spmd.Setting;
import ghostrow.spmd.SpmdRun;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A rank that fails with ghost rows on their way does not wait for them. */
class GhostRowsFaultTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TestFactory
    Stream<DynamicTest> aRankThatThrowsWithGhostRowsUnderWayEndsTheJob() {
        return Stream.of(Setting.NATIVE_OPEN_MPI, Setting.MPJ)
                .map(setting -> dynamicTest(setting.toString(), () -> fault(setting)));
    }

    private static void fault(Setting setting) {
        setting.require();
        try (SpmdRun run = new SpmdRun(setting, 3, List.of(), GhostRowsFault.class)) {
            assertEquals(Failure.CODE, run.awaitEnd(LIMIT));
            if (run.linesWith("rank 1 of 3 failed: java.lang.IllegalStateException: a step went wrong").findAny()
                    .isEmpty()) {
                throw run.failure("does not say what failed");
            }
        }
    }
}
