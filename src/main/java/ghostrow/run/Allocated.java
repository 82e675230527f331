package ghostrow.run;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** How many bytes have been taken from Java's heap: roughly and for nothing, or exactly. */
final class Allocated {
    private Allocated() {
    }

    /**
     * By all threads of this JVM since its last collection. Threads take more than they need at a time, so little that is
     * taken does not show.
     */
    static LongSupplier sinceCollection() {
        Runtime runtime = Runtime.getRuntime();
        return () -> runtime.totalMemory() - runtime.freeMemory();
    }

    /** By the thread that asks each time, to the byte. The first time takes some 10 ms, and others 25 ns. */
    static LongSupplier byThisThread() {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                && threads.isThreadAllocatedMemorySupported() && threads.isThreadAllocatedMemoryEnabled()
                ? threads::getCurrentThreadAllocatedBytes : sinceCollection();
    }
}
