package ghostrow.grid;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Memory for fields. Large ones ask the kernel for huge pages: a sweep in column strips touches a new page with
 * every row, more of them than the processor keeps translations for.
 */
final class Pages {
    private static final long HUGE = 2L << 20;
    /** Below this the translations fit, and asking costs more than it gains. */
    private static final long LARGE = 16 * HUGE;
    private static final long LINE = 64;

    private static final int READ_WRITE = 1 | 2;
    private static final int PRIVATE_ANONYMOUS = 2 | 32;
    private static final int MADV_HUGEPAGE = 14;

    private Pages() {
    }

    /** Zeroed, at the start of a cache line, alive as long as the arena. */
    static MemorySegment allocate(long bytes, Arena arena) {
        return bytes < LARGE || !System.getProperty("os.name").equals("Linux")
                ? arena.allocate(bytes, LINE) : map(bytes, arena);
    }

    /** The JDK's own allocation clears the memory at once, which would fill it with small pages. */
    private static MemorySegment map(long bytes, Arena arena) {
        long mapped = bytes + HUGE;
        try {
            long address = (long) function("mmap", FunctionDescriptor.of(ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG))
                    .invokeExact(0L, mapped, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L);
            if (address == -1) {
                throw new OutOfMemoryError("no " + bytes + " bytes for a field");
            }
            long aligned = (address + HUGE - 1) / HUGE * HUGE;
            // A kernel without huge pages refuses, and the small ones serve as well.
            int unused = (int) function("madvise", FunctionDescriptor.of(ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT))
                    .invokeExact(aligned, bytes, MADV_HUGEPAGE);
            return MemorySegment.ofAddress(aligned).reinterpret(bytes, arena, ignored -> unmap(address, mapped));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static void unmap(long address, long bytes) {
        try {
            int unused = (int) function("munmap", FunctionDescriptor.of(ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG)).invokeExact(address, bytes);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static MethodHandle function(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        return linker.downcallHandle(library.findOrThrow(name), type);
    }

    private static RuntimeException failed(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }
}
