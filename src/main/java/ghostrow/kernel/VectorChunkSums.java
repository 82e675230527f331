package ghostrow.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Four vectors side by side; where they are narrower than a quarter of the lanes, the chunk is passed again for the next
 * four. What was loaded adds the sum so far to itself, and not the other way round: of a vector carried from one
 * iteration to the next the compiler does not know the width before it has watched for a while, and would call it by
 * way of the heap. Least and greatest are found by plain comparisons, which are two instructions and lose a NaN;
 * {@code min} and {@code max}, which do not, are seven.
 */
final class VectorChunkSums implements ChunkSums {
    private static final int SIDE_BY_SIDE = 4;
    private static final int WIDTH = Memory.SPECIES.length();
    private static final int ROW = LANES * Double.BYTES;

    private final PlainChunkSums plain = new PlainChunkSums();

    static boolean fits() {
        return LANES % (SIDE_BY_SIDE * WIDTH) == 0;
    }

    @Override
    public void sum(MemorySegment numbers, long at, int count, double[] sums, double[] least, double[] most) {
        int rows = count / LANES;
        long first = start(numbers, at, count);
        for (int lane = 0; lane < LANES; lane += SIDE_BY_SIDE * WIDTH) {
            sumVectors(first + (long) lane * Double.BYTES, rows, sums, least, most, lane);
        }
        Reference.reachabilityFence(numbers);
        plain.sum(numbers, at + (long) rows * ROW, count - rows * LANES, sums, least, most);
    }

    private static void sumVectors(long first, int rows, double[] sums, double[] least, double[] most, int lane) {
        long from = Memory.pointer(first);
        int b = lane + WIDTH;
        int c = lane + 2 * WIDTH;
        int d = lane + 3 * WIDTH;
        DoubleVector sumA = DoubleVector.fromArray(Memory.SPECIES, sums, lane);
        DoubleVector sumB = DoubleVector.fromArray(Memory.SPECIES, sums, b);
        DoubleVector sumC = DoubleVector.fromArray(Memory.SPECIES, sums, c);
        DoubleVector sumD = DoubleVector.fromArray(Memory.SPECIES, sums, d);
        DoubleVector leastA = DoubleVector.fromArray(Memory.SPECIES, least, lane);
        DoubleVector leastB = DoubleVector.fromArray(Memory.SPECIES, least, b);
        DoubleVector leastC = DoubleVector.fromArray(Memory.SPECIES, least, c);
        DoubleVector leastD = DoubleVector.fromArray(Memory.SPECIES, least, d);
        DoubleVector mostA = DoubleVector.fromArray(Memory.SPECIES, most, lane);
        DoubleVector mostB = DoubleVector.fromArray(Memory.SPECIES, most, b);
        DoubleVector mostC = DoubleVector.fromArray(Memory.SPECIES, most, c);
        DoubleVector mostD = DoubleVector.fromArray(Memory.SPECIES, most, d);
        for (int row = 0; row < rows; row++) {
            long at = from + Memory.offset(row * ROW);
            DoubleVector inA = Memory.load(at);
            DoubleVector inB = Memory.load(at + Memory.VECTOR);
            DoubleVector inC = Memory.load(at + 2L * Memory.VECTOR);
            DoubleVector inD = Memory.load(at + 3L * Memory.VECTOR);
            sumA = inA.add(sumA);
            sumB = inB.add(sumB);
            sumC = inC.add(sumC);
            sumD = inD.add(sumD);
            leastA = inA.blend(leastA, inA.compare(VectorOperators.GE, leastA));
            leastB = inB.blend(leastB, inB.compare(VectorOperators.GE, leastB));
            leastC = inC.blend(leastC, inC.compare(VectorOperators.GE, leastC));
            leastD = inD.blend(leastD, inD.compare(VectorOperators.GE, leastD));
            mostA = inA.blend(mostA, inA.compare(VectorOperators.LE, mostA));
            mostB = inB.blend(mostB, inB.compare(VectorOperators.LE, mostB));
            mostC = inC.blend(mostC, inC.compare(VectorOperators.LE, mostC));
            mostD = inD.blend(mostD, inD.compare(VectorOperators.LE, mostD));
        }
        sumA.intoArray(sums, lane);
        sumB.intoArray(sums, b);
        sumC.intoArray(sums, c);
        sumD.intoArray(sums, d);
        leastA.intoArray(least, lane);
        leastB.intoArray(least, b);
        leastC.intoArray(least, c);
        leastD.intoArray(least, d);
        mostA.intoArray(most, lane);
        mostB.intoArray(most, b);
        mostC.intoArray(most, c);
        mostD.intoArray(most, d);
    }

    @Override
    public void squares(MemorySegment numbers, long at, int count, double mean, double[] sums) {
        int rows = count / LANES;
        long first = start(numbers, at, count);
        for (int lane = 0; lane < LANES; lane += SIDE_BY_SIDE * WIDTH) {
            squareVectors(first + (long) lane * Double.BYTES, rows, mean, sums, lane);
        }
        Reference.reachabilityFence(numbers);
        plain.squares(numbers, at + (long) rows * ROW, count - rows * LANES, mean, sums);
    }

    private static void squareVectors(long first, int rows, double mean, double[] sums, int lane) {
        long from = Memory.pointer(first);
        DoubleVector middle = DoubleVector.broadcast(Memory.SPECIES, mean);
        DoubleVector sumA = DoubleVector.fromArray(Memory.SPECIES, sums, lane);
        DoubleVector sumB = DoubleVector.fromArray(Memory.SPECIES, sums, lane + WIDTH);
        DoubleVector sumC = DoubleVector.fromArray(Memory.SPECIES, sums, lane + 2 * WIDTH);
        DoubleVector sumD = DoubleVector.fromArray(Memory.SPECIES, sums, lane + 3 * WIDTH);
        for (int row = 0; row < rows; row++) {
            long at = from + Memory.offset(row * ROW);
            DoubleVector awayA = Memory.load(at).sub(middle);
            DoubleVector awayB = Memory.load(at + Memory.VECTOR).sub(middle);
            DoubleVector awayC = Memory.load(at + 2L * Memory.VECTOR).sub(middle);
            DoubleVector awayD = Memory.load(at + 3L * Memory.VECTOR).sub(middle);
            sumA = awayA.mul(awayA).add(sumA);
            sumB = awayB.mul(awayB).add(sumB);
            sumC = awayC.mul(awayC).add(sumC);
            sumD = awayD.mul(awayD).add(sumD);
        }
        sumA.intoArray(sums, lane);
        sumB.intoArray(sums, lane + WIDTH);
        sumC.intoArray(sums, lane + 2 * WIDTH);
        sumD.intoArray(sums, lane + 3 * WIDTH);
    }

    /** The address of the first number; refuses memory that has fewer. */
    private static long start(MemorySegment numbers, long at, int count) {
        return numbers.asSlice(at, (long) count * Double.BYTES).address();
    }
}
