package ghostrow.comm;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;

/**
 * Replaces this process by another program, as a shell's {@code exec} does. Whoever started Ghostrow then holds
 * mpirun itself: its signals, its output and its exit code, with nothing in between.
 */
final class Exec {
    private static final String ERRNO = "errno";
    private static final int SIG_SETMASK = 2;
    private static final int SIGSET_BYTES = 128;
    private static final StructLayout STATE = Linker.Option.captureStateLayout();

    private Exec() {
    }

    /** Does not return: where it fails, it says why. */
    static void become(List<String> command, Map<String, String> environment) {
        Linker linker = Linker.nativeLinker();
        MethodHandle execve = linker.downcallHandle(linker.defaultLookup().findOrThrow("execve"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS), Linker.Option.captureCallState(ERRNO));
        String reason;
        try (Arena arena = Arena.ofConfined()) {
            List<String> settings = environment.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue()).toList();
            unblockSignals(linker, arena);
            MemorySegment state = arena.allocate(STATE);
            int unused = (int) execve.invokeExact(state, arena.allocateFrom(command.getFirst()),
                    strings(arena, command), strings(arena, settings));
            reason = explanation(linker, (int) STATE.varHandle(PathElement.groupElement(ERRNO)).get(state, 0L));
        } catch (Throwable e) {
            throw new CommException("cannot start " + command.getFirst(), e);
        }
        throw new CommException("cannot start " + command.getFirst() + ": " + reason);
    }

    /** HotSpot's threads leave SIGQUIT to one of them; a program inherits that, and is deaf to Ctrl-\. */
    private static void unblockSignals(Linker linker, Arena arena) throws Throwable {
        MethodHandle sigmask = linker.downcallHandle(linker.defaultLookup().findOrThrow("pthread_sigmask"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS));
        int unused = (int) sigmask.invokeExact(SIG_SETMASK, arena.allocate(SIGSET_BYTES), MemorySegment.NULL);
    }

    private static String explanation(Linker linker, int errno) throws Throwable {
        MethodHandle strerror = linker.downcallHandle(linker.defaultLookup().findOrThrow("strerror"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        MemorySegment text = (MemorySegment) strerror.invokeExact(errno);
        return text.reinterpret(Long.MAX_VALUE).getString(0);
    }

    /** A C array of strings, closed by a null pointer. */
    private static MemorySegment strings(Arena arena, List<String> values) {
        MemorySegment array = arena.allocate(ValueLayout.ADDRESS, values.size() + 1L);
        for (int i = 0; i < values.size(); i++) {
            array.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(values.get(i)));
        }
        return array;
    }
}
