package ghostrow.many;

import ghostrow.data.InputException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * One name and the values that it takes, one after the other.
 *
 * <pre>
 *   dx=0.4,0.2,0.1         these
 *   dx=0.1:0.2:0.02        0.1 0.12 0.14 0.16 0.18 0.2
 *   maxiter=100:1000:100   both ends are among them
 *   size=10:12,20          10 11 12 20
 * </pre>
 */
record Vary(String name, List<String> values) {
    private static final int MOST = 10_000_000;

    static Vary parse(String word) {
        int equals = word.indexOf('=');
        if (equals < 1) {
            throw new InputException("--vary " + word + ": expected NAME=value,value or NAME=from:to:step");
        }
        List<String> values = new ArrayList<>();
        for (String part : parts(word.substring(equals + 1))) {
            if (part.isBlank()) {
                throw new InputException("--vary " + word + ": a value is missing");
            }
            if (part.contains(":")) {
                addRange(word, part, values);
            } else {
                values.add(part.strip());
            }
        }
        return new Vary(word.substring(0, equals).strip(), List.copyOf(values));
    }

    /** Between commas that are in no brackets, for values may be formulas. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth <= 0) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** Decimal numbers, as they were typed: a tenth more than 0.1 is 0.2. */
    private static void addRange(String word, String range, List<String> values) {
        String[] ends = range.split(":", -1);
        if (ends.length > 3) {
            throw new InputException("--vary " + word + ": " + range + " is not from:to:step");
        }
        BigDecimal from = number(word, ends[0]);
        BigDecimal to = number(word, ends[1]);
        BigDecimal step = ends.length == 3 ? number(word, ends[2]) : BigDecimal.ONE;
        if (step.signum() == 0) {
            throw new InputException("--vary " + word + ": a step of 0 leads nowhere");
        }
        if (to.compareTo(from) * step.signum() < 0) {
            throw new InputException("--vary " + word + ": no value lies between " + from + " and " + to
                    + " by steps of " + step + (ends.length == 3 ? "; turn its sign" : "; swap the ends, or give a step below 0"));
        }
        BigDecimal steps = to.subtract(from).divide(step, 0, RoundingMode.DOWN);
        if (steps.compareTo(BigDecimal.valueOf(MOST)) >= 0) {
            throw new InputException("--vary " + word + ": " + steps.add(BigDecimal.ONE).toPlainString() + " values; at most "
                    + MOST + " are possible");
        }
        for (int i = 0; i <= steps.intValueExact(); i++) {
            values.add(from.add(step.multiply(BigDecimal.valueOf(i))).stripTrailingZeros().toPlainString());
        }
    }

    private static BigDecimal number(String word, String text) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw new InputException("--vary " + word + ": '" + text + "' is not a number, as from:to:step wants; values "
                    + "with a colon in them can stand in a file (--cases)");
        }
    }
}
