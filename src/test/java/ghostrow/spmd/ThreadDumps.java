package ghostrow.spmd;

import ghostrow.study.Ended;
import ghostrow.study.Launch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What every thread of a JVM is doing: the first question when something does not end. */
final class ThreadDumps {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();

    private ThreadDumps() {
    }

    /** Of those processes that are JVMs. */
    static void print(List<ProcessHandle> processes, PrintStream to) {
        processes.stream().filter(ThreadDumps::isJvm).forEach(jvm -> to.println(of(jvm)));
    }

    static boolean isJvm(ProcessHandle process) {
        return process.info().command().filter(program -> program.endsWith("/java")).isPresent();
    }

    private static String of(ProcessHandle jvm) {
        String title = "=== Threads of process " + jvm.pid() + ": " + jvm.info().commandLine().orElse("") + "\n";
        try {
            Ended ended = new Launch(List.of(JCMD, Long.toString(jvm.pid()), "Thread.print"), LIMIT).run();
            return title + (ended.well() ? "" : "jcmd " + ended.how() + "\n") + ended.out();
        } catch (IOException e) {
            return title + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return title + e;
        }
    }
}
