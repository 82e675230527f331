package ghostrow.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Finds the moments of numbers in memory, in a way that depends on nothing but the numbers: chunks of {@link #CHUNK},
 * each added up in {@link ChunkSums#LANES} lanes, whose sums are folded in halves, and merged by a {@link MomentsTree}.
 * A chunk stays in the nearest cache, so that its squared distances are those from its own mean, in a second pass
 * that costs no memory. One thread's own.
 */
public final class Summation {
    /** Numbers in a chunk: 16 KiB, half of the smallest cache. */
    public static final int CHUNK = 2048;

    private final ChunkSums loops;
    private final MemorySegment widened;
    private final Moments chunk = new Moments();
    private final double[] sums = new double[ChunkSums.LANES];
    private final double[] least = new double[ChunkSums.LANES];
    private final double[] most = new double[ChunkSums.LANES];

    /** What the numbers in memory are; all are widened to doubles, as all of NumPy's means are of those. */
    public enum Form {
        DOUBLE(8), FLOAT(4), LONG(8), INT(4);

        private final int bytes;

        Form(int bytes) {
            this.bytes = bytes;
        }

        public int bytes() {
            return bytes;
        }
    }

    public Summation(Arena arena) {
        this(ChunkSums.fastest(), arena);
    }

    Summation(ChunkSums loops, Arena arena) {
        this.loops = loops;
        this.widened = arena.allocate(CHUNK * Double.BYTES, Double.BYTES);
    }

    /** @param numbers from the beginning of a chunk on; all chunks are full but the last, behind which none may follow */
    public void add(MemorySegment numbers, Form form, MomentsTree to) {
        long all = numbers.byteSize() / form.bytes;
        for (long first = 0; first < all; first += CHUNK) {
            int count = (int) Math.min(CHUNK, all - first);
            if (form == Form.DOUBLE) {
                add(numbers, first * Double.BYTES, count);
            } else {
                widen(numbers, first * form.bytes, form, count);
                add(widened, 0, count);
            }
            to.add(chunk);
        }
    }

    private void add(MemorySegment numbers, long at, int count) {
        Arrays.fill(sums, 0);
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(most, Double.NEGATIVE_INFINITY);
        loops.sum(numbers, at, count, sums, least, most);
        double sum = fold(sums);
        Arrays.fill(sums, 0);
        loops.squares(numbers, at, count, sum / count, sums);
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int lane = 0; lane < ChunkSums.LANES; lane++) {
            min = Math.min(min, least[lane]);
            max = Math.max(max, most[lane]);
        }
        // The sum of infinities may be none either.
        if (Double.isNaN(sum) && anyNaN(numbers, at, count)) {
            min = Double.NaN;
            max = Double.NaN;
        }
        // Zero has no sign, so that the order of the comparisons does not matter.
        chunk.set(count, sum, fold(sums), min + 0.0, max + 0.0);
    }

    private static boolean anyNaN(MemorySegment numbers, long at, int count) {
        for (int i = 0; i < count; i++) {
            if (Double.isNaN(numbers.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at + (long) i * Double.BYTES))) {
                return true;
            }
        }
        return false;
    }

    private static double fold(double[] sums) {
        for (int half = ChunkSums.LANES / 2; half > 0; half /= 2) {
            for (int lane = 0; lane < half; lane++) {
                sums[lane] += sums[lane + half];
            }
        }
        return sums[0];
    }

    /** A loop of its own for each form: one for all would look at the form for each number. */
    private void widen(MemorySegment numbers, long at, Form form, int count) {
        MemorySegment some = numbers.asSlice(at, (long) count * form.bytes);
        switch (form) {
            case DOUBLE -> widened.copyFrom(some);
            case FLOAT -> widenFloats(some, widened, count);
            case LONG -> widenLongs(some, widened, count);
            case INT -> widenInts(some, widened, count);
        }
    }

    private static void widenFloats(MemorySegment from, MemorySegment to, int count) {
        for (int i = 0; i < count; i++) {
            to.setAtIndex(ValueLayout.JAVA_DOUBLE, i, from.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i));
        }
    }

    private static void widenLongs(MemorySegment from, MemorySegment to, int count) {
        for (int i = 0; i < count; i++) {
            to.setAtIndex(ValueLayout.JAVA_DOUBLE, i, from.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i));
        }
    }

    private static void widenInts(MemorySegment from, MemorySegment to, int count) {
        for (int i = 0; i < count; i++) {
            to.setAtIndex(ValueLayout.JAVA_DOUBLE, i, from.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i));
        }
    }
}
