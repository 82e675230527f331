package ghostrow.study.ladder;

import java.util.Locale;

/** Numbers as people want to see them: three digits, more only where they stand before the point. */
final class Figures {
    private Figures() {
    }

    /** @param scaled whether it was not measured as it is, but worked out from a smaller case */
    static String seconds(double value, boolean scaled) {
        return (scaled ? "~" : "") + three(value);
    }

    static String times(double ratio) {
        return ratio >= 100 ? String.format(Locale.ROOT, "%.0f", ratio)
                : String.format(Locale.ROOT, ratio >= 9.995 ? "%.1f" : "%.2f", ratio);
    }

    private static String three(double value) {
        int digits = value <= 0 ? 2 : Math.clamp(2 - (int) Math.floor(Math.log10(value)), 0, 6);
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
