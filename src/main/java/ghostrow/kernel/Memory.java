package ghostrow.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vectors by bare address. The whole address space as one constant segment leaves the compiler no liveness and
 * hardly any range to check in the inner loops; in exchange, whoever calls must have checked the ends of the rows
 * ({@link Rows#require}) and must keep the memory alive.
 */
final class Memory {

    static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /** Bytes in a vector. */
    static final long VECTOR = SPECIES.vectorByteSize();

    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Memory() {
    }

    static DoubleVector load(long address) {
        return DoubleVector.fromMemorySegment(SPECIES, ALL, address, ByteOrder.nativeOrder());
    }

    static void store(DoubleVector v, long address) {
        v.intoMemorySegment(ALL, address, ByteOrder.nativeOrder());
    }

    static double get(long address) {
        return ALL.get(ValueLayout.JAVA_DOUBLE, address);
    }

    static void set(long address, double value) {
        ALL.set(ValueLayout.JAVA_DOUBLE, address, value);
    }
}
