package ghostrow.app.diffusion;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as C++ streams print them, so that outputs can be compared: six digits, rounded from the exact value. */
final class SixDigits {
    private static final double MOST = 1e6;
    private static final double LEAST = 1e-4;
    /** Scaled by a power of ten, a number of six digits is off by far less than this. */
    private static final double NEARLY_HALF = 1e-6;

    private SixDigits() {
    }

    static String of(double value) {
        if (value == 0) {
            return "0";
        }
        if (value >= LEAST && value < MOST) {
            int decimals = 0;
            double power = 1;
            while (value * power < MOST / 10) {
                power *= 10;
                decimals++;
            }
            double scaled = value * power;
            if (Math.abs(scaled - Math.floor(scaled) - 0.5) > NEARLY_HALF) {
                return plain(Long.toString(Math.round(scaled)), decimals);
            }
        }
        // Always right; but BigDecimal computes tables when it is first used, for longer than a small run's report.
        return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
    }

    private static String plain(String digits, int decimals) {
        if (decimals == 0) {
            return digits;
        }
        String padded = "0".repeat(Math.max(0, decimals + 1 - digits.length())) + digits;
        int end = padded.length();
        while (end > padded.length() - decimals && padded.charAt(end - 1) == '0') {
            end--;
        }
        int point = padded.length() - decimals;
        return end == point ? padded.substring(0, point) : padded.substring(0, point) + '.'
                + padded.substring(point, end);
    }
}
