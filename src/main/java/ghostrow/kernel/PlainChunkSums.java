package ghostrow.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A number at a time, which defines the other way; it also adds what is left of a row of lanes there. */
final class PlainChunkSums implements ChunkSums {

    @Override
    public void sum(MemorySegment numbers, long at, int count, double[] sums, double[] least, double[] most) {
        for (int i = 0; i < count; i++) {
            double number = get(numbers, at, i);
            int lane = i % LANES;
            sums[lane] += number;
            least[lane] = Math.min(least[lane], number);
            most[lane] = Math.max(most[lane], number);
        }
    }

    @Override
    public void squares(MemorySegment numbers, long at, int count, double mean, double[] sums) {
        for (int i = 0; i < count; i++) {
            double distance = get(numbers, at, i) - mean;
            sums[i % LANES] += distance * distance;
        }
    }

    private static double get(MemorySegment numbers, long at, int i) {
        return numbers.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at + (long) i * Double.BYTES);
    }
}
