package ghostrow.data.chart;

import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;

/** A chart of bars over names, each a stack of parts. */
public final class Bars {
    private final String name;
    private final CategoryChart chart;
    private final List<String> names;
    private int colors;

    public Bars(String name, String title, String across, String up, List<String> names) {
        this.name = name;
        this.names = List.copyOf(names);
        this.chart = new CategoryChartBuilder().width(Look.WIDTH).height(Look.HEIGHT).title(title)
                .xAxisTitle(across).yAxisTitle(up).build();
        Look.apply(chart.getStyler());
        chart.getStyler().setStacked(true);
        chart.getStyler().setAvailableSpaceFill(0.5);
    }

    /** One part of every bar, from the bottom up. */
    public Bars part(String label, List<Double> heights) {
        CategorySeries series = chart.addSeries(label, names, heights);
        series.setFillColor(Look.COLORS[colors++ % Look.COLORS.length]);
        return this;
    }

    /** For many names, or long ones. */
    public Bars slanted() {
        chart.getStyler().setXAxisLabelRotation(60);
        return this;
    }

    public Picture picture() {
        return new Picture(name, chart);
    }
}
