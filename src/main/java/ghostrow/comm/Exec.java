package ghostrow.comm;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;

/**
 * Replaces this process by another program, as a shell's {@code exec} does. Whoever started Ghostrow then holds
 * mpirun itself: its signals, its output and its exit code, with nothing in between.
 */
final class Exec {
    private Exec() {
    }

    /** Returns only if it failed. */
    static void become(List<String> command, Map<String, String> environment) {
        Linker linker = Linker.nativeLinker();
        MethodHandle execve = linker.downcallHandle(linker.defaultLookup().findOrThrow("execve"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            List<String> settings = environment.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue()).toList();
            int unused = (int) execve.invokeExact(arena.allocateFrom(command.getFirst()),
                    strings(arena, command), strings(arena, settings));
        } catch (Throwable e) {
            throw new CommException("cannot start " + command.getFirst(), e);
        }
        throw new CommException("cannot start " + command.getFirst());
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
