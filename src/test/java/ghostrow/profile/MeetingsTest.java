package ghostrow.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ghostrow.comm.Comm;
import ghostrow.profile.Meetings.Late;
import ghostrow.run.Program;
import ghostrow.spmd.Needs;
import ghostrow.spmd.Setting;
import ghostrow.trace.RankTrace;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of every message of a run are found, and belong together. */
class MeetingsTest {
    @TempDir
    private Path folder;

    @Test
    void everyMessageHasTwoEnds() throws Exception {
        Needs.build();
        Setting.MPJ.require();
        Program.Outcome outcome = Program.run(Setting.MPJ, 3, "jacobi", "--size", "60", "--steps", "40", "--ghosts", "2",
                "--profile", "--profile-dir", folder.toString());
        assertEquals(0, outcome.code(), outcome.toString());
        try (Arena arena = Arena.ofConfined()) {
            List<RankTrace> traces = RankTrace.all(folder, arena);
            Meetings meetings = new Meetings(traces);
            long sent = 0;
            List<Meetings.Message> messages = new ArrayList<>();
            List<Late> lates = new ArrayList<>();
            for (RankTrace trace : traces) {
                for (long count : trace.longs("sentMessages")) {
                    sent += count;
                }
                meetings.of(trace, lates::add, messages::add);
            }
            assertEquals(sent, messages.size());
            for (Meetings.Message each : messages) {
                assertEquals(true, each.from() != each.to(), each.toString());
                assertEquals(true, each.sentAt() <= each.arrivedAt(), each.toString());
            }
            for (Late each : lates) {
                assertEquals(true, each.nanos() > 0 && each.rank() != each.late() && each.late() != Comm.PROC_NULL,
                        each.toString());
            }
        }
    }
}
