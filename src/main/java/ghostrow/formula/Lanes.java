package ghostrow.formula;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Single elements in memory, and the lanes of a sum: what generated code does one element at a time. */
final class Lanes {
    private Lanes() {
    }

    static double readDouble(MemorySegment memory, long offset) {
        return memory.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, offset);
    }

    static long readLong(MemorySegment memory, long offset) {
        return memory.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
    }

    static boolean readBool(MemorySegment memory, long offset) {
        return (memory.get(ValueLayout.JAVA_BYTE, offset) & 1) != 0;
    }

    static void write(MemorySegment memory, long offset, double value) {
        memory.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, offset, value);
    }

    static void write(MemorySegment memory, long offset, long value) {
        memory.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, value);
    }

    static void write(MemorySegment memory, long offset, boolean value) {
        memory.set(ValueLayout.JAVA_BYTE, offset, (byte) (value ? 1 : 0));
    }

    /**
     * Adds element j of a block to lane j modulo 16: the lane's sum, and 16 doubles further the rounding
     * errors made so far. The vector code does the same to 16 lanes at once.
     */
    static void add(MemorySegment scratch, int j, double x) {
        long at = (long) (j & Frame.LANES - 1) * Double.BYTES;
        double sum = scratch.get(ValueLayout.JAVA_DOUBLE, at);
        double next = sum + x;
        double back = next - sum;
        double error = (sum - (next - back)) + (x - back);
        long lost = at + Frame.LANES * Double.BYTES;
        scratch.set(ValueLayout.JAVA_DOUBLE, at, next);
        scratch.set(ValueLayout.JAVA_DOUBLE, lost, scratch.get(ValueLayout.JAVA_DOUBLE, lost) + error);
    }

    static void clear(MemorySegment scratch) {
        scratch.asSlice(0, Frame.LANE_BYTES).fill((byte) 0);
    }

    /** The lanes added as a tree: 0 with 8, 1 with 9 …, then 0 with 4 …, down to one. */
    static Twofold total(MemorySegment scratch) {
        Twofold[] lanes = new Twofold[Frame.LANES];
        for (int lane = 0; lane < lanes.length; lane++) {
            double high = scratch.getAtIndex(ValueLayout.JAVA_DOUBLE, lane);
            double low = scratch.getAtIndex(ValueLayout.JAVA_DOUBLE, lane + Frame.LANES);
            lanes[lane] = new Twofold(high, Double.isFinite(high) ? low : 0);
        }
        for (int half = lanes.length / 2; half > 0; half /= 2) {
            for (int lane = 0; lane < half; lane++) {
                lanes[lane] = lanes[lane].plus(lanes[lane + half]);
            }
        }
        return lanes[0];
    }
}
