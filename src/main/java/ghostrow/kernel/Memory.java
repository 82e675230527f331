package ghostrow.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vectors by bare address. The whole address space is one constant segment, so there is no liveness to look
 * up; and where the compiler can see that an address lies between 0 and 2^62, its range check is gone as
 * well. Inner loops therefore pass each pointer through {@link #pointer} before the loop and each offset
 * through {@link #offset} in it. Neither changes a valid value, and no instruction of {@code offset} is left
 * once the loop is compiled; without them the checks cost a short row a quarter of its time. In exchange,
 * whoever calls must have checked the ends of the rows ({@link Rows#require}) and must keep the memory alive.
 */
final class Memory {

    static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /** Bytes in a vector. */
    static final int VECTOR = SPECIES.vectorByteSize();

    static final ByteOrder ORDER = ByteOrder.nativeOrder();

    static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Memory() {
    }

    /** The same address, known to be positive. */
    static long pointer(long address) {
        return address & (Long.MAX_VALUE >> 2);
    }

    /** The same offset, known to be positive. */
    static long offset(int bytes) {
        return bytes & Integer.MAX_VALUE;
    }

    static DoubleVector load(long address) {
        return DoubleVector.fromMemorySegment(SPECIES, ALL, address, ORDER);
    }

    static void store(DoubleVector v, long address) {
        v.intoMemorySegment(ALL, address, ORDER);
    }

    /**
     * Copies a double, unless it is there already: a vector loaded right after a store to a part of it would
     * wait until the store has left the processor's store buffer.
     */
    static void copy(long from, long to) {
        long bits = ALL.get(ValueLayout.JAVA_LONG, from);
        if (ALL.get(ValueLayout.JAVA_LONG, to) != bits) {
            ALL.set(ValueLayout.JAVA_LONG, to, bits);
        }
    }
}
