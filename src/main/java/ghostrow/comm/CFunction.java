package ghostrow.comm;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Collections;

/**
 * Functions of C that take addresses and integers and return an int or an address, called through java.lang.foreign.
 *
 * <p>All are linked in one shape, eight numbers of eight bytes, and those of more parameters in another, as are those
 * of a library some of whose functions return addresses: for each shape that it meets the JDK writes and loads ten classes, which takes longer than many a small run. The calling
 * conventions of 64-bit Linux allow it. Every number has a register or a place of eight bytes on the stack to itself,
 * a function looks at no more of them than it takes, and an int is the lower half of its register; where it has to be
 * extended by its sign, Java has done so.
 */
public final class CFunction {
    private static final int FEW = 8;
    private static final int MANY = 12;

    private CFunction() {
    }

    /** For functions of up to eight parameters. */
    public static MethodHandle link(MemorySegment address) {
        return link(address, FEW);
    }

    /** For functions of up to twelve. */
    public static MethodHandle linkLong(MemorySegment address) {
        return link(address, MANY);
    }

    /** For those of up to twelve that return an address, or an int, which is then the lower half of what comes back. */
    public static MethodHandle linkAddress(MemorySegment address) {
        return link(address, ValueLayout.JAVA_LONG, MANY);
    }

    private static MethodHandle link(MemorySegment address, int parameters) {
        return link(address, ValueLayout.JAVA_INT, parameters);
    }

    private static MethodHandle link(MemorySegment address, MemoryLayout result, int parameters) {
        MemoryLayout[] numbers = Collections.nCopies(parameters, ValueLayout.JAVA_LONG).toArray(MemoryLayout[]::new);
        return Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(result, numbers));
    }

    /** Calls a function that is a constant to the caller, so that the JIT compiles it to an almost direct call. */
    public static int call(MethodHandle function, long a, long b, long c, long d, long e, long f, long g, long h) {
        try {
            return (int) function.invokeExact(a, b, c, d, e, f, g, h);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    public static int call(MethodHandle function, long a, long b, long c, long d, long e, long f, long g, long h,
            long i, long j, long k, long l) {
        try {
            return (int) function.invokeExact(a, b, c, d, e, f, g, h, i, j, k, l);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    public static long callAddress(MethodHandle function, long a, long b, long c, long d, long e, long f, long g, long h,
            long i, long j, long k, long l) {
        try {
            return (long) function.invokeExact(a, b, c, d, e, f, g, h, i, j, k, l);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    /** C cannot throw; the compiler does not know. */
    private static AssertionError impossible(Throwable thrown) {
        return new AssertionError(thrown);
    }
}
