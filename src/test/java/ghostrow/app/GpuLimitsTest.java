package ghostrow.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.run.Program;
import ghostrow.spmd.Needs;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What it says where there is nothing to measure; what it measures is read by the benchmark's test. */
class GpuLimitsTest {
    @BeforeAll
    static void needsTheBuild() {
        Needs.build();
    }

    @Test
    void withoutADeviceItSaysSoInOneLine() throws Exception {
        Program.Outcome outcome = Program.run("gpu-limits", "--gpu-device", "No Such GPU");
        assertEquals(2, outcome.code(), outcome.toString());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().startsWith("ghostrow: nothing to measure: this needs "), outcome.err());
    }
}
