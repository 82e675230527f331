package ghostrow.study.ladder;

import ghostrow.data.chart.Lines;
import ghostrow.data.chart.LyingBars;
import ghostrow.data.chart.Picture;
import ghostrow.study.ladder.Findings.Line;
import java.util.ArrayList;
import java.util.List;

/** A ladder's charts: the seconds of its steps, and where there was a sweep, those over sizes of a piece. */
final class Charts {
    private static final String RUNGS = "rungs on one core";
    private static final String HELD_BACK = "the JVM held back";
    private static final String MANY = "all cores";
    private static final String DEVICE = "on a device";

    private Charts() {
    }

    static List<Picture> of(Report report) {
        List<Picture> charts = new ArrayList<>();
        charts.add(ladder(report));
        report.pieces().ifPresent(pieces -> charts.add(pieces(pieces, report.problem())));
        return charts;
    }

    private static Picture ladder(Report report) {
        LyingBars bars = new LyingBars("ladder", "The ladder of " + report.problem().title(), "seconds",
                List.of(RUNGS, HELD_BACK, MANY, DEVICE));
        for (Line line : report.findings().lines()) {
            bars.bar(line.step().name(), kind(line.step()), line.seconds(),
                    Figures.seconds(line.seconds(), line.timed().scaled()) + " s");
        }
        return bars.picture();
    }

    private static String kind(Step step) {
        if (step.onDevice()) {
            return DEVICE;
        }
        return step.fullStrength() ? RUNGS : step.mode().javaOptions().isEmpty() ? MANY : HELD_BACK;
    }

    private static Picture pieces(Pieces pieces, Problem problem) {
        List<Lines.Point> points = pieces.seconds().entrySet().stream().map(entry -> new Lines.Point(entry.getKey(),
                entry.getValue().median(), entry.getValue().low(), entry.getValue().high())).toList();
        double high = points.stream().mapToDouble(Lines.Point::high).max().orElseThrow();
        Lines lines = new Lines("pieces", "Time against the size of a piece: " + problem.size(pieces.run()),
                "points of a piece", "seconds").doublingAcross();
        lines.measured(Sweep.RUNG, points);
        for (Pieces.Full full : pieces.caches()) {
            // Those that even the whole does not fill would only squeeze the others.
            if (full.points() <= 2.0 * pieces.seconds().lastKey()) {
                lines.upright(full.cache() + " full", full.points(), 0, high);
            }
        }
        return lines.picture();
    }
}
