package ghostrow.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;

/** What a core can do at most: loops that do one thing alone, as fast as it goes. */
public final class Limits {
    /** More than are under way at one time, so that none waits for the one before. */
    private static final int CHAINS = 16;

    private Limits() {
    }

    /** How many doubles are added at a time. */
    public static int lanes() {
        return Vectors.present() ? Memory.SPECIES.length() : 1;
    }

    /** Reads one half of the memory and writes the other. */
    public static void copy(MemorySegment memory) {
        long half = memory.byteSize() / 2;
        MemorySegment.copy(memory, 0, memory, half, half);
    }

    /**
     * Adds, with nothing to be loaded or stored.
     *
     * @return how many doubles were added
     */
    public static long add(long times, double[] result) {
        return Vectors.present() ? addVectors(times, result) : addScalars(times, result);
    }

    private static long addVectors(long times, double[] result) {
        DoubleVector one = DoubleVector.broadcast(Memory.SPECIES, 1e-9);
        DoubleVector a0 = one;
        DoubleVector a1 = one;
        DoubleVector a2 = one;
        DoubleVector a3 = one;
        DoubleVector a4 = one;
        DoubleVector a5 = one;
        DoubleVector a6 = one;
        DoubleVector a7 = one;
        DoubleVector b0 = one;
        DoubleVector b1 = one;
        DoubleVector b2 = one;
        DoubleVector b3 = one;
        DoubleVector b4 = one;
        DoubleVector b5 = one;
        DoubleVector b6 = one;
        DoubleVector b7 = one;
        for (long i = 0; i < times; i++) {
            a0 = a0.add(one);
            a1 = a1.add(one);
            a2 = a2.add(one);
            a3 = a3.add(one);
            a4 = a4.add(one);
            a5 = a5.add(one);
            a6 = a6.add(one);
            a7 = a7.add(one);
            b0 = b0.add(one);
            b1 = b1.add(one);
            b2 = b2.add(one);
            b3 = b3.add(one);
            b4 = b4.add(one);
            b5 = b5.add(one);
            b6 = b6.add(one);
            b7 = b7.add(one);
        }
        // Used, so that nobody leaves them out.
        result[0] = a0.add(a1).add(a2).add(a3).add(a4.add(a5)).add(a6.add(a7)).add(b0.add(b1)).add(b2.add(b3))
                .add(b4.add(b5)).add(b6.add(b7)).lane(0);
        return times * CHAINS * Memory.SPECIES.length();
    }

    private static long addScalars(long times, double[] result) {
        double a0 = 0;
        double a1 = 0;
        double a2 = 0;
        double a3 = 0;
        double a4 = 0;
        double a5 = 0;
        double a6 = 0;
        double a7 = 0;
        for (long i = 0; i < times; i++) {
            a0 += 1e-9;
            a1 += 1e-9;
            a2 += 1e-9;
            a3 += 1e-9;
            a4 += 1e-9;
            a5 += 1e-9;
            a6 += 1e-9;
            a7 += 1e-9;
        }
        result[0] = a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7;
        return times * CHAINS / 2;
    }
}
