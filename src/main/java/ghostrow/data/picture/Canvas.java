package ghostrow.data.picture;

import java.util.Arrays;

/** Pixels to draw on, as 0xRRGGBB, row by row from the top. */
final class Canvas {
    final int width;
    final int height;
    final int[] pixels;

    Canvas(int width, int height, int background) {
        this.width = width;
        this.height = height;
        this.pixels = new int[Math.multiplyExact(width, height)];
        Arrays.fill(pixels, background);
    }

    void fill(int left, int top, int w, int h, int rgb) {
        for (int y = Math.max(0, top); y < Math.min(height, top + h); y++) {
            Arrays.fill(pixels, y * width + Math.clamp(left, 0, width),
                    y * width + Math.clamp(left + w, 0, width), rgb);
        }
    }

    /** A line of one pixel around a rectangle, outside of it. */
    void frame(int left, int top, int w, int h, int rgb) {
        fill(left - 1, top - 1, w + 2, 1, rgb);
        fill(left - 1, top + h, w + 2, 1, rgb);
        fill(left - 1, top, 1, h, rgb);
        fill(left + w, top, 1, h, rgb);
    }

    /** Writes text whose capitals have their upper left corner at a point. */
    void text(Font font, String text, int left, int top, int scale, int rgb) {
        for (int i = 0; i < text.length(); i++) {
            boolean[][] dots = font.dots(text.charAt(i));
            for (int y = 0; y < Font.HEIGHT; y++) {
                for (int x = 0; x < Font.WIDTH; x++) {
                    if (dots[y][x]) {
                        fill(left + (i * Font.ADVANCE + x) * scale, top + y * scale, scale, scale, rgb);
                    }
                }
            }
        }
    }
}
