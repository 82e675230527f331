package ghostrow.study.scale;

import ghostrow.data.InputException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Latencies and bandwidths as data sheets write them. */
final class Units {
    private static final Pattern QUANTITY = Pattern.compile("([0-9.]+(?:[eE][-+]?[0-9]+)?)\\s*([A-Za-z/]+)");
    private static final Map<String, Double> SECONDS = Map.of("s", 1.0, "ms", 1e-3, "us", 1e-6, "ns", 1e-9);
    private static final Map<String, Double> BYTES = Map.of("MB/s", 1e6, "GB/s", 1e9, "MiB/s", 0x1p20, "GiB/s", 0x1p30,
            "Mbit/s", 1e6 / 8, "Gbit/s", 1e9 / 8);

    private static final Map<String, Double> SIZES = Map.of("B", 1.0, "KiB", 0x1p10, "MiB", 0x1p20, "GiB", 0x1p30);

    private Units() {
    }

    static double seconds(String option, String text) {
        return parse(option, text, SECONDS, "1.5us; there are s, ms, us, ns");
    }

    static double bytesPerSecond(String option, String text) {
        return parse(option, text, BYTES, "12GB/s; there are MB/s, GB/s, MiB/s, GiB/s, Mbit/s, Gbit/s");
    }

    static double bytes(String option, String text) {
        return text.equals("never") ? Double.POSITIVE_INFINITY : parse(option, text, SIZES,
                "64KiB, or never; there are B, KiB, MiB, GiB");
    }

    private static double parse(String option, String text, Map<String, Double> units, String expected) {
        Matcher quantity = QUANTITY.matcher(text.strip());
        if (quantity.matches() && units.containsKey(quantity.group(2))) {
            try {
                double value = Double.parseDouble(quantity.group(1)) * units.get(quantity.group(2));
                if (value > 0 && Double.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // Refused below, like everything else that is no quantity.
            }
        }
        throw new InputException(option + ": found '" + text + "'; expected a number above 0 with its unit, such as "
                + expected);
    }

    /** Three digits and the unit that suits them. */
    static String time(double seconds) {
        return seconds < 1e-6 ? show(seconds * 1e9, "ns") : seconds < 1e-3 ? show(seconds * 1e6, "us")
                : seconds < 1 ? show(seconds * 1e3, "ms") : show(seconds, "s");
    }

    static String bandwidth(double bytesPerSecond) {
        return bytesPerSecond < 1e9 ? show(bytesPerSecond / 1e6, "MB/s") : show(bytesPerSecond / 1e9, "GB/s");
    }

    private static String show(double value, String unit) {
        return String.format(Locale.ROOT, value < 9.995 ? "%.2f %s" : value < 99.95 ? "%.1f %s" : "%.0f %s", value, unit);
    }
}
