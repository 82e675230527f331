package ghostrow.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** One batch job, or one task of an array, as its owner sees it. */
record Job(Shell shell, String id, Path out, Path log) {
    /** Of running; how long it waits in the queue, behind the jobs of other tests, says nothing about it. */
    private static final Duration LIMIT = Duration.ofSeconds(200);
    /** Each look is a process, and many tests look at the same time. */
    private static final Duration PAUSE = Duration.ofMillis(400);
    private static final Set<String> HELD_UP = Set.of("PENDING", "CONFIGURING", "REQUEUED");
    private static final Set<String> ENDED = Set.of("COMPLETED", "FAILED", "CANCELLED", "TIMEOUT",
            "NODE_FAIL", "PREEMPTED", "OUT_OF_MEMORY", "DEADLINE", "BOOT_FAIL");

    /** Submits {@code words}: options of sbatch, a script, the script's arguments. */
    static Job submit(Shell shell, Path out, Map<String, String> settings, String... words) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("sbatch", "--parsable", "--output=" + out + "/%j.log"));
        command.addAll(Arrays.asList(words));
        Shell.Said said = shell.with(settings).run(command);
        if (said.code() != 0) {
            throw new AssertionError(command + ": " + said.text());
        }
        return new Job(shell, said.text(), out, out.resolve(said.text() + ".log"));
    }

    /** The same job under one of an array's or a chain's numbers. */
    Job numbered(String number) {
        return new Job(shell, number, out, out.resolve(number + ".log"));
    }

    String state() {
        return shell.read("squeue", "--noheader", "--states=all", "--jobs=" + id, "--format=%T");
    }

    /** Waits for the job's end and returns the state it ended in. */
    String end() {
        return await("has not ended", ENDED::contains);
    }

    /** Waits for a state; the time counts while the job is not held up by Slurm. */
    private String await(String missing, Predicate<String> enough) {
        long begun = System.nanoTime();
        while (true) {
            String state = state();
            if (enough.test(state)) {
                return state;
            }
            if (HELD_UP.contains(state)) {
                begun = System.nanoTime();
            } else if (ENDED.contains(state) || System.nanoTime() - begun > LIMIT.toNanos()) {
                throw new AssertionError("job " + id + " is " + state + " and " + missing + ": " + said());
            }
            Shell.pause(PAUSE);
        }
    }

    void mustComplete() {
        String state = end();
        if (!state.equals("COMPLETED")) {
            throw new AssertionError("job " + id + " is " + state + ": " + said());
        }
    }

    /** Waits until the ranks compute: the file of their snapshots is there from the first step on. */
    void mustCompute(String run) {
        mustHave(out.resolve(run).resolve("diffusion.vtkhdf"));
    }

    void mustHave(Path file) {
        await("has no " + file, _ -> Files.exists(file));
    }

    String[] nodes() {
        String list = shell.read("squeue", "--noheader", "--jobs=" + id, "--format=%N");
        return shell.read("scontrol", "show", "hostnames", list).split("\\s+");
    }

    String said() {
        return text(log);
    }

    RunRecord record(String run) {
        return RunRecord.of(text(out.resolve(run).resolve("record.json")));
    }

    /** Every process on this machine that belongs to the job, on whichever node. */
    List<Long> processes() {
        byte[] mark = ("SLURM_JOB_ID=" + id + "\0").getBytes(StandardCharsets.UTF_8);
        return ProcessHandle.allProcesses().map(ProcessHandle::pid).filter(pid -> has(pid, mark)).toList();
    }

    private static boolean has(long pid, byte[] mark) {
        try {
            String environment = new String(Files.readAllBytes(Path.of("/proc/" + pid + "/environ")),
                    StandardCharsets.ISO_8859_1);
            return ("\0" + environment).contains("\0" + new String(mark, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // It has just ended.
            return false;
        }
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "(no " + file + ")";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
