package ghostrow.study.scale.predict;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * A predicted run.
 *
 * @param rows  of the thickest strip
 * @param depth ghost rows a side
 * @param level where a rank's strip lies: a cache, or memory
 * @param costs seconds by what they are spent on
 */
public record Prediction(int ranks, Problem problem, long rows, int depth, String level, Map<Cost, Double> costs) {

    public Prediction {
        costs = Collections.unmodifiableMap(new EnumMap<>(costs));
    }

    public double seconds() {
        return costs.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Without what comes once, after the last step. */
    public double stepSeconds() {
        return seconds() - costs.get(Cost.SUM);
    }

    /** The loop alone: stepping and exchanging. */
    public double loopSeconds() {
        return of(Cost.KERNEL, Cost.UNEVEN, Cost.REDUNDANT, Cost.LATENCY, Cost.TRANSFER);
    }

    /** The part of the time spent on ghost rows' messages. */
    public double exchange() {
        return of(Cost.LATENCY, Cost.TRANSFER) / seconds();
    }

    /** What takes most. */
    public String limit() {
        Cost most = Cost.KERNEL;
        for (Cost cost : Cost.values()) {
            most = costs.get(cost) > costs.get(most) ? cost : most;
        }
        return most == Cost.KERNEL ? "kernel, " + level : most.label();
    }

    private double of(Cost... some) {
        double sum = 0;
        for (Cost cost : some) {
            sum += costs.get(cost);
        }
        return sum;
    }
}
