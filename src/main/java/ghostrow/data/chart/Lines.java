package ghostrow.data.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A chart of values over a number, such as the number of workers: measured dots, and lines beside them. */
public final class Lines {
    private static final double OVERHANG = 0.1;

    private final String name;
    private final XYChart chart;
    /** What is drawn of a value, on each axis. */
    private DoubleUnaryOperator across = x -> x;
    private DoubleUnaryOperator up = y -> y;
    private boolean wholeUpwards;
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

    /** Only whole numbers across are labelled: there are no halves of what is counted. */
    public Lines wholeAcross() {
        chart.getStyler().setxAxisTickLabelsFormattingFunction(Lines::whole);
        return this;
    }

    /** Every doubling across is as long, and labelled: for numbers of workers. To be said before anything is drawn. */
    public Lines doublingAcross() {
        across = Lines::log2;
        chart.getStyler().setxAxisTickLabelsFormattingFunction(Lines::power);
        return this;
    }

    /** Every doubling upwards is as long, and labelled. To be said before anything is drawn. */
    public Lines doublingUpwards() {
        up = Lines::log2;
        wholeUpwards = true;
        chart.getStyler().setyAxisTickLabelsFormattingFunction(Lines::power);
        chart.getStyler().setYAxisMin(null);
        return this;
    }

    /** For sizes in bytes, of which every doubling is as long. To be said before anything is drawn. */
    public Lines bytesAcross() {
        across = Lines::log2;
        chart.getStyler().setxAxisTickLabelsFormattingFunction(Lines::bytes);
        return this;
    }

    /** Every decade upwards is as long, and labelled, and nothing between. To be said before anything is drawn. */
    public Lines decadesUpwards() {
        up = y -> y > 0 ? Math.log10(y) : Double.NaN;
        wholeUpwards = true;
        chart.getStyler().setyAxisTickLabelsFormattingFunction(Lines::decade);
        chart.getStyler().setYAxisMin(null);
        return this;
    }

    private static String decade(double exponent) {
        return whole(exponent).isEmpty() ? ""
                : BigDecimal.ONE.scaleByPowerOfTen((int) Math.rint(exponent)).toPlainString();
    }

    private static String bytes(double exponent) {
        int power = (int) Math.rint(exponent);
        return whole(exponent).isEmpty() || power < 0 ? "" : (1L << power % 10) + List.of(" B", " KiB", " MiB", " GiB")
                .get(Math.min(power / 10, 3));
    }

    /** What has no place on such an axis is not drawn. */
    private static double log2(double value) {
        return value > 0 ? Math.log(value) / Math.log(2) : Double.NaN;
    }

    /** Only whole powers are labelled: there is no room for more, and others say nothing at a glance. */
    private static String power(double exponent) {
        BigDecimal power = new BigDecimal(Math.pow(2, Math.rint(exponent)));
        return whole(exponent).isEmpty() ? ""
                : (exponent < 0 ? power.round(new MathContext(3)) : power).toPlainString();
    }

    private static String whole(double value) {
        return Math.abs(value - Math.rint(value)) > 1e-6 ? "" : Long.toString(Math.round(value));
    }

    private XYSeries add(String label, List<Double> x, List<Double> y) {
        return chart.addSeries(label, x.stream().map(across::applyAsDouble).toList(),
                y.stream().map(up::applyAsDouble).toList());
    }

    /** Dots that belong to no line. */
    public Lines dots(String label, List<Double> x, List<Double> y) {
        Color color = Look.COLORS[colors++ % Look.COLORS.length];
        XYSeries series = add(label, x, y);
        series.setLineStyle(SeriesLines.NONE);
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color).setLineColor(color);
        return this;
    }

    /** Dots in the background, to compare others with. */
    public Lines faintDots(String label, List<Double> x, List<Double> y) {
        XYSeries series = add(label, x, y);
        series.setLineStyle(SeriesLines.NONE);
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(Look.FAINT).setLineColor(Look.FAINT);
        return this;
    }

    /** Crosses over dots that mean something else than the others. */
    public Lines crosses(String label, List<Double> x, List<Double> y) {
        XYSeries series = add(label, x, y);
        series.setLineStyle(SeriesLines.NONE);
        series.setMarker(SeriesMarkers.CROSS).setMarkerColor(Color.BLACK).setLineColor(Color.BLACK);
        return this;
    }

    /** Measured values with their range: a dot and a line between them, with a bar from low to high. */
    public Lines measured(String label, List<Point> points) {
        Color color = Look.COLORS[colors++ % Look.COLORS.length];
        XYSeries series = add(label, points.stream().map(Point::x).toList(),
                points.stream().map(Point::y).toList());
        series.setLineStyle(new BasicStroke(1.6f));
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color).setLineColor(color);
        for (Point point : points) {
            XYSeries range = add(label + " range at " + point.x + " " + point.y,
                    List.of(point.x, point.x), List.of(point.low, point.high));
            range.setMarker(SeriesMarkers.NONE).setLineColor(color).setLineWidth(4f).setShowInLegend(false);
            range.setLineStyle(new BasicStroke(4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        }
        return this;
    }

    /** A place worth a look, in the colour of the line that was drawn last. */
    public Lines mark(String label, double x, double y) {
        Color color = Look.COLORS[(colors - 1) % Look.COLORS.length];
        XYSeries series = add(label, List.of(x), List.of(y));
        series.setLineStyle(SeriesLines.NONE);
        series.setMarker(SeriesMarkers.DIAMOND).setMarkerColor(color).setLineColor(color);
        return this;
    }

    /** A height that nothing exceeds, in the colour of the line that was drawn last. */
    public Lines limit(String label, double from, double to, double y) {
        XYSeries series = add(label, List.of(from, to), List.of(y, y));
        series.setMarker(SeriesMarkers.NONE).setLineColor(Look.COLORS[(colors - 1) % Look.COLORS.length]);
        series.setLineStyle(dashed(1.2f));
        return this;
    }

    /** A place across that is worth knowing, from one height to another. */
    public Lines upright(String label, double x, double from, double to) {
        XYSeries series = add(label, List.of(x, x), List.of(from, to));
        series.setMarker(SeriesMarkers.NONE).setLineColor(Look.COLORS[++colors % Look.COLORS.length]);
        series.setLineStyle(dashed(1.6f));
        return this;
    }

    /** What is expected, fitted or ideal: a line without dots. */
    public Lines line(String label, List<Double> x, List<Double> y, boolean dashed) {
        Color color = dashed ? Look.FAINT : Look.COLORS[colors++ % Look.COLORS.length];
        XYSeries series = add(label, x, y);
        series.setMarker(SeriesMarkers.NONE).setLineColor(color);
        series.setLineStyle(dashed ? dashed(1.2f) : new BasicStroke(1.6f));
        return this;
    }

    private static BasicStroke dashed(float width) {
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {5f, 4f}, 0f);
    }

    public Picture picture() {
        // Whole powers at both ends, so two labels at least; what hangs over by a little needs no other power.
        if (wholeUpwards) {
            chart.getStyler().setYAxisMin(Math.floor(ends(XYSeries::getYMin).min().orElseThrow() + OVERHANG));
            chart.getStyler().setYAxisMax(Math.ceil(ends(XYSeries::getYMax).max().orElseThrow() - OVERHANG));
        }
        return new Picture(name, chart);
    }

    private DoubleStream ends(ToDoubleFunction<XYSeries> end) {
        return chart.getSeriesMap().values().stream().mapToDouble(end);
    }

    /** One measured place: its middle value and its range. */
    public record Point(double x, double y, double low, double high) {
    }
}
