package ghostrow.study.ladder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which steps a list of rungs makes. */
class StepsTest {
    @Test
    void everyRungIsAStepAndSomeAreHeldBack() {
        Steps steps = Steps.of("""
                boxed          every number an object
                local          looked up once
                plain          a scalar loop
                a-rung-with-a-long-name what it does
                """);
        assertEquals(List.of("boxed, interpreted", "boxed, C1", "boxed", "local, interpreted", "local",
                "plain, interpreted", "plain, C1", "plain", "a-rung-with-a-long-name"),
                steps.all().stream().map(Step::name).toList());
        assertEquals("what it does", steps.all().getLast().change());
        assertEquals("plain", steps.reference().name());
    }

    @Test
    void theFirstRungIsHeldBackWhateverItsName() {
        assertEquals(List.of("plain, interpreted", "plain, C1", "plain", "vector"),
                Steps.of("plain x\nvector y\n").all().stream().map(Step::name).toList());
        assertThrows(IllegalStateException.class, () -> Steps.of("vector y\n").reference());
    }

    @Test
    void modesSayWhatTheAppAndTheJvmAreTold() {
        Step threads = Step.of("vector", "SIMD").by(Mode.threads(4));
        assertEquals("vector, 4 threads", threads.name());
        assertEquals(List.of("--kernel", "vector", "--threads", "4"), threads.words());
        assertEquals(List.of("-Xint"), Step.of("boxed", "").by(Mode.INTERPRETED).mode().javaOptions());
    }
}
