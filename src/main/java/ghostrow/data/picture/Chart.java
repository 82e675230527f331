package ghostrow.data.picture;

import java.util.List;

/**
 * A field as a picture that explains itself:
 *
 * <pre>
 *         title
 *      +---------+  high +-+
 *   y -|  field  |       | |
 *      |         |       | |
 *      +---------+   low +-+
 *        '  x  '
 * </pre>
 */
final class Chart {
    /** Where the outer cells of the field lie in space, by their centres. */
    record Extent(double left, double right, double bottom, double top) {
    }

    private static final int PAPER = 0xFFFFFF;
    private static final int INK = 0x202020;
    private static final int SCALE = 2;
    private static final int LETTER = Font.ADVANCE * SCALE;
    private static final int LINE = Font.ASCENT * SCALE;
    private static final int TICK = 6;
    private static final int GAP = 8;
    private static final int MARGIN = 20;
    private static final int BAR = 24;
    /** Smaller fields are enlarged to this, and thin ones are thickened to the other. */
    private static final int LEAST_SIDE = 400;
    private static final int LEAST_THICKNESS = 32;

    private final Font font;
    private final Palette palette;
    private final Extent extent;
    private final double low;
    private final double high;
    private final Ticks bar;

    Chart(Palette palette, Extent extent, double low, double high) {
        this.font = Font.load();
        this.palette = palette;
        this.extent = extent;
        this.low = low;
        this.high = high;
        this.bar = Ticks.between(low, high, 9);
    }

    Canvas draw(Raster raster, String title) {
        int enlarge = Math.max(1, (LEAST_SIDE + Math.max(raster.width(), raster.height()) - 1)
                / Math.max(raster.width(), raster.height()));
        int enlargeX = Math.max(enlarge, (LEAST_THICKNESS + raster.width() - 1) / raster.width());
        int enlargeY = Math.max(enlarge, (LEAST_THICKNESS + raster.height() - 1) / raster.height());
        int w = raster.width() * enlargeX;
        int h = raster.height() * enlargeY;
        Ticks x = Ticks.between(extent.left(), extent.right(), Math.clamp(w / 90, 2, 9));
        Ticks y = Ticks.between(extent.bottom(), extent.top(), Math.clamp(h / 50, 2, 9));

        int left = MARGIN + Math.max(widest(y), 2 * LETTER) + GAP + TICK;
        int top = MARGIN + LINE + MARGIN;
        boolean withBar = palette != Palette.ORIGINAL;
        int barLeft = left + w + MARGIN;
        int right = withBar ? barLeft + BAR + TICK + GAP + widest(bar) + MARGIN : left + w + MARGIN;
        right = Math.max(right, MARGIN + Font.width(title, SCALE) + MARGIN);
        int bottom = top + h + TICK + GAP + LINE + MARGIN;
        Canvas canvas = new Canvas(right, bottom, PAPER);

        int titleLeft = Math.max(MARGIN, left + (w - Font.width(title, SCALE)) / 2);
        canvas.text(font, title, titleLeft, MARGIN, SCALE, INK);
        for (int row = 0; row < h; row++) {
            for (int column = 0; column < w; column++) {
                double value = raster.cells()[row / enlargeY * raster.width() + column / enlargeX];
                canvas.pixels[(top + row) * canvas.width + left + column] = palette.rgb(value, low, high);
            }
        }
        canvas.frame(left, top, w, h, INK);
        for (double value : x.values()) {
            int at = left + place(value, extent.left(), extent.right(), raster.width(), w);
            canvas.fill(at, top + h + 1, 1, TICK, INK);
            String label = x.label(value);
            int start = Math.clamp(at - Font.width(label, SCALE) / 2, 0,
                    canvas.width - Font.width(label, SCALE));
            canvas.text(font, label, start, top + h + TICK + GAP, SCALE, INK);
        }
        for (double value : y.values()) {
            int at = top + h - 1 - place(value, extent.bottom(), extent.top(), raster.height(), h);
            canvas.fill(left - 1 - TICK, at, TICK, 1, INK);
            String label = y.label(value);
            canvas.text(font, label, left - TICK - GAP - Font.width(label, SCALE), at - LINE / 2, SCALE, INK);
        }
        if (withBar) {
            drawBar(canvas, barLeft, top, h);
        }
        return canvas;
    }

    private void drawBar(Canvas canvas, int left, int top, int h) {
        for (int row = 0; row < h; row++) {
            double value = high - (high - low) * row / Math.max(1, h - 1);
            canvas.fill(left, top + row, BAR, 1, palette.rgb(value, low, high));
        }
        canvas.frame(left, top, BAR, h, INK);
        int last = Integer.MAX_VALUE;
        for (double value : bar.values()) {
            int at = top + h - 1 - (int) Math.round((value - low) / (high - low) * (h - 1));
            if (last - at < LINE + GAP) {
                continue;
            }
            last = at;
            canvas.fill(left + BAR + 1, at, TICK, 1, INK);
            canvas.text(font, bar.label(value), left + BAR + TICK + GAP, at - LINE / 2, SCALE, INK);
        }
    }

    /** The pixel of a point on an axis whose outer cells, seen whole, end where the picture ends. */
    private static int place(double value, double first, double last, int cells, int pixels) {
        double cell = cells > 1 ? (last - first) / (cells - 1) : 1;
        return Math.clamp(Math.round((value - first + cell / 2) / (cell * cells) * pixels), 0, pixels - 1);
    }

    private static int widest(Ticks ticks) {
        List<Double> values = ticks.values();
        return values.stream().mapToInt(value -> Font.width(ticks.label(value), SCALE)).max().orElse(0);
    }
}
