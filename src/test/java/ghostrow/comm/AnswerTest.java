package ghostrow.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnswerTest {
    @Test
    void bothOutputsAreHeard() {
        assertEquals("one\ntwo\n", Answer.of("sh", "-c", "echo one; echo two >&2"));
    }

    @Test
    void whatCannotBeRunSaysNothing() {
        assertEquals("", Answer.of("/no/such/program"));
    }

    /** The output stays open for as long as anybody holds it. */
    @Test
    void whoTakesTooLongSaysNothing() {
        assertEquals("", assertTimeoutPreemptively(Duration.ofSeconds(30), () -> Answer.of("sh", "-c", "sleep 100")));
    }
}
