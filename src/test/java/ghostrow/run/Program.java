package ghostrow.run;

import ghostrow.comm.Mpirun;
import ghostrow.data.Json;
import ghostrow.spmd.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A run of the program as a user starts it: {@code ./ghostrow} and words behind it. Leaves no process behind. */
public final class Program implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;

    private final List<String> command;
    private final Process process;
    private final Path out;
    private final Path err;

    /** How it ended and what it said. */
    public record Outcome(int code, String out, String err) {
        @SuppressWarnings("unchecked")
        public Map<String, Object> record() {
            return (Map<String, Object>) Json.read(out.lines().filter(line -> line.startsWith("{")).findFirst()
                    .orElseThrow(() -> new AssertionError("no record in: " + this)));
        }
    }

    private Program(List<String> command, Map<String, String> environment, Mpirun mpirun) throws IOException {
        this.command = command;
        this.out = Files.createTempFile("ghostrow", ".out");
        this.err = Files.createTempFile("ghostrow", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        if (mpirun != null) {
            mpirun.prepare(builder.environment());
        }
        builder.environment().putAll(environment);
        this.process = builder.start();
    }

    public static Program start(String... words) throws IOException {
        return new Program(command(words), Map.of(), null);
    }

    /** As so many ranks of this setting, which the program starts itself. */
    public static Program start(Setting setting, int ranks, String... words) throws IOException {
        List<String> command = command(words);
        command.addAll(List.of("--transport", setting.transport(), "--ranks", Integer.toString(ranks)));
        return new Program(command, setting.library().map(library -> Map.of("GHOSTROW_MPI_LIBRARY",
                library == Mpirun.Library.MPICH ? "mpich" : "openmpi")).orElse(Map.of()), null);
    }

    /** Under an mpirun that the user starts. */
    public static Program startUnder(Mpirun mpirun, int ranks, String... words) throws IOException {
        return new Program(mpirun.command(ranks, command(words)), Map.of("GHOSTROW_MPI_LIBRARY",
                mpirun.library() == Mpirun.Library.MPICH ? "mpich" : "openmpi"), mpirun);
    }

    public static Outcome run(String... words) throws Exception {
        try (Program program = start(words)) {
            return program.end();
        }
    }

    public static Outcome run(Setting setting, int ranks, String... words) throws Exception {
        try (Program program = start(setting, ranks, words)) {
            return program.end();
        }
    }

    private static List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of("./ghostrow"));
        command.addAll(List.of(words));
        return command;
    }

    public Outcome end() throws Exception {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(command + " did not end: " + said());
        }
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    public String said() throws IOException {
        return Files.readString(out) + Files.readString(err);
    }

    /** Waits until the run has printed this many lines, or has ended. */
    public void awaitLines(int lines) throws Exception {
        for (long looks = 0; process.isAlive() && looks < LIMIT_SECONDS * 50; looks++) {
            // Bytes that a launcher cut in the middle of a line do no harm here.
            if (new String(Files.readAllBytes(out), StandardCharsets.UTF_8).lines().count() >= lines) {
                return;
            }
            Thread.sleep(20);
        }
    }

    /** The launcher, or the only process there is. */
    public ProcessHandle launcher() {
        return process.toHandle();
    }

    /** The processes that are ranks, by their order of start. */
    public List<ProcessHandle> ranks() {
        List<ProcessHandle> java = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .filter(handle -> handle.info().command().filter(name -> name.endsWith("/java")).isPresent())
                .sorted((a, b) -> Long.compare(a.pid(), b.pid()))
                .toList();
        return java;
    }

    public static void signal(String name, ProcessHandle target) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(target.pid())).redirectErrorStream(true).start().waitFor();
    }

    /** Ends all of it as a power failure would. */
    public void kill() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle handle : all) {
            handle.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
    }
}
