package ghostrow.formula;

/**
 * What makes one number of two, and so of any number of them. Sums of doubles, which keep what rounding drops, are made
 * in {@link Lanes} and {@link Twofold} instead.
 */
enum Fold {
    ADD(0, 0), MULTIPLY(1, 1), LEAST(Long.MAX_VALUE, Double.POSITIVE_INFINITY),
    LARGEST(Long.MIN_VALUE, Double.NEGATIVE_INFINITY);

    /** What leaves every other number as it is. */
    final long neutralLong;
    final double neutralDouble;

    Fold(long neutralLong, double neutralDouble) {
        this.neutralLong = neutralLong;
        this.neutralDouble = neutralDouble;
    }

    /** Of doubles, NaN is least and largest wherever it stands, and -0 is less than 0: then the order does not matter. */
    double of(double a, double b) {
        return switch (this) {
            case ADD -> a + b;
            case MULTIPLY -> a * b;
            case LEAST -> Math.min(a, b);
            case LARGEST -> Math.max(a, b);
        };
    }

    long of(long a, long b) {
        return switch (this) {
            case ADD -> a + b;
            case MULTIPLY -> a * b;
            case LEAST -> Math.min(a, b);
            case LARGEST -> Math.max(a, b);
        };
    }

    /** Element j of a block goes to lane j modulo 16. */
    void take(long block, int count, double[] lanes) {
        for (int j = 0; j < count; j++) {
            int lane = j % Frame.LANES;
            lanes[lane] = of(lanes[lane], Lanes.readDouble(block + (long) j * Double.BYTES));
        }
    }

    long take(long block, int count, long soFar) {
        long all = soFar;
        for (int j = 0; j < count; j++) {
            all = of(all, Lanes.readLong(block + (long) j * Long.BYTES));
        }
        return all;
    }

    /** The lanes as a tree: 0 with 8, 1 with 9 …, then 0 with 4 …, down to one. */
    double total(double[] lanes) {
        for (int half = lanes.length / 2; half > 0; half /= 2) {
            for (int lane = 0; lane < half; lane++) {
                lanes[lane] = of(lanes[lane], lanes[lane + half]);
            }
        }
        return lanes[0];
    }
}
