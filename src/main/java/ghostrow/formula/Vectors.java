package ghostrow.formula;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/**
 * Truth values between bytes in memory and lanes of a mask. A multiplication gathers the lowest bits
 * of eight bytes into eight neighbouring bits, and another spreads them again.
 */
final class Vectors {
    static final int WIDTH = DoubleVector.SPECIES_PREFERRED.length();

    /**
     * Whether a fused multiplication and addition is an instruction: without, the JVM computes it by big decimals.
     * Processors of the x86 family have it where they have AVX2, and so vectors of four doubles; others all have.
     */
    static final boolean FUSE = WIDTH > 2 || !System.getProperty("os.arch").equals("amd64");

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
        ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;
    private static final long DIAGONAL = 0x8040201008040201L;

    /** What vectors are, exactly. */
    static final Class<? extends DoubleVector> VECTOR = DoubleVector.zero(DoubleVector.SPECIES_PREFERRED).getClass();

    private Vectors() {
    }

    /** index, index + 1, index + 2 … */
    static DoubleVector count(long index) {
        return DoubleVector.broadcast(DoubleVector.SPECIES_PREFERRED, 0).addIndex(1).add((double) index);
    }

    static VectorMask<Double> bools(long address) {
        long bytes = switch (WIDTH) {
            case 8 -> Lanes.ALL.get(LONG, address);
            case 4 -> Lanes.ALL.get(INT, address);
            case 2 -> Lanes.ALL.get(SHORT, address);
            default -> Lanes.ALL.get(ValueLayout.JAVA_BYTE, address);
        };
        return VectorMask.fromLong(DoubleVector.SPECIES_PREFERRED, (bytes & ONES) * 0x0102040810204080L >>> 56);
    }

    static void store(VectorMask<Double> mask, long address) {
        long bytes = spread(mask.toLong());
        switch (WIDTH) {
            case 8 -> Lanes.ALL.set(LONG, address, bytes);
            case 4 -> Lanes.ALL.set(INT, address, (int) bytes);
            case 2 -> Lanes.ALL.set(SHORT, address, (short) bytes);
            default -> Lanes.ALL.set(ValueLayout.JAVA_BYTE, address, (byte) bytes);
        }
    }

    /**
     * Bit k of eight becomes byte k. The product repeats the eight bits in every byte and the diagonal
     * keeps bit k of byte k; adding 127 carries whatever is left into the byte's top bit, except that
     * bit 7 of byte 7 is there already and must not carry out.
     */
    private static long spread(long bits) {
        long diagonal = bits * ONES & DIAGONAL;
        return (diagonal | (diagonal & ~TOPS) + ~TOPS) >>> 7 & ONES;
    }
}
