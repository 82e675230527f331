package ghostrow.study;

import java.util.Arrays;
import java.util.Collection;

/** What is said of a quantity that was measured several times. */
public record Spread(double median, double low, double high) {

    public static Spread of(Collection<Double> values) {
        return of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static Spread of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return new Spread(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
                sorted[0], sorted[sorted.length - 1]);
    }

    public static double median(double... values) {
        return of(values).median;
    }
}
