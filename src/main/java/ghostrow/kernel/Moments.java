package ghostrow.kernel;

/**
 * What is known of some numbers: how many, their sum, the sum of their squared distances from their mean, the least and
 * the greatest. A NaN among them makes all of these NaN but the count.
 */
public final class Moments {
    private long count;
    private double sum;
    private double squares;
    private double min;
    private double max;

    /** @param count at least 1 */
    public Moments set(long count, double sum, double squares, double min, double max) {
        this.count = count;
        this.sum = sum;
        this.squares = squares;
        this.min = min;
        this.max = max;
        return this;
    }

    Moments set(Moments other) {
        return set(other.count, other.sum, other.squares, other.min, other.max);
    }

    /**
     * Adds what is known of the numbers behind these. The distances from the means of two parts become those from the
     * common mean by what lies between the two (Chan, Golub and LeVeque 1979): no large numbers are taken from each
     * other, as in the mean of the squares minus the square of the mean.
     */
    Moments merge(Moments next) {
        double between = next.mean() - mean();
        long all = count + next.count;
        squares = squares + next.squares + between * between * ((double) count * ((double) next.count / all));
        sum = sum + next.sum;
        min = Math.min(min, next.min);
        max = Math.max(max, next.max);
        count = all;
        return this;
    }

    public long count() {
        return count;
    }

    public double sum() {
        return sum;
    }

    /** The sum of the squared distances from the mean. */
    public double squares() {
        return squares;
    }

    public double min() {
        return min;
    }

    public double max() {
        return max;
    }

    public double mean() {
        return sum / count;
    }

    /** Of these numbers alone, not an estimate for more of their kind: divided by their count. */
    public double standardDeviation() {
        return Math.sqrt(squares / count);
    }
}
