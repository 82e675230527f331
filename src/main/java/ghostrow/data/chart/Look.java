package ghostrow.data.chart;

import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** How all charts look: dark on white, so that they print, in colours that the colour-blind can tell apart. */
final class Look {
    static final int WIDTH = 560;
    static final int HEIGHT = 360;
    static final Color FAINT = new Color(0x808080);
    /** Okabe and Ito's. */
    static final Color[] COLORS = {new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73),
        new Color(0xCC79A7), new Color(0xE69F00), new Color(0x56B4E9)};

    private static final Color GRID = new Color(0xE4E4E4);
    static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    private Look() {
    }

    static void apply(AxesChartStyler style) {
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setPlotBorderVisible(false);
        style.setPlotGridLinesColor(GRID);
        style.setPlotGridVerticalLinesVisible(false);
        style.setChartTitleFont(TEXT.deriveFont(Font.BOLD, 14f));
        style.setAxisTitleFont(TEXT);
        style.setAxisTickLabelsFont(TEXT);
        style.setLegendFont(TEXT);
        style.setLegendPosition(Styler.LegendPosition.OutsideS);
        style.setLegendLayout(Styler.LegendLayout.Horizontal);
        style.setLegendBorderColor(Color.WHITE);
        // Six entries fit into one row, the only one there is.
        style.setLegendSeriesLineLength(14);
        style.setLegendPadding(6);
        style.setMarkerSize(8);
        style.setToolTipsEnabled(false);
        style.setLocale(java.util.Locale.ROOT);
    }
}
