package ghostrow.study.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A chart of values over a number, such as the number of workers: measured dots, and lines beside them. */
public final class Lines {
    private final String name;
    private final XYChart chart;
    private int colors;

    public Lines(String name, String title, String across, String up) {
        this.name = name;
        this.chart = new XYChartBuilder().width(Look.WIDTH).height(Look.HEIGHT).title(title)
                .xAxisTitle(across).yAxisTitle(up).build();
        Look.apply(chart.getStyler());
        chart.getStyler().setYAxisMin(0.0);
    }

    /** For numbers that span decades. */
    public Lines logarithmic() {
        chart.getStyler().setXAxisLogarithmic(true);
        return this;
    }

    /** For values that span decades too. */
    public Lines logarithmicUpwards() {
        chart.getStyler().setYAxisLogarithmic(true).setYAxisMin(null);
        return this;
    }

    /** Dots that belong to no line. */
    public Lines dots(String label, List<Double> x, List<Double> y) {
        Color color = Look.COLORS[colors++ % Look.COLORS.length];
        XYSeries series = chart.addSeries(label, x, y);
        series.setLineStyle(SeriesLines.NONE);
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color).setLineColor(color);
        return this;
    }

    /** Measured values with their range: a dot and a line between them, with a bar from low to high. */
    public Lines measured(String label, List<Point> points) {
        Color color = Look.COLORS[colors++ % Look.COLORS.length];
        XYSeries series = chart.addSeries(label, points.stream().map(Point::x).toList(),
                points.stream().map(Point::y).toList());
        series.setLineStyle(new BasicStroke(1.6f));
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color).setLineColor(color);
        for (Point point : points) {
            XYSeries range = chart.addSeries(label + " range at " + point.x + " " + point.y,
                    List.of(point.x, point.x), List.of(point.low, point.high));
            range.setMarker(SeriesMarkers.NONE).setLineColor(color).setLineWidth(4f).setShowInLegend(false);
            range.setLineStyle(new BasicStroke(4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        }
        return this;
    }

    /** What is expected, fitted or ideal: a line without dots. */
    public Lines line(String label, List<Double> x, List<Double> y, boolean dashed) {
        Color color = dashed ? Look.FAINT : Look.COLORS[colors++ % Look.COLORS.length];
        XYSeries series = chart.addSeries(label, x, y);
        series.setMarker(SeriesMarkers.NONE).setLineColor(color);
        series.setLineStyle(dashed
                ? new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {5f, 4f}, 0f)
                : new BasicStroke(1.6f));
        return this;
    }

    public Picture picture() {
        return new Picture(name, chart);
    }

    /** One measured place: its middle value and its range. */
    public record Point(double x, double y, double low, double high) {
    }
}
