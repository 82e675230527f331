package ghostrow.study.scale;

import ghostrow.data.chart.Bars;
import ghostrow.data.chart.Lines;
import ghostrow.data.chart.Picture;
import ghostrow.study.Spread;
import ghostrow.study.scale.Summary.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A study's four charts: time, speed-up, efficiency, and where the time goes. */
final class ReportCharts {
    private static final int STEPS = 60;
    private static final double FEW = 8;
    /** How many times the largest number of workers is still worth a place in a chart. */
    private static final double NEAR = 1.5;

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

    /** In proportion, work that is shared out falls along a straight line. */
    private Picture time() {
        Lines lines = new Lines("time", "Time of stepping: median and range", across(), "seconds").doublingAcross();
        if (!summary.weak()) {
            lines.doublingUpwards();
        }
        if (summary.lines().stream().noneMatch(line -> Double.isNaN(line.whole()))) {
            lines.faintDots("whole jobs", summary.lines().stream().map(Line::workers).toList(),
                    summary.lines().stream().map(Line::whole).toList());
        }
        measured(lines, Line::seconds);
        double one = base.seconds().median();
        lines(lines, "ideal", summary.weak() ? q -> one : q -> one / q, true);
        return shared(lines, line -> line.seconds().median()).picture();
    }

    private Picture speedUp() {
        Lines lines = new Lines("speed-up", "Speed-up of stepping", across(), "speed-up");
        // Few workers are seen best as they are; of many, most would lie on top of each other.
        if (most > FEW) {
            lines.doublingAcross().doublingUpwards();
        } else {
            lines.wholeAcross();
        }
        measured(lines, Line::speedUp);
        fitted(lines, rate -> rate, true);
        lines(lines, "ideal", q -> q, true);
        return shared(lines, line -> line.speedUp().median()).picture();
    }

    private Picture efficiency() {
        Lines lines = new Lines("efficiency", "Efficiency of stepping", across(), "efficiency").doublingAcross();
        measured(lines, line -> new Spread(line.efficiency(), line.speedUp().low() / line.workers(),
                line.speedUp().high() / line.workers()));
        fitted(lines, rate -> q -> rate.applyAsDouble(q) / q, false);
        lines(lines, "ideal", q -> 1, true);
        return shared(lines, Line::efficiency).picture();
    }

    /** In seconds; where the last bars would be too low to be read, in percent of each. */
    private Picture phases() {
        boolean percent = !summary.weak() && most > FEW;
        Bars bars = new Bars("phases", "Where the time goes: the rank that steps longest", "ranks x threads",
                percent ? "percent" : "seconds",
                summary.lines().stream().map(line -> line.setting().toString()).toList());
        List<Map<String, Double>> all = summary.lines().stream().map(line -> parts(line, percent)).toList();
        for (String name : all.stream().flatMap(parts -> parts.keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new))) {
            List<Double> heights = all.stream().map(parts -> parts.getOrDefault(name, 0.0)).toList();
            if (heights.stream().anyMatch(height -> height > 0)) {
                bars.part(name, heights);
            }
        }
        return bars.picture();
    }

    private static Map<String, Double> parts(Line line, boolean percent) {
        Map<String, Double> parts = new LinkedHashMap<>(line.phases());
        parts.putAll(line.around());
        parts.values().removeIf(seconds -> seconds.isNaN());
        double unit = percent ? parts.values().stream().mapToDouble(Double::doubleValue).sum() / 100 : 1;
        parts.replaceAll((name, seconds) -> seconds / unit);
        return parts;
    }

    private String across() {
        return base.setting().workers() == 1 ? "workers (ranks x threads)"
                : "workers, in units of " + base.setting().workers();
    }

    /** One series for each number of threads a rank. */
    private void measured(Lines lines, Function<Line, Spread> values) {
        TreeMap<Integer, List<Line>> threads = summary.lines().stream()
                .collect(Collectors.groupingBy(line -> line.setting().threads(), TreeMap::new, Collectors.toList()));
        threads.forEach((count, some) -> lines.measured(
                threads.size() == 1 ? "measured" : count + (count == 1 ? " thread" : " threads"),
                some.stream().map(line -> {
                    Spread value = values.apply(line);
                    return new Lines.Point(line.workers(), value.median(), value.low(), value.high());
                }).toList()));
    }

    /** Says which points tell of the machine, for they have less than a core for each worker. */
    private Lines shared(Lines lines, Function<Line, Double> value) {
        List<Line> some = summary.lines().stream()
                .filter(line -> summary.oversubscribed().contains(line.setting())).toList();
        return some.isEmpty() ? lines : lines.crosses("shared cores", some.stream().map(Line::workers).toList(),
                some.stream().map(value).toList());
    }

    /** @param marked whether to show where the laws lead to, if that is not far from what was measured */
    private void fitted(Lines lines, Function<DoubleUnaryOperator, DoubleUnaryOperator> shown, boolean marked) {
        for (Fit fit : report.fits()) {
            // Against the measured base, as the dots are.
            DoubleUnaryOperator relative = q -> fit.rate().applyAsDouble(q) * base.seconds().median();
            // The long name leaves no room for others.
            lines(lines, fit.law().startsWith("Universal") ? "USL" : fit.law(), shown.apply(relative), false);
            if (marked && fit.limit().orElse(Double.MAX_VALUE) <= NEAR * most) {
                double limit = fit.limit().getAsDouble() * relative.applyAsDouble(1);
                lines.limit(String.format(Locale.ROOT, "1/s = %.1f", fit.limit().getAsDouble()), 1, most, limit);
            }
            if (marked && fit.peak().orElse(Double.MAX_VALUE) <= NEAR * most) {
                double peak = fit.peak().getAsDouble();
                lines.mark(String.format(Locale.ROOT, "peak at %.0f", peak * base.setting().workers()), peak,
                        relative.applyAsDouble(peak));
            }
        }
    }

    private Lines lines(Lines lines, String label, DoubleUnaryOperator curve, boolean dashed) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int i = 0; i <= STEPS; i++) {
            double q = Math.pow(most, (double) i / STEPS);
            x.add(q);
            y.add(curve.applyAsDouble(q));
        }
        return lines.line(label, x, y, dashed);
    }
}
