package ghostrow.spmd;

import ghostrow.study.Child;
import ghostrow.study.Ended;
import ghostrow.study.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Programs that tests start. One that does not end shows what its JVMs were doing, and fails the test. */
public final class Children {
    public static final Duration LIMIT = Duration.ofMinutes(2);

    private Children() {
    }

    public static Launch launch(String... command) {
        return launch(List.of(command));
    }

    public static Launch launch(List<String> command) {
        return launch(command, LIMIT);
    }

    public static Launch launch(List<String> command, Duration limit) {
        return new Launch(command, limit).beforeKill(tree -> ThreadDumps.print(tree, System.out));
    }

    /** Another JVM that knows the classes of this one. */
    public static List<String> java(List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    public static boolean isJvm(ProcessHandle process) {
        return ThreadDumps.isJvm(process);
    }

    /** How it ends, which it must in time. */
    public static Ended end(Launch launch) throws IOException, InterruptedException {
        Ended ended = launch.run();
        if (ended.late()) {
            throw failure(launch, ended);
        }
        return ended;
    }

    /** What it prints, if all goes well, which it must. */
    public static String output(Launch launch) throws IOException, InterruptedException {
        Ended ended = end(launch);
        if (!ended.well()) {
            throw failure(launch, ended);
        }
        return ended.out();
    }

    private static AssertionError failure(Launch launch, Ended ended) {
        return new AssertionError(launch + " " + ended.how() + "; it said: " + ended.out() + ended.err());
    }

    /** Whether it can be started and ends well: how tests find out what there is on a machine. */
    public static boolean works(String... command) {
        try {
            return end(launch(command)).well();
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until it has printed this many whole lines, or has ended. */
    public static void awaitLines(Child child, int lines) throws IOException, InterruptedException {
        while (child.isAlive() && child.out().chars().filter(c -> c == '\n').count() < lines) {
            Thread.sleep(20);
        }
    }
}
