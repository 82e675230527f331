package ghostrow.study.scale.predict;

import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * The kernel's measured rates, and what lies between them: straight lines between neighbouring measurements, where
 * all axes and the seconds a point are logarithms. Beyond the outermost measurement the value stays as it is there.
 */
public record Rates(List<Rate> measured) {
    private static final List<ToDoubleFunction<Rate>> AXES = List.of(Rate::busy, Rate::bytes, Rate::rows, Rate::depth);

    public Rates {
        if (measured.isEmpty()) {
            throw new IllegalArgumentException("no rates");
        }
        measured = List.copyOf(measured);
    }

    public double secondsPerPoint(int busy, double bytes, double rows, double depth) {
        return Math.exp(between(measured, 0, new double[] {busy, bytes, rows, depth}));
    }

    private static double between(List<Rate> some, int axis, double[] where) {
        if (axis == AXES.size()) {
            return -Math.log(some.getFirst().pointsPerSecond());
        }
        ToDoubleFunction<Rate> coordinate = AXES.get(axis);
        TreeSet<Double> places = new TreeSet<>();
        some.forEach(rate -> places.add(coordinate.applyAsDouble(rate)));
        double x = Math.clamp(where[axis], places.first(), places.last());
        double low = places.floor(x);
        double high = places.ceiling(x);
        double atLow = between(at(some, coordinate, low), axis + 1, where);
        if (low == high) {
            return atLow;
        }
        double atHigh = between(at(some, coordinate, high), axis + 1, where);
        return atLow + (atHigh - atLow) * Math.log(x / low) / Math.log(high / low);
    }

    private static List<Rate> at(List<Rate> some, ToDoubleFunction<Rate> coordinate, double place) {
        return some.stream().filter(rate -> coordinate.applyAsDouble(rate) == place).toList();
    }
}
