package ghostrow.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How long this process has been there, from before there was a JVM in it. */
final class ProcessAge {
    /** Linux tells both in hundredths of a second since it has been running, whatever the clock on the wall says. */
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final Path STAT = Path.of("/proc/self/stat");
    private static final double TICKS_A_SECOND = 100;

    /** Of the words behind the name, which is in brackets and may hold anything. */
    private static final int START = 19;

    /** How old it was when somebody first asked: to ask the system each time would cost runs of a millisecond. */
    private static final double FIRST = read();
    private static final long FIRST_NANOS = System.nanoTime();

    private ProcessAge() {
    }

    /** NaN where the system does not tell. */
    static double seconds() {
        return FIRST + (System.nanoTime() - FIRST_NANOS) / 1e9;
    }

    private static double read() {
        try {
            double up = Double.parseDouble(Files.readString(UPTIME).split(" ")[0]);
            String stat = Files.readString(STAT);
            String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return up - Long.parseLong(words[START]) / TICKS_A_SECOND;
        } catch (IOException | RuntimeException e) {
            return Double.NaN;
        }
    }
}
