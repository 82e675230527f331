package ghostrow.data.picture;

import java.util.Locale;
import java.util.Map;

/**
 * How a terminal can show a picture, from what its environment says of it, and the picture as its characters.
 */
public enum TerminalPreview {
    /** Two pixels a character: the upper half block in one colour on a background of the other. */
    TRUE_COLOUR, COLOURS_256,
    /** One pixel a character, from blank to dense. */
    ASCII;

    private static final int COLUMNS = 72;
    private static final String SHADES = " .:-=+*#%@";
    private static final String RESET = "\u001B[0m";

    public static TerminalPreview of(Map<String, String> environment) {
        String locale = "";
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            if (locale.isEmpty()) {
                locale = environment.getOrDefault(name, "");
            }
        }
        String terminal = environment.getOrDefault("TERM", "");
        boolean unicode = locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
        if (!unicode || terminal.isEmpty() || terminal.equals("dumb")
                || !environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return ASCII;
        }
        String colours = environment.getOrDefault("COLORTERM", "");
        if (colours.equals("truecolor") || colours.equals("24bit")) {
            return TRUE_COLOUR;
        }
        return terminal.contains("256color") ? COLOURS_256 : ASCII;
    }

    /** How many cells on its longer side a picture should be reduced to. */
    int cells() {
        return COLUMNS;
    }

    String render(Raster raster, Palette palette, double low, double high) {
        StringBuilder out = new StringBuilder();
        // A character is about twice as high as wide, so it stands for two rows.
        for (int y = 0; y < raster.height(); y += 2) {
            for (int x = 0; x < raster.width(); x++) {
                double upper = raster.cells()[y * raster.width() + x];
                double lower = raster.cells()[Math.min(y + 1, raster.height() - 1) * raster.width() + x];
                switch (this) {
                    case ASCII -> out.append(shade((upper + lower) / 2, low, high));
                    case TRUE_COLOUR -> out.append(String.format("\u001B[38;2;%sm\u001B[48;2;%sm\u2580",
                            channels(palette.rgb(upper, low, high)),
                            channels(palette.rgb(lower, low, high))));
                    case COLOURS_256 -> out.append(String.format("\u001B[38;5;%dm\u001B[48;5;%dm\u2580",
                            cube(palette.rgb(upper, low, high)), cube(palette.rgb(lower, low, high))));
                }
            }
            out.append(this == ASCII ? "\n" : RESET + "\n");
        }
        return out.append(String.format(Locale.ROOT, "%.4g to %.4g%n", low, high)).toString();
    }

    private static char shade(double value, double low, double high) {
        if (Double.isNaN(value)) {
            return '?';
        }
        double part = high > low ? Math.clamp((value - low) / (high - low), 0, 1) : 0;
        return SHADES.charAt((int) Math.min(SHADES.length() - 1, part * SHADES.length()));
    }

    private static String channels(int rgb) {
        return (rgb >> 16) + ";" + (rgb >> 8 & 0xFF) + ";" + (rgb & 0xFF);
    }

    /** The nearest of the 216 colours that are a cube of six steps a side. */
    private static int cube(int rgb) {
        return 16 + 36 * step(rgb >> 16) + 6 * step(rgb >> 8 & 0xFF) + step(rgb & 0xFF);
    }

    private static int step(int channel) {
        return channel < 48 ? 0 : channel < 115 ? 1 : (channel - 35) / 40;
    }
}
