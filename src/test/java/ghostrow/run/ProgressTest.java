package ghostrow.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.comm.Waits;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long nanos;

    private Progress progress(boolean bar, double every, long first, long last) {
        return progress(Progress.Unit.STEPS, bar, every, first, last);
    }

    private Progress progress(Progress.Unit unit, boolean bar, double every, long first, long last) {
        return new Progress(new Waits(), unit, new PrintStream(bytes, true, StandardCharsets.UTF_8), bar, every, first, last,
                () -> nanos);
    }

    private String said() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLogGetsALineEverySoManySeconds() {
        try (Progress progress = progress(false, 10, 0, 1000)) {
            for (int step = 1; step <= 500; step++) {
                nanos += 50_000_000;
                progress.at(step, false);
            }
        }
        assertEquals("""
                ghostrow: step 200 of 1000, 20 %  20.00 steps/s  0:00:40 left
                ghostrow: step 400 of 1000, 40 %  20.00 steps/s  0:00:30 left
                """, said());
    }

    @Test
    void aRunThatGoesOnCountsItsOwnStepsOnly() {
        try (Progress progress = progress(false, 1, 900, 1000)) {
            nanos = 2_000_000_000;
            progress.at(950, false);
        }
        assertEquals("ghostrow: step 950 of 1000, 95 %  25.00 steps/s  0:00:02 left\n", said());
    }

    @Test
    void bytesAreCountedInGigabytes() {
        try (Progress progress = progress(Progress.Unit.BYTES, false, 1, 0, 12_800_000_000_000_000L)) {
            nanos = 2_000_000_000;
            progress.at(6_400_000_000_000_000L, false);
        }
        assertEquals("ghostrow: 6400000.000 of 12800000.000 GB, 50 %  3200000.00 GB/s  0:00:02 left\n", said());
    }

    @Test
    void aBarVanishesBeforeTheRunSpeaksAndAtTheEnd() {
        try (Progress progress = progress(true, 30, 0, 100)) {
            nanos = 1_000_000_000;
            progress.at(50, false);
            assertEquals("\r\033[K[##########..........]  50 %  50.00 steps/s  0:00:01 left", said());
            progress.at(51, true);
            assertTrue(said().endsWith("\r\033[K"));
            nanos = 2_000_000_000;
            progress.at(80, false);
        }
        assertTrue(said().endsWith("left\r\033[K"));
    }

    @Test
    void shortRunsSayNothingInALog() {
        try (Progress progress = progress(false, 30, 0, 100)) {
            nanos = 29_000_000_000L;
            progress.at(100, false);
        }
        assertEquals("", said());
    }

    @Test
    void silenceIsSilent() {
        try (Progress progress = Progress.silent(new Waits())) {
            progress.at(1, true);
        }
        assertFalse(bytes.size() > 0);
    }
}
