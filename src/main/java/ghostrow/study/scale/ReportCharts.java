package ghostrow.study.scale;

import ghostrow.study.chart.Bars;
import ghostrow.study.chart.Lines;
import ghostrow.study.chart.Picture;
import ghostrow.study.scale.Summary.Line;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A study's four charts: time, speed-up, efficiency, and where the time goes. */
final class ReportCharts {
    private static final int STEPS = 60;

    private final Report report;
    private final Summary summary;
    private final Line base;
    private final double most;

    private ReportCharts(Report report) {
        this.report = report;
        this.summary = report.summary();
        this.base = summary.lines().getFirst();
        this.most = summary.lines().stream().mapToDouble(Line::workers).max().orElseThrow();
    }

    static List<Picture> of(Report report) {
        ReportCharts charts = new ReportCharts(report);
        return List.of(charts.time(), charts.speedUp(), charts.efficiency(), charts.phases());
    }

    private Picture time() {
        DoubleUnaryOperator ideal = summary.weak() ? q -> base.median() : q -> base.median() / q;
        Lines lines = measured(new Lines("time", "Time: median and range", across(), "seconds"),
                line -> new double[] {line.median(), line.min(), line.max()});
        return lines(lines, "ideal", ideal, true).picture();
    }

    private Picture speedUp() {
        Lines lines = measured(new Lines("speed-up", "Speed-up", across(), "speed-up"),
                line -> new double[] {line.speedUp(), line.speedUp() * line.median() / line.max(),
                    line.speedUp() * line.median() / line.min()});
        fitted(lines, rate -> rate);
        return lines(lines, "ideal", q -> q, true).picture();
    }

    private Picture efficiency() {
        Lines lines = measured(new Lines("efficiency", "Efficiency", across(), "efficiency"),
                line -> new double[] {line.efficiency(), line.efficiency() * line.median() / line.max(),
                    line.efficiency() * line.median() / line.min()});
        fitted(lines, rate -> q -> rate.applyAsDouble(q) / q);
        return lines(lines, "ideal", q -> 1, true).picture();
    }

    private Picture phases() {
        Bars bars = new Bars("phases", "Where the time goes: the slowest rank's phases, medians", "ranks x threads",
                "seconds", summary.lines().stream().map(line -> line.setting().toString()).toList());
        Set<String> names = summary.lines().stream().flatMap(line -> line.phases().keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (String name : names) {
            List<Double> heights = summary.lines().stream().map(line -> line.phases().getOrDefault(name, 0.0))
                    .toList();
            if (heights.stream().anyMatch(height -> height > 0)) {
                bars.part(name, heights);
            }
        }
        return bars.picture();
    }

    private String across() {
        return base.setting().workers() == 1 ? "workers (ranks x threads)"
                : "workers, in units of " + base.setting().workers();
    }

    /** One series for each number of threads a rank. */
    private Lines measured(Lines lines, Function<Line, double[]> values) {
        TreeMap<Integer, List<Line>> threads = summary.lines().stream()
                .collect(Collectors.groupingBy(line -> line.setting().threads(), TreeMap::new, Collectors.toList()));
        threads.forEach((count, some) -> lines.measured(
                threads.size() == 1 ? "measured" : count + (count == 1 ? " thread a rank" : " threads a rank"),
                some.stream().map(line -> {
                    double[] value = values.apply(line);
                    return new Lines.Point(line.workers(), value[0], value[1], value[2]);
                }).toList()));
        return lines;
    }

    private void fitted(Lines lines, Function<DoubleUnaryOperator, DoubleUnaryOperator> shown) {
        for (Fit fit : report.fits()) {
            // Against the measured base, as the dots are.
            DoubleUnaryOperator relative = q -> fit.rate().applyAsDouble(q) * base.median();
            lines(lines, fit.law(), shown.apply(relative), false);
        }
    }

    private Lines lines(Lines lines, String label, DoubleUnaryOperator curve, boolean dashed) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int i = 0; i <= STEPS; i++) {
            double q = 1 + (most - 1) * i / STEPS;
            x.add(q);
            y.add(curve.applyAsDouble(q));
        }
        return lines.line(label, x, y, dashed);
    }
}
