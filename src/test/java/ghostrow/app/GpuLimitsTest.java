package ghostrow.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.gpu.TestDevice;
import ghostrow.run.Program;
import ghostrow.spmd.Needs;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GpuLimitsTest {
    @BeforeAll
    static void needsTheBuild() {
        Needs.build();
    }

    @Test
    void theFiguresAreThoseOfTheDeviceWithinItsMemory() throws Exception {
        TestDevice.require();
        Program.Outcome outcome = Program.run(Map.of("POCL_MEMORY_LIMIT", "1"), "gpu-limits", "--json", "-");
        assertEquals(0, outcome.code(), outcome.toString());
        Map<String, Object> record = outcome.record();
        assertEquals(128L << 20, ((Number) record.get("copyBytes")).longValue(), record.toString());
        assertTrue(((Number) record.get("copyBytesPerSecond")).doubleValue() > 0, record.toString());
        assertTrue(((Number) record.get("addsPerSecond")).doubleValue() > 0, record.toString());
    }

    @Test
    void withoutADeviceItSaysSoInOneLine() throws Exception {
        Program.Outcome outcome = Program.run("gpu-limits", "--gpu-device", "No Such GPU");
        assertEquals(2, outcome.code(), outcome.toString());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().startsWith("ghostrow: nothing to measure: this needs "), outcome.err());
    }
}
