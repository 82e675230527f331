package ghostrow.study.scale;

import ghostrow.study.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * One scaling law, fitted to runs. All three laws are linear in the coefficients of some form of themselves, so
 * no search is needed and no starting value decides the answer.
 *
 * @param places  how many different worker counts it was fitted to
 * @param rate    the law: work a second with so many workers, in units of the base's work
 * @param typical root mean square of the runs' relative distances from the law
 * @param largest the largest of them
 */
record Fit(String law, List<Parameter> parameters, int places, DoubleUnaryOperator rate, double typical,
           double largest) {

    /** A run, as the laws see it: work is measured in units of what the smallest setting does. */
    record Observation(int workers, double seconds, double work) {
    }

    /** @param reach how far the 95 % interval reaches to either side; NaN where nothing can be said */
    record Parameter(String name, double value, double reach) {
        boolean includesZero() {
            return !(Math.abs(value) > reach);
        }

        @Override
        public String toString() {
            return name + " " + figure(value) + (Double.isNaN(reach) ? " (no interval)"
                    : " (95 %: " + figure(value - reach) + " to " + figure(value + reach) + ")");
        }

        /** What every pair of workers costs is small, and tells nonetheless. */
        private static String figure(double value) {
            return String.format(Locale.ROOT, value == 0 || Math.abs(value) >= 0.01 ? "%.4f" : "%.1e", value);
        }
    }

    /** Time falls to a part that never shrinks: t = serial + parallel / workers. */
    static Fit amdahl(List<Observation> runs) {
        LeastSquares solved = solve(runs, run -> run.seconds / run.work,
                run -> new double[] {1, 1.0 / run.workers});
        double a = solved.coefficients()[0];
        double b = solved.coefficients()[1];
        double whole = a + b;
        return of("Amdahl", runs, q -> 1 / (a + b / q), List.of(parameter("serial fraction", a / whole, solved,
                b / (whole * whole), -a / (whole * whole))));
    }

    /** Work a second grows by a line that is less steep than the number of workers. */
    static Fit gustafson(List<Observation> runs) {
        LeastSquares solved = solve(runs, run -> run.work / run.seconds,
                run -> new double[] {1, run.workers});
        double a = solved.coefficients()[0];
        double b = solved.coefficients()[1];
        double whole = a + b;
        return of("Gustafson", runs, q -> a + b * q, List.of(parameter("serial fraction", a / whole, solved,
                b / (whole * whole), -a / (whole * whole))));
    }

    /**
     * Gunther's law: work a second is l q / (1 + s (q - 1) + k q (q - 1)); s for what workers queue for, k for
     * what every pair of them must settle. Divided into q it is linear in 1/l, s/l and k/l.
     */
    static Fit universal(List<Observation> runs) {
        LeastSquares solved = solve(runs, run -> run.workers * run.seconds / run.work,
                run -> new double[] {1, run.workers - 1.0, run.workers * (run.workers - 1.0)});
        double c = solved.coefficients()[0];
        double s = solved.coefficients()[1];
        double k = solved.coefficients()[2];
        return of("Universal Scalability Law", runs, q -> q / (c + s * (q - 1) + k * q * (q - 1)),
                List.of(parameter("contention", s / c, solved, -s / (c * c), 1 / c, 0),
                        parameter("coherency", k / c, solved, -k / (c * c), 0, 1 / c)));
    }

    /** Timings scatter in proportion to themselves, so each place counts by its relative distance. */
    private static LeastSquares solve(List<Observation> runs,
            java.util.function.ToDoubleFunction<Observation> value,
            java.util.function.Function<Observation, double[]> columns) {
        double[][] rows = new double[runs.size()][];
        double[] observed = new double[runs.size()];
        for (int i = 0; i < rows.length; i++) {
            int workers = runs.get(i).workers;
            double usual = Spread.median(runs.stream().filter(run -> run.workers == workers)
                    .mapToDouble(value).toArray());
            rows[i] = columns.apply(runs.get(i));
            for (int c = 0; c < rows[i].length; c++) {
                rows[i][c] /= usual;
            }
            observed[i] = value.applyAsDouble(runs.get(i)) / usual;
        }
        return LeastSquares.solve(rows, observed);
    }

    private static Parameter parameter(String name, double value, LeastSquares solved, double... gradient) {
        return new Parameter(name, value, solved.freedom() < 1 ? Double.NaN
                : Statistics.students95(solved.freedom()) * solved.standardError(gradient));
    }

    private static Fit of(String law, List<Observation> runs, DoubleUnaryOperator rate,
            List<Parameter> parameters) {
        double[] distances = runs.stream()
                .mapToDouble(run -> run.work / run.seconds / rate.applyAsDouble(run.workers) - 1).toArray();
        double squares = 0;
        double largest = 0;
        for (double distance : distances) {
            squares += distance * distance;
            largest = Math.max(largest, Math.abs(distance));
        }
        return new Fit(law, parameters, places(runs), rate, Math.sqrt(squares / distances.length), largest);
    }

    static int places(List<Observation> runs) {
        return (int) runs.stream().mapToInt(Observation::workers).distinct().count();
    }

    /** What no number of workers exceeds, by Amdahl's law: 1/s; nothing where the law knows no limit. */
    OptionalDouble limit() {
        double serial = parameters.getFirst().value;
        boolean ends = law.equals("Amdahl") && serial > 0 && serial < 1;
        return ends ? OptionalDouble.of(1 / serial) : OptionalDouble.empty();
    }

    /** With how many workers the universal law's speed-up is largest; nothing where it grows for ever. */
    OptionalDouble peak() {
        if (parameters.size() < 2 || !(parameters.get(1).value > 0) || !(parameters.get(0).value < 1)) {
            return OptionalDouble.empty();
        }
        double peak = Math.sqrt((1 - parameters.get(0).value) / parameters.get(1).value);
        return peak > 1 ? OptionalDouble.of(peak) : OptionalDouble.empty();
    }

    /**
     * Where the law leads to, in plain words; empty where it says nothing.
     *
     * @param unit workers of the smallest setting
     */
    String outlook(int unit) {
        if (limit().isPresent()) {
            Parameter serial = parameters.getFirst();
            String range = Double.isNaN(serial.reach) ? "no interval"
                    : String.format(Locale.ROOT, serial.includesZero() ? "95 %%: at least %.2f" : "95 %%: %.2f to %.2f",
                            1 / (serial.value + serial.reach), 1 / (serial.value - serial.reach));
            return String.format(Locale.ROOT, "By that, no number of workers is faster than 1/s = %.2f times (%s).",
                    limit().getAsDouble(), range);
        }
        if (peak().isPresent()) {
            double q = peak().getAsDouble();
            return String.format(Locale.ROOT, "By that, the most is a speed-up of %.2f, with %.0f workers.",
                    rate.applyAsDouble(q) / rate.applyAsDouble(1), q * unit);
        }
        return "";
    }

    /** How many coefficients the law has: one more than it has parameters, for the speed of one worker. */
    private int coefficients() {
        return parameters.size() + 1;
    }

    /** What the data cannot tell, in plain sentences. */
    List<String> caveats() {
        List<String> caveats = new ArrayList<>();
        if (places == coefficients()) {
            caveats.add("It has as many coefficients as there are worker counts (" + places
                    + "), so it fits any data: nothing is tested.");
        }
        for (Parameter parameter : parameters) {
            if (Double.isNaN(parameter.reach)) {
                caveats.add("The " + parameter.name + " has no interval: it takes more runs.");
            } else if (parameter.includesZero()) {
                caveats.add("The " + parameter.name + " cannot be told from 0.");
            } else if (parameter.name.startsWith("serial") && parameter.value > 1) {
                caveats.add("A serial fraction above 1 says that more workers were slower than one.");
            } else if (parameter.value < 0) {
                caveats.add("The " + parameter.name + " is below 0: more workers are faster than in proportion, as "
                        + "happens where smaller parts fit a cache, or where the one-worker runs were disturbed.");
            }
        }
        return caveats;
    }
}
