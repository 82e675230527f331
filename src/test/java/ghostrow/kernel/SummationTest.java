package ghostrow.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sums by vectors, by plain loops and by trees of trees have the bits of the definition. */
class SummationTest {

    @Test
    void everyLoopGivesTheBitsOfTheDefinition() {
        for (int count : new int[] {1, 2, 31, 32, 33, 500, 2047, 2048, 2049, 5 * 2048, 7 * 2048 + 77}) {
            Random random = new Random(count);
            double[] numbers = random.doubles(count).map(x -> (x - 0.3) * Math.pow(10, random.nextInt(12))).toArray();
            same(numbers, "of " + count);
        }
    }

    @Test
    void whatIsNoNumberIsKept() {
        for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 1e308}) {
            for (int at : new int[] {0, 40, 2047, 4095, 4999}) {
                double[] numbers = new double[5000];
                numbers[at] = odd;
                numbers[4000] = odd;
                same(numbers, odd + " at " + at);
                double mean = Double.isNaN(odd) ? odd : Double.isInfinite(odd) ? odd : 2 * odd / 5000 + 0.0;
                assertEquals(mean, moments(new PlainChunkSums(), numbers).mean());
            }
        }
    }

    @Test
    void aLargeMeanDoesNotDrownTheDeviation() {
        double[] numbers = new double[1 << 20];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = 1e9 + (i & 1);
        }
        Moments moments = moments(ChunkSums.fastest(), numbers);
        assertEquals(1e9 + 0.5, moments.mean());
        assertEquals(0.5, moments.standardDeviation());
    }

    @Test
    void narrowNumbersAndIntegersAreWidened() {
        int count = 3000;
        double[] numbers = new Random(1).ints(count, -9999, 9999).asDoubleStream().toArray();
        try (Arena arena = Arena.ofConfined()) {
            // Also from where they are not aligned.
            MemorySegment room = arena.allocate(count * Long.BYTES + 1, 8).asSlice(1);
            for (Summation.Form form : Summation.Form.values()) {
                for (int i = 0; i < count; i++) {
                    long at = (long) i * form.bytes();
                    switch (form) {
                        case DOUBLE -> room.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at, numbers[i]);
                        case FLOAT -> room.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, (float) numbers[i]);
                        case LONG -> room.set(ValueLayout.JAVA_LONG_UNALIGNED, at, (long) numbers[i]);
                        case INT -> room.set(ValueLayout.JAVA_INT_UNALIGNED, at, (int) numbers[i]);
                    }
                }
                MomentsTree tree = new MomentsTree();
                new Summation(arena).add(room.asSlice(0, (long) count * form.bytes()), form, tree);
                assertEquals(words(PlainMoments.of(numbers)), words(tree.total()), form.toString());
            }
        }
    }

    @Test
    void treesOfTreesAreTheTreeOfAllParts() {
        Random random = new Random(5);
        for (int count = 1; count < 70; count++) {
            List<Moments> parts = Stream.generate(() -> new Moments().set(1 + random.nextInt(9), random.nextGaussian(),
                    random.nextDouble(), random.nextDouble(), random.nextDouble())).limit(count).toList();
            MomentsTree whole = new MomentsTree();
            parts.forEach(whole::add);
            for (int block : new int[] {1, 4, 16}) {
                MomentsTree blocks = new MomentsTree();
                MomentsTree one = new MomentsTree();
                for (int first = 0; first < count; first += block) {
                    one.clear();
                    parts.subList(first, Math.min(count, first + block)).forEach(one::add);
                    blocks.add(one.total());
                }
                assertEquals(words(whole.total()), words(blocks.total()), count + " by " + block);
            }
        }
    }

    @Test
    void randomNumbersAreThoseOfTheJdk() {
        SplittableRandom random = new SplittableRandom(0);
        double[] expected = random.doubles(1000).toArray();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment some = arena.allocate(900 * Double.BYTES, 8);
            RandomNumbers.fill(some, 100);
            assertEquals(Arrays.toString(Arrays.copyOfRange(expected, 100, 1000)),
                    Arrays.toString(some.toArray(ValueLayout.JAVA_DOUBLE)));
        }
    }

    private static void same(double[] numbers, String what) {
        String expected = words(PlainMoments.of(numbers));
        assertEquals(expected, words(moments(new PlainChunkSums(), numbers)), what);
        assertEquals(expected, words(moments(new VectorChunkSums(), numbers)), what);
    }

    private static Moments moments(ChunkSums loops, double[] numbers) {
        try (Arena arena = Arena.ofConfined()) {
            MomentsTree tree = new MomentsTree();
            new Summation(loops, arena).add(arena.allocateFrom(ValueLayout.JAVA_DOUBLE, numbers), Summation.Form.DOUBLE,
                    tree);
            return tree.total();
        }
    }

    private static String words(PlainMoments moments) {
        return moments.count() + " " + moments.sum() + " " + moments.squares() + " " + moments.min() + " " + moments.max();
    }

    private static String words(Moments moments) {
        return moments.count() + " " + moments.sum() + " " + moments.squares() + " " + moments.min() + " " + moments.max();
    }
}
