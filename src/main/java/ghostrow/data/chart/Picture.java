package ghostrow.data.chart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.internal.chartpart.Chart;

/** A chart that is drawn and can be kept, in either form. */
public final class Picture {
    private static final int DOTS_PER_INCH = 144;

    private final String name;
    private final Chart<?, ?> chart;

    Picture(String name, Chart<?, ?> chart) {
        this.name = name;
        this.chart = chart;
    }

    /** A word for file names, unlike those of other charts on a page. */
    public String name() {
        return name;
    }

    /** The {@code svg} element alone, ready to stand inside a page among others. */
    public String svg() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
        String text = bytes.toString(StandardCharsets.UTF_8);
        // The names of clips must differ from those of the page's other charts.
        return text.substring(text.indexOf("<svg"))
                .replace("id=\"", "id=\"" + name + "-")
                .replace("url(#", "url(#" + name + "-");
    }

    public void writePng(Path file) throws IOException {
        BitmapEncoder.saveBitmapWithDPI(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG, DOTS_PER_INCH);
    }
}
