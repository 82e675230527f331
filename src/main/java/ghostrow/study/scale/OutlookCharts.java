package ghostrow.study.scale;

import ghostrow.data.chart.Bars;
import ghostrow.data.chart.Lines;
import ghostrow.data.chart.Picture;
import ghostrow.study.scale.Check.Point;
import ghostrow.study.scale.predict.Cost;
import ghostrow.study.scale.predict.Forecast;
import ghostrow.study.scale.predict.Prediction;
import ghostrow.study.scale.predict.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A prediction's charts: speed-up, efficiency, where the time goes, and how near measured points lie. */
final class OutlookCharts {
    private final Outlook outlook;
    private final Forecast forecast;
    private final List<Prediction> predictions;

    private OutlookCharts(Outlook outlook) {
        this.outlook = outlook;
        this.forecast = outlook.forecast();
        this.predictions = new ArrayList<>(List.of(forecast.base()));
        forecast.lines().stream().filter(line -> line.ranks() > 1).flatMap(line -> line.prediction().stream())
                .sorted((a, b) -> Integer.compare(a.ranks(), b.ranks())).forEach(predictions::add);
    }

    static List<Picture> of(Outlook outlook) {
        OutlookCharts charts = new OutlookCharts(outlook);
        List<Picture> pictures = new ArrayList<>(List.of(charts.speedUp(), charts.efficiency(), charts.costs()));
        if (!outlook.checkTable().isEmpty()) {
            pictures.add(charts.check());
        }
        return pictures;
    }

    private Picture speedUp() {
        Lines lines = new Lines("predicted-speed-up", "Speed-up", "ranks", "speed-up").logarithmic()
                .logarithmicUpwards();
        curves(lines, forecast::speedUp, forecast::stepSpeedUp);
        measured(lines, speedUp -> speedUp[1]);
        List<Double> ranks = predictions.stream().map(one -> (double) one.ranks()).toList();
        return lines.line("ideal", ranks, ranks, true).picture();
    }

    private Picture efficiency() {
        Lines lines = new Lines("predicted-efficiency", "Efficiency", "ranks", "efficiency").logarithmic();
        curves(lines, one -> forecast.speedUp(one) / one.ranks(), one -> forecast.stepSpeedUp(one) / one.ranks());
        measured(lines, speedUp -> speedUp[1] / speedUp[0]);
        List<Double> ranks = predictions.stream().map(one -> (double) one.ranks()).toList();
        return lines.line("ideal", ranks, ranks.stream().map(one -> 1.0).toList(), true).picture();
    }

    private void curves(Lines lines, ToDoubleFunction<Prediction> whole, ToDoubleFunction<Prediction> steps) {
        List<Double> ranks = predictions.stream().map(one -> (double) one.ranks()).toList();
        if (outlook.whole()) {
            lines.line("whole run", ranks, predictions.stream().mapToDouble(whole).boxed().toList(), false);
        }
        lines.line("without closing sum", ranks, predictions.stream().mapToDouble(steps).boxed().toList(), false);
    }

    /** Measured points of the very grid, against its run on one rank: measured, or else predicted. */
    private void measured(Lines lines, ToDoubleFunction<double[]> shown) {
        List<Point> own = outlook.check().map(Check::valid).orElse(List.of()).stream().filter(this::isOwn).toList();
        if (own.isEmpty()) {
            return;
        }
        double one = own.stream().filter(point -> point.prediction().ranks() == 1).mapToDouble(OutlookCharts::rate)
                .findFirst().orElse(forecast.base().problem().points() / forecast.base().loopSeconds());
        lines.dots("measured", own.stream().map(point -> (double) point.prediction().ranks()).toList(),
                own.stream().map(point -> shown.applyAsDouble(new double[] {point.prediction().ranks(),
                    rate(point) / one})).toList());
    }

    private static double rate(Point point) {
        return point.prediction().problem().points() / point.measured().seconds();
    }

    private boolean isOwn(Point point) {
        Problem measured = point.prediction().problem();
        Problem own = outlook.app().problem(point.prediction().ranks());
        return measured.rows() == own.rows() && measured.columns() == own.columns();
    }

    private Picture costs() {
        Bars bars = new Bars("predicted-costs", "Where the time goes", "ranks", "percent of the time",
                predictions.stream().map(one -> Integer.toString(one.ranks())).toList());
        part(bars, "kernel", Cost.KERNEL);
        part(bars, "extra rows", Cost.UNEVEN, Cost.REDUNDANT);
        part(bars, "latency", Cost.LATENCY);
        part(bars, "transfer", Cost.TRANSFER);
        part(bars, "snapshots", Cost.SNAPSHOTS);
        part(bars, "sums", Cost.AGREEMENT, Cost.SUM);
        return bars.slanted().picture();
    }

    private void part(Bars bars, String label, Cost... costs) {
        List<Double> parts = predictions.stream().map(one -> Arrays.stream(costs)
                .mapToDouble(cost -> 100 * one.costs().get(cost) / one.seconds()).sum()).toList();
        if (parts.stream().anyMatch(part -> part >= 0.5)) {
            bars.part(label, parts);
        }
    }

    private Picture check() {
        Lines lines = new Lines("predicted-check", "Stepping and exchanging: predicted against measured",
                "measured seconds", "predicted seconds").logarithmic().logarithmicUpwards();
        Check check = outlook.check().orElseThrow();
        dots(lines, "a core for each rank", check.valid());
        dots(lines, "oversubscribed", check.points().stream().filter(Point::oversubscribed).toList());
        double[] ends = check.points().stream().mapToDouble(point -> point.measured().seconds()).sorted().toArray();
        List<Double> diagonal = List.of(ends[0] / 1.5, ends[ends.length - 1] * 1.5);
        return lines.line("equal", diagonal, diagonal, true).picture();
    }

    private static void dots(Lines lines, String label, List<Point> points) {
        if (!points.isEmpty()) {
            lines.dots(label, points.stream().map(point -> point.measured().seconds()).toList(),
                    points.stream().map(point -> point.prediction().loopSeconds()).toList());
        }
    }
}
