package ghostrow.comm.check;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Watches over a rank's memory. The classes of its program, rewritten by {@link GuardLoader}, tell it what they are about
 * to do; as long as nothing is watched that costs them a look at one number.
 */
public final class Guard {
    /** Of what a program may never come to, the latest. */
    private static final int MOST_UNFILLED = 16;

    private final Rank rank;
    private final List<Watched> watched = new ArrayList<>();
    /** The same, where it lies; other threads of the rank look at it, too. */
    private volatile Range[] ranges = {};
    private volatile boolean sees;

    Guard(Rank rank) {
        this.rank = rank;
    }

    /** The program will tell it what it does. */
    void see() {
        sees = true;
    }

    /** @param array what it lies in; null outside of the heap */
    private record Range(Object array, long from, long to, Watched what) {
        static Range of(Watched one) {
            MemorySegment memory = one.memory();
            return new Range(memory.heapBase().orElse(null), memory.address(), memory.address() + memory.byteSize(), one);
        }

        boolean overlaps(Object other, long begin, long end) {
            return array == other && from < end && begin < to;
        }
    }

    synchronized void open(Watched one) {
        watched.add(one);
        ranges = watched.stream().map(Range::of).toArray(Range[]::new);
    }

    synchronized void close(Watched one) {
        watched.remove(one);
        ranges = watched.stream().map(Range::of).toArray(Range[]::new);
    }

    /** A call of the library's is about to read memory, or to write to it. */
    void use(MemorySegment memory, boolean writes, Place place) {
        Object array = memory.heapBase().orElse(null);
        for (Range range : ranges) {
            if (range.overlaps(array, memory.address(), memory.address() + memory.byteSize())) {
                range.what.used(writes, place);
            }
        }
    }

    /** A message has come, of so many bytes. */
    void received(MemorySegment memory, long bytes, Place place) {
        if (sees && bytes < memory.byteSize()) {
            List<Watched> unfilled = Arrays.stream(ranges).map(Range::what).filter(Unfilled.class::isInstance).toList();
            if (unfilled.size() >= MOST_UNFILLED) {
                close(unfilled.getFirst());
            }
            Unfilled.watch(rank, memory, bytes, place);
        }
    }

    // --- what the program calls ------------------------------------------------------------------------------

    /**
     * Links a place of the program at which it touches memory: to the guard alone, or to the guard and then to what it
     * called before it was rewritten.
     *
     * @param original what it called; nothing for the elements of arrays
     */
    public static CallSite watch(Lookup program, String name, MethodType type, MethodHandle... original)
            throws ReflectiveOperationException {
        Guard guard = ((GuardLoader) program.lookupClass().getClassLoader()).guard();
        Lookup own = MethodHandles.lookup();
        if (original.length == 0) {
            return new ConstantCallSite(own.bind(guard, name, type));
        }
        MethodHandle before = own.bind(guard, "before", MethodType.methodType(void.class, Touch[].class, Object[].class));
        before = MethodHandles.insertArguments(before, 0, (Object) Touch.of(name, type))
                .asCollector(Object[].class, type.parameterCount()).asType(type.changeReturnType(void.class));
        MethodHandle isIdle = MethodHandles.dropArguments(own.bind(guard, "isIdle", MethodType.methodType(boolean.class)),
                0, type.parameterList());
        MethodHandle nothing = MethodHandles.empty(before.type());
        return new ConstantCallSite(MethodHandles.foldArguments(original[0].asType(type),
                MethodHandles.guardWithTest(isIdle, nothing, before)));
    }

    private boolean isIdle() {
        return ranges.length == 0;
    }

    /** An element of an array is read. */
    private void load(Object array, int index) {
        if (ranges.length != 0) {
            element(array, index, false);
        }
    }

    /** An element of an array is written to. */
    private void store(Object array, int index) {
        if (ranges.length != 0) {
            element(array, index, true);
        }
    }

    private void element(Object array, int index, boolean writes) {
        for (Range range : ranges) {
            // Nearly always another array, which takes no more to know.
            if (range.array == array && array != null) {
                int bytes = Touch.bytes(array);
                if (range.overlaps(array, (long) index * bytes, (index + 1L) * bytes)) {
                    range.what.touched(writes, Place.here());
                }
            }
        }
    }

    private void before(Touch[] touches, Object[] arguments) {
        for (Touch touch : touches) {
            touch.by(arguments, this);
        }
    }

    /** @param memory an array, or a segment; anything else is nobody's message */
    void touched(Object memory, long from, long bytes, boolean writes) {
        Object array = memory instanceof MemorySegment segment ? segment.heapBase().orElse(null) : memory;
        long begin = memory instanceof MemorySegment segment ? segment.address() + from : from;
        for (Range range : ranges) {
            if (range.overlaps(array, begin, begin + bytes)) {
                range.what.touched(writes, Place.here());
            }
        }
    }

    /** How long an element is. */
    static long bytes(Object layout) {
        return ((ValueLayout) layout).byteSize();
    }
}
