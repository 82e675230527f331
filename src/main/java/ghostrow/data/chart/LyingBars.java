package ghostrow.data.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Bars that lie one below the other, each with its name: values over decades, so each decade across is as wide. */
public final class LyingBars {
    private static final int WIDTH = 760;
    private static final int ROW = 24;
    private static final int AROUND = 130;
    private static final float THICK = 13f;
    /** A little more than a row, so that there is a tick for each and none between. */
    private static final int TICKS = 30;
    /** About how wide, in dots: where bars lie, and their words. */
    private static final double PLOT = 520;
    private static final double GAP = 8;
    private static final double HALF_A_LETTER = 3.5;

    private final String name;
    private final String title;
    private final String across;
    private final List<String> kinds;
    private final List<Bar> bars = new ArrayList<>();

    private record Bar(String label, String kind, double value, String shown) {
    }

    /** @param kinds what the colours say, in their order */
    public LyingBars(String name, String title, String across, List<String> kinds) {
        this.name = name;
        this.title = title;
        this.across = across;
        this.kinds = List.copyOf(kinds);
    }

    /**
     * The next bar below.
     *
     * @param value above 0
     * @param shown the same in words, beside its end
     */
    public LyingBars bar(String label, String kind, double value, String shown) {
        bars.add(new Bar(label, kind, value, shown));
        return this;
    }

    public Picture picture() {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(AROUND + ROW * bars.size()).title(title)
                .xAxisTitle(across).build();
        Look.apply(chart.getStyler());
        double least = bars.stream().mapToDouble(Bar::value).min().orElse(1);
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        double left = Math.pow(10, Math.floor(Math.log10(least) - 0.1));
        // The longest bar's words need room as well.
        double right = Math.pow(10, Math.ceil(Math.log10(most) + 0.4));
        chart.getStyler().setXAxisDecimalPattern("0.######");
        chart.getStyler().setXAxisLogarithmic(true).setXAxisMin(left).setXAxisMax(right);
        chart.getStyler().setYAxisMin(0.4).setYAxisMax(bars.size() + 0.6);
        chart.getStyler().setYAxisTickMarkSpacingHint(TICKS).setyAxisTickLabelsFormattingFunction(this::label);
        chart.getStyler().setPlotGridVerticalLinesVisible(true).setPlotGridHorizontalLinesVisible(false);
        chart.getStyler().setAnnotationTextFont(Look.TEXT);
        for (int i = 0; i < bars.size(); i++) {
            draw(chart, bars.get(i), bars.size() - i, left, right);
        }
        return new Picture(name, chart);
    }

    private void draw(XYChart chart, Bar bar, double height, double left, double right) {
        Color color = Look.COLORS[kinds.indexOf(bar.kind) % Look.COLORS.length];
        XYSeries series = chart.addSeries(bar.label, List.of(left, bar.value), List.of(height, height));
        series.setLabel(bar.kind);
        series.setMarker(SeriesMarkers.NONE).setLineColor(color);
        series.setLineStyle(new BasicStroke(THICK, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        // A colour stands in the legend once.
        series.setShowInLegend(bars.stream().filter(other -> other.kind.equals(bar.kind)).findFirst().orElseThrow()
                == bar);
        // Words are centred on their place, which is on an axis of logarithms.
        double beside = (GAP + HALF_A_LETTER * bar.shown.length()) / PLOT;
        chart.addAnnotation(new AnnotationText(bar.shown, bar.value * Math.pow(right / left, beside), height, false));
    }

    /**
     * The tick at a whole height has the name of the bar that lies there. Others are blank, each in its own way, for
     * ticks with equal labels are not drawn.
     */
    private String label(double height) {
        int row = (int) Math.rint(height);
        return row < 1 ? " ".repeat(1 - row) : row > bars.size() ? " ".repeat(2 + row - bars.size())
                : bars.get(bars.size() - row).label;
    }
}
