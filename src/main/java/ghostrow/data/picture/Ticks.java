package ghostrow.data.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round numbers along an axis, 1, 2 or 5 times a power of ten apart, and how to write them. */
record Ticks(double step, List<Double> values) {

    /** At most {@code most} ticks from low to high. */
    static Ticks between(double low, double high, int most) {
        double span = high - low;
        if (!(span > 0) || !Double.isFinite(span)) {
            return new Ticks(1, List.of());
        }
        double step = Math.pow(10, Math.floor(Math.log10(span / most)));
        for (double factor : new double[] {1, 2, 5, 10, 20}) {
            if (Math.floor(high / (step * factor)) - Math.ceil(low / (step * factor)) + 1 <= most) {
                step *= factor;
                break;
            }
        }
        List<Double> values = new ArrayList<>();
        double first = Math.ceil(low / step - 1e-9);
        for (double n = first; n * step <= high + step * 1e-9 && values.size() < most; n++) {
            values.add(n * step + 0.0);
        }
        return new Ticks(step, values);
    }

    /** As many decimals as the step needs; powers of ten for the very large and small. */
    String label(double value) {
        double largest = values.stream().mapToDouble(Math::abs).max().orElse(Math.abs(value));
        if (value == 0) {
            return "0";
        }
        if (largest >= 1e5 || largest < 1e-3) {
            int digits = (int) Math.max(0, Math.floor(Math.log10(Math.abs(value)) + 1e-9)
                    - Math.floor(Math.log10(step) + 1e-9));
            return String.format(Locale.ROOT, "%." + Math.min(digits, 6) + "e", value)
                    .replaceFirst("e([+-])0", "e$1")
                    .replace("e+", "e");
        }
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
