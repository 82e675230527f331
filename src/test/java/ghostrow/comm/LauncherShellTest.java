package ghostrow.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.spmd.Children;
import ghostrow.study.Child;
import ghostrow.study.Ended;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shell before mpirun, here before commands that end as launchers do. */
class LauncherShellTest {
    @Test
    void anExitCodeIsPassedOn() throws Exception {
        assertEquals(0, end("exit 0").code());
        assertEquals(3, end("exit 3").code());
    }

    @Test
    void whatRanksLeaveCountsMoreThanZero() throws Exception {
        assertEquals(0, end("echo began >> $GHOSTROW_ENDING; echo ended 0 >> $GHOSTROW_ENDING").code());
        assertEquals(75, end("for i in 1 2; do echo began; echo ended 75; done >> $GHOSTROW_ENDING").code());
        Ended cutOff = end("for i in 1 2; do echo began; done >> $GHOSTROW_ENDING; echo ended 0 >> $GHOSTROW_ENDING");
        assertEquals(1, cutOff.code());
        assertTrue(cutOff.out().contains("ended with 0, but 1 of 2 ranks on this machine were cut off"), cutOff.out());
    }

    @Test
    void theFirstOrderToEndIsOneToSave() throws Exception {
        assertEquals("USR1 then TERM", twice(true));
        assertEquals("TERM then TERM", twice(false));
    }

    private static String twice(boolean saves) throws Exception {
        String hears = "trap 'heard=\"$heard${heard:+ then }USR1\"' USR1; trap 'heard=\"$heard${heard:+ then }TERM\"' TERM;"
                + " echo ready; until [ \"${heard#*then}\" != \"$heard\" ]; do [ \"$heard\" = \"$said\" ] || echo \"$heard\";"
                + " said=$heard; sleep 0.05; done; echo \"$heard\"";
        try (Child child = Children.launch(LauncherShell.before(List.of("sh", "-c", hears), saves, false)).start()) {
            Children.awaitLines(child, 1);
            child.handle().destroy();
            Children.awaitLines(child, 2);
            child.handle().destroy();
            return child.end().out().lines().reduce((first, last) -> last).orElseThrow();
        }
    }

    private static Ended end(String command) throws Exception {
        return Children.end(Children.launch(LauncherShell.before(List.of("sh", "-c", command), true, true)));
    }
}
