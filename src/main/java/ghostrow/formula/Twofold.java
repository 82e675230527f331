package ghostrow.formula;

/**
 * A sum kept as two doubles, {@code high + low}, so that what rounding drops from the one is caught in
 * the other.
 */
record Twofold(double high, double low) {
    static final Twofold ZERO = new Twofold(0, 0);

    Twofold plus(Twofold other) {
        double sum = high + other.high;
        if (!Double.isFinite(sum)) {
            // Rounding errors of infinities are NaN, and would hide the infinity.
            return new Twofold(sum, 0);
        }
        double back = sum - high;
        double error = (high - (sum - back)) + (other.high - back);
        double rest = error + (low + other.low);
        double top = sum + rest;
        return new Twofold(top, rest - (top - sum));
    }

    double value() {
        return high + low;
    }
}
