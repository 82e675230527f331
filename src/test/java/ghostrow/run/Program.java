package ghostrow.run;

import ghostrow.comm.LibraryWish;
import ghostrow.comm.Mpirun;
import ghostrow.data.Json;
import ghostrow.spmd.Children;
import ghostrow.spmd.Setting;
import ghostrow.study.Child;
import ghostrow.study.Ended;
import ghostrow.study.Launch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A run of the program as a user starts it: {@code ./ghostrow} and words behind it. Leaves no process behind. */
public final class Program implements AutoCloseable {
    private final Launch launch;
    private final Child child;

    /** How it ended and what it said. */
    public record Outcome(int code, String out, String err) {
        @SuppressWarnings("unchecked")
        public Map<String, Object> record() {
            return (Map<String, Object>) Json.read(out.lines().filter(line -> line.startsWith("{")).findFirst()
                    .orElseThrow(() -> new AssertionError("no record in: " + this)));
        }
    }

    private Program(Launch launch) throws IOException {
        this.launch = launch;
        this.child = launch.start();
    }

    /** Tests that a shell has started in the background ignore SIGINT, and so would all that they start. */
    private static Launch launch(List<String> command) {
        List<String> heeding = new ArrayList<>(List.of("env", "--default-signal=INT"));
        heeding.addAll(command);
        return Children.launch(heeding).errorsApart();
    }

    public static Program start(String... words) throws IOException {
        return new Program(launch(command(words)));
    }

    public static Program start(Map<String, String> environment, String... words) throws IOException {
        return new Program(launch(command(words)).with(environment));
    }

    /** By another program, which it replaces. */
    public static Program startBy(List<String> starter, String... words) throws IOException {
        List<String> command = new ArrayList<>(starter);
        command.addAll(command(words));
        return new Program(launch(command));
    }

    /** As so many ranks of this setting, which the program starts itself. */
    public static Program start(Setting setting, int ranks, String... words) throws IOException {
        List<String> command = command(words);
        command.addAll(List.of("--transport", setting.transport(), "--ranks", Integer.toString(ranks)));
        return new Program(launch(command).with(setting.library().map(Program::chosen).orElse(Map.of())));
    }

    /** Under an mpirun that the user starts. */
    public static Program startUnder(Mpirun mpirun, int ranks, String... words) throws IOException {
        Launch launch = launch(mpirun.command(ranks, command(words))).with(chosen(mpirun.library()));
        mpirun.prepare(launch.environment());
        return new Program(launch);
    }

    private static Map<String, String> chosen(Mpirun.Library library) {
        // Whoever tests one library may have said more than its family.
        return LibraryWish.of(System.getenv()).family().filter(library::equals).isPresent() ? Map.of()
                : Map.of(LibraryWish.VARIABLE, library.word());
    }

    public static Outcome run(String... words) throws Exception {
        try (Program program = start(words)) {
            return program.end();
        }
    }

    public static Outcome run(Map<String, String> environment, String... words) throws Exception {
        try (Program program = start(environment, words)) {
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
        Ended ended = child.end();
        if (ended.late()) {
            throw new AssertionError(launch + " " + ended.how() + ": " + ended.out() + ended.err());
        }
        return new Outcome(ended.code(), ended.out(), ended.err());
    }

    public String said() throws IOException {
        return child.said();
    }

    /** Waits until the run has printed this many lines, or has ended. */
    public void awaitLines(int lines) throws Exception {
        Children.awaitLines(child, lines);
    }

    /** The launcher, or the only process there is. */
    public ProcessHandle launcher() {
        return child.handle();
    }

    /** The processes that are ranks, by their order of start. */
    public List<ProcessHandle> ranks() {
        return child.tree().stream().filter(Children::isJvm).sorted(Comparator.comparing(ProcessHandle::pid)).toList();
    }

    /** The launcher and its helpers. */
    public List<ProcessHandle> helpers() {
        return Stream.concat(Stream.of(launcher()), child.tree().stream()).filter(process -> !Children.isJvm(process))
                .toList();
    }

    public static void signal(String name, ProcessHandle target) throws Exception {
        Children.end(Children.launch("kill", "-" + name, Long.toString(target.pid())));
    }

    /** Ends all of it as a power failure would. */
    public void kill() {
        child.kill();
    }

    @Override
    public void close() throws IOException {
        child.close();
    }
}
