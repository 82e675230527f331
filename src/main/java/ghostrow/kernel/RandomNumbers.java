package ghostrow.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A sequence of numbers from 0 to below 1 that look random and of which each is a function of its own place alone, so
 * that anybody can make any part of it: SplitMix64 (Steele, Lea and Flood 2014) from seed 0, the upper 53 bits of each
 * result. Number i is what the (i+1)-st call of {@code new SplittableRandom(0).nextDouble()} returns.
 */
public final class RandomNumbers {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private RandomNumbers() {
    }

    public static double at(long place) {
        long bits = (place + 1) * GOLDEN_GAMMA;
        bits = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ bits >>> 27) * 0x94D049BB133111EBL;
        return ((bits ^ bits >>> 31) >>> 11) * 0x1p-53;
    }

    /** The numbers from {@code first} on, as many as there is room for. */
    public static void fill(MemorySegment to, long first) {
        long count = to.byteSize() / Double.BYTES;
        for (long i = 0; i < count; i++) {
            to.setAtIndex(ValueLayout.JAVA_DOUBLE, i, at(first + i));
        }
    }
}
