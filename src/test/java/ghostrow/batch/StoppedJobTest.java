package ghostrow.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
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

    private record Ended(int code, String text) {
    }

    private Ended stopped(String writesCheckpoint) throws Exception {
        Path crashing = folder.resolve("crashing");
        Files.writeString(crashing, """
                #!/bin/bash
                trap '%s; kill -SEGV $$' TERM
                : > "$OUT/stopped/computing"
                while :; do sleep 0.05; done
                """.formatted(writesCheckpoint));
        assertTrue(crashing.toFile().setExecutable(true));
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder("bash", "jobs/diffusion").directory(Shell.HOME.toFile())
                .redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SLURM_"));
        builder.environment().put("GHOSTROW", crashing.toString());
        builder.environment().put("OUT", folder.toString());
        builder.environment().put("RUN", "stopped");
        builder.environment().put("LAUNCHER", "ghostrow");
        Process job = builder.start();
        try {
            assertTrue(Shell.await(Duration.ofSeconds(30), () -> Files.exists(run().resolve("computing"))),
                    () -> "the job does not start");
            job.destroy();
            assertTrue(job.waitFor(30, TimeUnit.SECONDS), "the job does not end");
        } finally {
            job.destroyForcibly();
        }
        return new Ended(job.exitValue(), Files.readString(log));
    }

    private Path run() {
        return folder.resolve("stopped");
    }

    @Test
    void isStoppedIfItsCheckpointWasCompletedAfterTheSignal() throws Exception {
        Ended ended = stopped("printf GHOSTROW > \"$OUT/stopped/checkpoint-1.ghost\"");
        assertEquals(STOPPED, ended.code(), ended.text());
        assertTrue(ended.text().contains("RESTART=1 RUN=stopped"), ended.text());
        assertTrue(Files.notExists(run().resolve("stopping")));
    }

    @Test
    void hasFailedIfItsCheckpointIsUnfinished() throws Exception {
        Ended ended = stopped("head -c 4096 /dev/zero > \"$OUT/stopped/checkpoint-1.ghost\"");
        assertEquals(CRASHED, ended.code(), ended.text());
        assertTrue(ended.text().contains("ended with exit code 139"), ended.text());
    }

    @Test
    void hasFailedIfItsCheckpointIsOlderThanTheSignal() throws Exception {
        Path checkpoint = Files.createDirectory(run()).resolve("checkpoint-0.ghost");
        Files.writeString(checkpoint, "GHOSTROW");
        Files.setLastModifiedTime(checkpoint, FileTime.from(Instant.now().minusSeconds(60)));
        Ended ended = stopped(":");
        assertEquals(CRASHED, ended.code(), ended.text());
    }
}
