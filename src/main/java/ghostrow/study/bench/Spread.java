package ghostrow.study.bench;

import java.util.Arrays;
import java.util.List;

/** What is said of a quantity that was measured several times. */
record Spread(double median, double low, double high) {

    static Spread of(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return new Spread(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
                sorted[0], sorted[sorted.length - 1]);
    }
}
