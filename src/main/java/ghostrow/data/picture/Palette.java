package ghostrow.data.picture;

import ghostrow.data.InputException;
import java.util.Arrays;
import java.util.Locale;

/** How values become colours. */
public enum Palette {
    /** From dark blue to yellow, even for the eye and also for the colour-blind. */
    VIRIDIS(0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725),
    GREY(0x000000, 0xFFFFFF),
    /** The published colours of escape counts: grey in steps of 8 that overflow into the next colour. */
    ORIGINAL();

    /** So few that a GIF, which has 256 colours, can hold a palette and the letters beside it. */
    static final int SHADES = 240;
    private static final int NOT_A_NUMBER = 0xD81B60;

    private final int[] anchors;

    Palette(int... anchors) {
        this.anchors = anchors;
    }

    public static Palette named(String name) {
        for (Palette palette : values()) {
            if (palette.toString().equals(name)) {
                return palette;
            }
        }
        throw new InputException("--palette " + name + ": no such palette; there are "
                + String.join(", ", Arrays.stream(values()).map(Palette::toString).toList()));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The published formula, low 24 bits. */
    public static int ofCount(int count) {
        return (count + 256 * count + 65536 * count) * 8 & 0xFFFFFF;
    }

    /** The colour, as 0xRRGGBB, of a value in a range; outside values take the colour of the nearer end. */
    int rgb(double value, double low, double high) {
        if (Double.isNaN(value)) {
            return NOT_A_NUMBER;
        }
        if (this == ORIGINAL) {
            return ofCount((int) Math.round(value));
        }
        double part = high > low ? Math.clamp((value - low) / (high - low), 0, 1) : 0;
        double place = Math.rint(part * (SHADES - 1)) / (SHADES - 1) * (anchors.length - 1);
        int below = Math.min((int) place, anchors.length - 2);
        return mix(anchors[below], anchors[below + 1], place - below);
    }

    static int mix(int from, int to, double part) {
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double a = from >> shift & 0xFF;
            double b = to >> shift & 0xFF;
            rgb = rgb << 8 | (int) Math.round(a + (b - a) * part);
        }
        return rgb;
    }
}
