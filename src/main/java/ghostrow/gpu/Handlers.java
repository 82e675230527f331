package ghostrow.gpu;

import ghostrow.comm.CFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;

/**
 * The process's signal handlers, as they were before a driver was loaded. Some drivers bring a compiler that installs
 * handlers of its own: with those a division by zero would be no exception any more, a null pointer could end the JVM,
 * and a signal that asks for a checkpoint would be lost.
 */
final class Handlers {
    private static final int SIGNALS = 31;
    /** More than a struct sigaction takes anywhere. */
    private static final long BYTES = 256;

    private Handlers() {
    }

    /**
     * Does something, and puts back the handlers that it has replaced. Ranks that are threads do so one after the other:
     * else one would find the driver's handlers there that another is about to remove, and put them back for good.
     */
    static synchronized <T> T kept(Supplier<T> doing) {
        MethodHandle sigaction = CFunction.link(Linker.nativeLinker().defaultLookup().findOrThrow("sigaction"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment before = arena.allocate((SIGNALS + 1) * BYTES, Long.BYTES);
            for (int signal = 1; signal <= SIGNALS; signal++) {
                CFunction.call(sigaction, signal, 0, before.address() + signal * BYTES, 0, 0, 0, 0, 0);
            }
            try {
                return doing.get();
            } finally {
                // Of the two that nobody may handle, and of those that the C library keeps for itself, it takes none.
                for (int signal = 1; signal <= SIGNALS; signal++) {
                    CFunction.call(sigaction, signal, before.address() + signal * BYTES, 0, 0, 0, 0, 0, 0);
                }
            }
        }
    }
}
