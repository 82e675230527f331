package ghostrow.run;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * How long the calling thread has really computed. Unlike the time on the wall this says how work was dealt even
 * where ranks share cores and wait for each other's turns.
 */
public final class CpuClock {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /** Of this thread; the time on the wall where the system does not tell. */
    public long nanos() {
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
