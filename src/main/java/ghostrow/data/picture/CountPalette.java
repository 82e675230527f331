package ghostrow.data.picture;

import ghostrow.data.InputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/** How escape counts become colours, as 0xRRGGBB. */
public enum CountPalette {
    /** Smooth in the logarithm of the count, so that the first few counts and the thousandth get room alike. */
    NIGHT {
        @Override
        int rgb(int count) {
            double place = TURNS * Math.log1p(count);
            int colour = (int) place;
            return Palette.mix(WHEEL[colour % WHEEL.length], WHEEL[(colour + 1) % WHEEL.length], place - colour);
        }
    },

    /** The published colours. */
    ORIGINAL {
        @Override
        int rgb(int count) {
            return Palette.ofCount(count);
        }
    };

    private static final int[] WHEEL = {0x050A30, 0x0B2A6F, 0x1F6FC4, 0x8FD3F4, 0xFFF6DC, 0xFFC24B, 0xE8662A, 0x7A1F3D};
    private static final double TURNS = 1.9;
    /** The colours of smaller counts are worked out once. */
    private static final int TABLE = 1 << 16;
    private static final int INSIDE = 0;

    abstract int rgb(int count);

    /** @param maxiter the counts stay below it */
    public IntUnaryOperator colours(int maxiter) {
        int[] table = new int[Math.min(maxiter, TABLE)];
        Arrays.setAll(table, this::rgb);
        return count -> count < table.length ? table[count] : rgb(count);
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
