package ghostrow.comm;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * UCX, which may come with any MPI library, takes over SIGSEGV when it is loaded, and HotSpot needs that signal for
 * its implicit null checks. An empty list of signals keeps UCX away from it.
 */
public final class ErrorSignals {
    private static final String LIST = "UCX_ERROR_SIGNALS";

    private ErrorSignals() {
    }

    /** To be called before a library is loaded. Java's own environment never reaches it, so the C library's is set. */
    public static void leaveToTheJvm() {
        MethodHandle setenv = CFunction.link(Linker.nativeLinker().defaultLookup().findOrThrow("setenv"));
        int refused;
        try (Arena arena = Arena.ofConfined()) {
            refused = CFunction.call(setenv, arena.allocateFrom(LIST).address(), arena.allocateFrom("").address(),
                    0, 0, 0, 0, 0, 0);
        }
        if (refused != 0) {
            throw new CommException("setenv refused " + LIST);
        }
    }
}
