package ghostrow.run;

import ghostrow.data.InputException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory and of data, as users write and read them. */
public final class ByteCount {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,19}(?:\\.\\d{1,19})?)\\s*([A-Za-z]*)");
    private static final Map<String, Long> UNITS = Map.of("", 1L, "B", 1L, "kB", 1_000L, "MB", 1_000_000L,
            "GB", 1_000_000_000L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    private ByteCount() {
    }

    /** What {@code 256MiB} means; refuses what means nothing, with the option's name. */
    public static long parse(String option, String text) {
        Matcher amount = AMOUNT.matcher(text.strip());
        Long unit = amount.matches() ? UNITS.get(amount.group(2)) : null;
        if (unit != null) {
            BigDecimal bytes = new BigDecimal(amount.group(1)).multiply(BigDecimal.valueOf(unit));
            if (bytes.signum() > 0 && bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                return bytes.longValue();
            }
        }
        throw new InputException(option + " " + text + ": expected bytes, such as 256MiB; units are KiB, MiB, GiB, "
                + "kB, MB, GB");
    }

    /** Three digits or more, in the unit of disks. */
    public static String show(double bytes) {
        return bytes >= 1e9 ? show(bytes / 1e9, "GB") : bytes >= 1e6 ? show(bytes / 1e6, "MB")
                : bytes >= 1e3 ? show(bytes / 1e3, "kB") : show(bytes, "B");
    }

    private static String show(double amount, String unit) {
        String digits = amount >= 100 || unit.equals("B") ? "%.0f %s" : amount >= 10 ? "%.1f %s" : "%.2f %s";
        return String.format(Locale.ROOT, digits, amount, unit);
    }
}
