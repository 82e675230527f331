package ghostrow.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The check itself: it says nothing of a right kernel, and names the line of a race. */
class RaceCheckTest {
    @Test
    void aRightKernelIsRight() throws Exception {
        RaceCheck.Findings findings = RaceCheck.java(Reversal.class, "barrier");
        assertEquals("", findings.complaints());
        assertEquals("[8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0]\n", findings.ended().out());
    }

    @Test
    void aBarrierThatIsMissingIsNoticed() throws Exception {
        String complaints = RaceCheck.java(Reversal.class, "none").complaints();
        assertTrue(complaints.contains("data race at local memory address"), complaints);
        assertTrue(complaints.contains("numbers[i] = group[7 - i];"), complaints);
    }

    @Test
    void theWholeProgramRunsUnderIt() throws Exception {
        RaceCheck.Findings findings = RaceCheck.ghostrow("doctor");
        assertEquals("", findings.complaints());
        assertTrue(findings.ended().well() && findings.ended().out().contains("ready     Oclgrind Simulator"),
                findings.toString());
    }
}
