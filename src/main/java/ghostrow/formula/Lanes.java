package ghostrow.formula;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Single elements in memory, and the lanes of a sum: what generated code does one element at a time. */
final class Lanes {
    /**
     * All of memory, read and written by address. The ranges of a run are checked before it starts; a
     * check at every element would cost more than the arithmetic, and one that the JIT compiler moves out
     * of the loop fails at the last block of an operand, which throws the compiled code away.
     */
    static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Lanes() {
    }

    static double readDouble(long address) {
        return ALL.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, address);
    }

    static long readLong(long address) {
        return ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
    }

    static boolean readBool(long address) {
        return (ALL.get(ValueLayout.JAVA_BYTE, address) & 1) != 0;
    }

    static void write(long address, double value) {
        ALL.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, address, value);
    }

    static void write(long address, long value) {
        ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, address, value);
    }

    static void write(long address, boolean value) {
        ALL.set(ValueLayout.JAVA_BYTE, address, (byte) (value ? 1 : 0));
    }

    /**
     * Adds element j of a block to lane j modulo 16: the lane's sum, and 16 doubles further the rounding
     * errors made so far. The vector code does the same to 16 lanes at once.
     */
    static void add(long scratch, int j, double x) {
        long at = scratch + (long) (j & Frame.LANES - 1) * Double.BYTES;
        take(at, x);
    }

    private static void take(long at, double x) {
        double sum = ALL.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at);
        double next = sum + x;
        double back = next - sum;
        double error = (sum - (next - back)) + (x - back);
        long lost = at + Frame.LANES * Double.BYTES;
        ALL.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at, next);
        ALL.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, lost, ALL.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, lost) + error);
    }

    /**
     * Element j of a block waits until its group of 64 is complete; then lane k takes elements k, k + 16, k + 32 and
     * k + 48 of the group, added in pairs. The vector code does the same to 64 elements at once.
     */
    static void hold(long scratch, int j, double x) {
        int place = j % Frame.GROUP;
        ALL.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, waiting(scratch, place), x);
        if (place == Frame.GROUP - 1) {
            takeGroup(scratch);
        }
    }

    /** The last group of a piece, if it is short, is filled up with zeros. */
    static void holdNoMore(long scratch, long elements) {
        int held = (int) (elements % Frame.GROUP);
        if (held > 0) {
            for (int place = held; place < Frame.GROUP; place++) {
                ALL.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, waiting(scratch, place), 0);
            }
            takeGroup(scratch);
        }
    }

    private static void takeGroup(long scratch) {
        for (int lane = 0; lane < Frame.LANES; lane++) {
            take(scratch + (long) lane * Double.BYTES, pair(scratch, lane) + pair(scratch, lane + 2 * Frame.LANES));
        }
    }

    private static double pair(long scratch, int place) {
        return ALL.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, waiting(scratch, place))
            + ALL.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, waiting(scratch, place + Frame.LANES));
    }

    private static long waiting(long scratch, int place) {
        return scratch + (2L * Frame.LANES + place) * Double.BYTES;
    }

    static void clear(long scratch) {
        for (long at = scratch; at < scratch + Frame.LANE_BYTES; at += Double.BYTES) {
            write(at, 0.0);
        }
    }

    /** The lanes added as a tree: 0 with 8, 1 with 9 …, then 0 with 4 …, down to one. */
    static Twofold total(long scratch) {
        Twofold[] tree = new Twofold[Frame.LANES];
        for (int lane = 0; lane < tree.length; lane++) {
            long at = scratch + (long) lane * Double.BYTES;
            double high = readDouble(at);
            tree[lane] = new Twofold(high, Double.isFinite(high) ? readDouble(at + Frame.LANES * Double.BYTES) : 0);
        }
        for (int half = tree.length / 2; half > 0; half /= 2) {
            for (int lane = 0; lane < half; lane++) {
                tree[lane] = tree[lane].plus(tree[lane + half]);
            }
        }
        return tree[0];
    }
}
