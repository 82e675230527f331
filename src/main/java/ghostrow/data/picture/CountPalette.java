package ghostrow.data.picture;

import ghostrow.data.InputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleToIntFunction;
import java.util.stream.Collectors;

/** How escape counts become colours, as 0xRRGGBB. */
public enum CountPalette {
    /** Smooth in the logarithm of the count, so that the first few counts and the thousandth get room alike. */
    NIGHT {
        @Override
        int colour(double count) {
            double place = STEPS * Math.log1p(count);
            int below = (int) place;
            return Palette.mix(WHEEL[below % WHEEL.length], WHEEL[(below + 1) % WHEEL.length], place - below);
        }
    },

    /** The published colours, of whole counts. */
    ORIGINAL {
        @Override
        int colour(double count) {
            return Palette.ofCount((int) count);
        }
    };

    private static final int[] WHEEL = {0x030617, 0x0A1E55, 0x1C5FB8, 0x7CC6EE, 0xFDF8E1, 0xFFC043, 0xDE5B24, 0x5C1638};
    private static final double STEPS = 2.1;
    /** Between two counts there are so many shades, and up to a limit they are worked out once. */
    private static final int SHADES = 32;
    private static final int TABLE = SHADES << 11;
    private static final int INSIDE = 0;

    abstract int colour(double count);

    /** The colour of a count of at least 0, whole or something between one count and the next. */
    public DoubleToIntFunction colours() {
        int[] table = new int[TABLE];
        Arrays.setAll(table, i -> colour((double) i / SHADES));
        return count -> count * SHADES < TABLE ? table[(int) (count * SHADES)] : colour(count);
    }

    /** Whether it has something to say about what lies between two counts. */
    public boolean isSmooth() {
        return this == NIGHT;
    }

    /** The colour of a point that never escapes, whose count is 0 as is that of a point far outside. */
    public int inside() {
        return this == ORIGINAL ? Palette.ofCount(0) : INSIDE;
    }

    public static CountPalette named(String name) {
        for (CountPalette palette : values()) {
            if (palette.toString().equals(name)) {
                return palette;
            }
        }
        throw new InputException("--palette " + name + ": no such palette; there are "
                + Arrays.stream(values()).map(CountPalette::toString).collect(Collectors.joining(", ")));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
