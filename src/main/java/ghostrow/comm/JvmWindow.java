package ghostrow.comm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/** A window of ranks that live in one JVM, or of one that lives alone. */
public record JvmWindow(Comm comm, MemorySegment segment) implements Comm.Window {
    private static final long ALIGNMENT = 64;

    /** Zeros that any thread may use, until the collector finds that none does. */
    public static MemorySegment memory(long bytes) {
        return Arena.ofAuto().allocate(bytes, ALIGNMENT);
    }

    @Override
    public void fence() {
        VarHandle.fullFence();
        comm.barrier();
        VarHandle.fullFence();
    }

    @Override
    public String kind() {
        return "memory of one JVM";
    }

    @Override
    public void close() {
        // The collector takes it.
    }
}
