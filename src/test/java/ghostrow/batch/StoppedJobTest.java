package ghostrow.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.spmd.Children;
import ghostrow.study.Child;
import ghostrow.study.Ended;
import ghostrow.study.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a job makes of a launcher that crashes when it is told to stop. No launcher does so on demand; a script stands
 * in for it and leaves a checkpoint that begins with what the test says.
 */
class StoppedJobTest {
    private static final int STOPPED = 75;
    private static final int CRASHED = 139;

    @TempDir
    private Path folder;

    private Ended stopped(String writesCheckpoint) throws Exception {
        Path crashing = folder.resolve("crashing");
        Files.writeString(crashing, """
                #!/bin/bash
                trap '%s; kill -SEGV $$' TERM
                : > "$OUT/stopped/computing"
                while :; do sleep 0.05; done
                """.formatted(writesCheckpoint));
        assertTrue(crashing.toFile().setExecutable(true));
        Launch launch = Children.launch("bash", "jobs/diffusion").in(Shell.HOME).with(Map.of("GHOSTROW",
                crashing.toString(), "OUT", folder.toString(), "RUN", "stopped", "LAUNCHER", "ghostrow", "SITE_ENV", Shell.SITE));
        launch.environment().keySet().removeIf(name -> name.startsWith("SLURM_"));
        try (Child job = launch.start()) {
            assertTrue(Shell.await(Duration.ofSeconds(90), () -> Files.exists(run().resolve("computing"))),
                    () -> "the job does not start");
            job.handle().destroy();
            Ended ended = job.end(Duration.ofSeconds(90));
            assertFalse(ended.late(), "the job does not end");
            return ended;
        }
    }

    private Path run() {
        return folder.resolve("stopped");
    }

    @Test
    void isStoppedIfItsCheckpointWasCompletedAfterTheSignal() throws Exception {
        Ended ended = stopped("printf GHOSTROW > \"$OUT/stopped/checkpoint-1.ghost\"");
        assertEquals(STOPPED, ended.code(), ended.out());
        assertTrue(ended.out().contains("RESTART=1 RUN=stopped"), ended.out());
        assertTrue(Files.notExists(run().resolve("stopping")));
    }

    /** A state that is a snapshot already gets no checkpoint. */
    @Test
    void isStoppedIfItsSnapshotsWereWrittenAfterTheSignal() throws Exception {
        Ended ended = stopped("printf rows > \"$OUT/stopped/diffusion.vtkhdf\"");
        assertEquals(STOPPED, ended.code(), ended.out());
    }

    @Test
    void hasFailedIfItsCheckpointIsUnfinished() throws Exception {
        Ended ended = stopped("head -c 4096 /dev/zero > \"$OUT/stopped/checkpoint-1.ghost\"");
        assertEquals(CRASHED, ended.code(), ended.out());
        assertTrue(ended.out().contains("ended with exit code 139"), ended.out());
    }

    @Test
    void hasFailedIfItsCheckpointIsOlderThanTheSignal() throws Exception {
        Path checkpoint = Files.createDirectory(run()).resolve("checkpoint-0.ghost");
        Files.writeString(checkpoint, "GHOSTROW");
        Files.setLastModifiedTime(checkpoint, FileTime.from(Instant.now().minusSeconds(60)));
        Ended ended = stopped(":");
        assertEquals(CRASHED, ended.code(), ended.out());
    }
}
