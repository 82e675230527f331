package ghostrow.comm.openmpi;

import ghostrow.comm.CommException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Keeps UCX, which Open MPI may load, from handling SIGSEGV: the JVM itself lives by that signal and would crash
 * at the next null check. Must run before the library is started.
 */
final class ErrorSignals {
    private ErrorSignals() {
    }

    static void leaveToTheJvm() {
        Linker linker = Linker.nativeLinker();
        MethodHandle setenv = linker.downcallHandle(linker.defaultLookup().findOrThrow("setenv"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom("UCX_ERROR_SIGNALS");
            int failed = (int) setenv.invokeExact(name, arena.allocateFrom(""), 0);
            if (failed != 0) {
                throw new CommException("cannot set UCX_ERROR_SIGNALS");
            }
        } catch (CommException e) {
            throw e;
        } catch (Throwable e) {
            throw new CommException("cannot set UCX_ERROR_SIGNALS", e);
        }
    }
}
