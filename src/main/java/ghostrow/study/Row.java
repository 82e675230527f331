package ghostrow.study;

import ghostrow.data.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One run of a study: what was asked for, and the run's whole record, flattened to one level. Nested names are
 * joined by dots, {@code environment.java}; lists by spaces. What each rank has of its own stays in the record: it has
 * other names with every number of ranks.
 */
public record Row(Map<String, String> cells) {
    private static final String OF_EACH_RANK = "overRanks";

    /** @param asked the study's own cells, which stand first and win over the record's */
    public static Row of(Map<String, String> asked, Map<?, ?> record) {
        Map<String, String> cells = new LinkedHashMap<>(asked);
        flatten("", record, cells);
        return new Row(cells);
    }

    private static void flatten(String prefix, Map<?, ?> map, Map<String, String> cells) {
        map.forEach((name, value) -> {
            String key = prefix + name;
            if (key.equals(OF_EACH_RANK)) {
                return;
            }
            switch (value) {
                case Map<?, ?> inner -> flatten(key + ".", inner, cells);
                case List<?> list -> cells.putIfAbsent(key,
                        list.stream().map(String::valueOf).collect(Collectors.joining(" ")));
                case null -> cells.putIfAbsent(key, "");
                default -> cells.putIfAbsent(key, value.toString());
            }
        });
    }

    public boolean has(String column) {
        return !text(column).isEmpty();
    }

    public String text(String column) {
        return cells.getOrDefault(column, "");
    }

    public double number(String column) {
        try {
            return Double.parseDouble(text(column));
        } catch (NumberFormatException e) {
            throw new InputException("a row of the study has " + column + " '" + text(column)
                    + "'; a number is expected there");
        }
    }

    /** From before the first step to after the last; in records of earlier versions with the closing sum behind it. */
    public double seconds() {
        return number("seconds");
    }

    /** Whether its seconds are those of stepping alone. */
    public boolean knowsItsParts() {
        return has("startSeconds");
    }

    /** The whole job, as it was seen from outside, or else as it saw itself; NaN where nobody knows. */
    public double whole() {
        return has("wall") ? number("wall") : has("wholeSeconds") ? number("wholeSeconds") : Double.NaN;
    }

    /** The time that its longest stepping rank stepped over the ranks' mean; NaN where the record does not say. */
    public double imbalance() {
        if (has("phasesOverRanks.step.mean") && number("phasesOverRanks.step.mean") > 0) {
            return number("phasesOverRanks.step.max") / number("phasesOverRanks.step.mean");
        }
        return has("imbalance") ? number("imbalance") : Double.NaN;
    }
}
