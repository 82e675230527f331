package ghostrow.profile;

import java.util.Locale;

/** Figures as people read them. */
final class Units {
    private Units() {
    }

    static String seconds(double seconds) {
        double size = Math.abs(seconds);
        return size >= 100 ? format("%.0f s", seconds) : size >= 1 ? format("%.3g s", seconds)
                : size >= 1e-3 ? format("%.3g ms", seconds * 1e3) : size >= 1e-6 ? format("%.3g us", seconds * 1e6)
                : size == 0 ? "0 s" : format("%.0f ns", seconds * 1e9);
    }

    static String bytes(double bytes) {
        return bytes >= 1e9 ? format("%.3g GB", bytes / 1e9) : bytes >= 1e6 ? format("%.3g MB", bytes / 1e6)
                : bytes >= 1e3 ? format("%.3g kB", bytes / 1e3) : format("%.0f B", bytes);
    }

    static String percent(double share) {
        return share >= 0.1 ? format("%.0f %%", share * 100) : format("%.1f %%", share * 100);
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
