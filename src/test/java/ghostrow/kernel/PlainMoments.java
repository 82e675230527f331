package ghostrow.kernel;

import java.util.Arrays;

/** Moments of numbers by their definition: chunks of 2048 in 32 lanes, merged two and two. Shares no line with the kernel. */
public record PlainMoments(long count, double sum, double squares, double min, double max) {

    public static PlainMoments of(double[] numbers) {
        if (numbers.length > 2048) {
            // The left part has as many chunks as a power of two allows.
            int left = 2048 * Integer.highestOneBit((numbers.length - 1) / 2048);
            PlainMoments a = of(Arrays.copyOf(numbers, left));
            PlainMoments b = of(Arrays.copyOfRange(numbers, left, numbers.length));
            long count = a.count + b.count;
            double between = b.sum / b.count - a.sum / a.count;
            return new PlainMoments(count, a.sum + b.sum,
                    a.squares + b.squares + between * between * (a.count * (b.count / (double) count)),
                    Math.min(a.min, b.min), Math.max(a.max, b.max));
        }
        double sum = folded(numbers);
        double mean = sum / numbers.length;
        double[] squares = Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).toArray();
        return new PlainMoments(numbers.length, sum, folded(squares), Arrays.stream(numbers).reduce(numbers[0], Math::min) + 0.0,
                Arrays.stream(numbers).reduce(numbers[0], Math::max) + 0.0);
    }

    private static double folded(double[] numbers) {
        double[] lanes = new double[32];
        for (int i = 0; i < numbers.length; i++) {
            lanes[i % 32] += numbers[i];
        }
        for (int half = 16; half > 0; half /= 2) {
            for (int lane = 0; lane < half; lane++) {
                lanes[lane] += lanes[lane + half];
            }
        }
        return lanes[0];
    }

    public double mean() {
        return sum / count;
    }

    public double standardDeviation() {
        return Math.sqrt(squares / count);
    }
}
