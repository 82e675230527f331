package ghostrow.app.mandelbrot;

import ghostrow.data.InputException;
import ghostrow.kernel.Plane;

/**
 * The part of the plane that a picture shows, and its points.
 *
 * @param dx from column to column
 * @param dy from row to row; negative, since the first row is the topmost
 */
record View(Plane plane, double dx, double dy) {
    /** Far more than anybody's disk could hold, and few enough that coordinates fit into memory. */
    private static final int MOST_POINTS = 1 << 24;
    private static final double[] WHOLE = {Plane.LEFT, Plane.RIGHT, Plane.BOTTOM, Plane.TOP};

    /** The published picture, of W/2 x W/2 points and now and then one more. */
    static View published(int width) {
        if (width < 1 || width > 2 * MOST_POINTS) {
            throw new InputException("W " + width + ": between 1 and " + 2 * MOST_POINTS + " are possible");
        }
        return new View(Plane.whole(width), (WHOLE[1] - WHOLE[0]) / width * 2, (WHOLE[2] - WHOLE[3]) / width * 2);
    }

    /**
     * A point in the middle of each pixel.
     *
     * @param pixels as 1920x1080
     * @param region as x1,x2,y1,y2; null for the whole set
     */
    static View of(String pixels, String region) {
        double[] edges = region == null ? WHOLE : edges(region);
        String[] sides = pixels.split("x", -1);
        if (sides.length != 2) {
            throw badPixels(pixels);
        }
        int width = side(sides[0], pixels);
        int height = side(sides[1], pixels);
        double dx = (edges[1] - edges[0]) / width;
        double dy = (edges[2] - edges[3]) / height;
        return new View(new Plane(middles(edges[0], dx, width), middles(edges[3], dy, height)), dx, dy);
    }

    private static double[] middles(double start, double step, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = start + (i + 0.5) * step;
        }
        return values;
    }

    private static int side(String text, String pixels) {
        try {
            int side = Integer.parseInt(text);
            if (side >= 1 && side <= MOST_POINTS) {
                return side;
            }
        } catch (NumberFormatException e) {
            // Refused below, with what is possible.
        }
        throw badPixels(pixels);
    }

    private static InputException badPixels(String pixels) {
        return new InputException("--pixels " + pixels + ": expected WIDTHxHEIGHT, such as 1920x1080, each from 1 to "
                + MOST_POINTS);
    }

    private static double[] edges(String region) {
        String[] words = region.split(",", -1);
        double[] edges = new double[WHOLE.length];
        boolean sound = words.length == WHOLE.length;
        try {
            for (int i = 0; sound && i < edges.length; i++) {
                edges[i] = Double.parseDouble(words[i]);
                sound = Double.isFinite(edges[i]);
            }
        } catch (NumberFormatException e) {
            sound = false;
        }
        if (!sound || !(edges[0] < edges[1] && edges[2] < edges[3])) {
            throw new InputException("--region " + region + ": expected x1,x2,y1,y2 with x1 < x2 and y1 < y2, such as "
                    + "-2.13,0.77,-1.3,1.3");
        }
        return edges;
    }

    int width() {
        return plane.x().length;
    }

    int height() {
        return plane.y().length;
    }
}
