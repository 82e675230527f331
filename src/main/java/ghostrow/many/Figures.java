package ghostrow.many;

import ghostrow.data.CsvText;
import ghostrow.data.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The table of a sweep: a line a case, in the order of the cases. First what it was told, then what it found, then how
 * it went. A name that is told and found is what was told.
 */
final class Figures {
    private static final String CASE = "case";
    private static final String STATE = "state";
    private static final String SECONDS = "seconds";
    private static final List<String> HOW = List.of("caseSeconds", "worker", "attempt", "why");

    private final Cases cases;
    private final List<String> found;
    private final Account account;

    /** @param figures what the app's record tells, beside its seconds */
    Figures(Cases cases, List<String> figures, Account account) {
        this.cases = cases;
        this.found = found(cases.names(), figures);
        this.account = account;
    }

    /** What a case's line has of its record. */
    static List<String> found(List<String> told, List<String> figures) {
        List<String> found = new ArrayList<>(figures);
        found.add(SECONDS);
        found.removeAll(told);
        return found;
    }

    /** All names that a formula may use. */
    static List<String> names(List<String> told, List<String> figures) {
        List<String> names = new ArrayList<>(List.of(CASE));
        names.addAll(told);
        names.addAll(found(told, figures));
        names.addAll(HOW.subList(0, HOW.size() - 1));
        return names;
    }

    void write(Path file) throws IOException {
        Set<String> empty = new HashSet<>(found);
        List<Map<String, Object>> rows = IntStream.range(0, cases.count()).mapToObj(this::row).toList();
        rows.forEach(row -> empty.removeAll(row.keySet()));
        List<String> columns = new ArrayList<>(List.of(CASE));
        columns.addAll(cases.names());
        columns.add(STATE);
        found.stream().filter(name -> !empty.contains(name)).forEach(columns::add);
        columns.addAll(HOW);
        StringBuilder text = new StringBuilder(CsvText.line(columns)).append('\n');
        for (Map<String, Object> row : rows) {
            text.append(CsvText.line(columns.stream().map(name -> row.getOrDefault(name, "")).toList())).append('\n');
        }
        WholeFile.write(file, text.toString());
    }

    private Map<String, Object> row(int item) {
        Map<String, Object> row = new LinkedHashMap<>();
        Entry entry = account.of(item).orElse(null);
        if (entry != null) {
            found.stream().filter(entry.outcome().figures()::containsKey)
                    .forEach(name -> row.put(name, entry.outcome().figures().get(name)));
            row.put("worker", entry.worker());
            row.put("attempt", entry.attempt());
            row.put("why", entry.outcome().why());
            if (entry.state() != State.running) {
                row.put("caseSeconds", entry.seconds());
            }
        }
        row.put(CASE, item + 1);
        row.put(STATE, entry == null ? "open" : entry.state() == State.running ? "lost" : entry.state().name());
        List<String> values = cases.of().apply(item);
        for (int i = 0; i < values.size(); i++) {
            row.put(cases.names().get(i), values.get(i));
        }
        return row;
    }

    /** A column of the cases that are done, as far as it holds numbers; NaN where it does not. */
    double[] column(String name) {
        return IntStream.range(0, cases.count()).filter(item -> account.state(item) == State.done)
                .mapToDouble(item -> number(row(item).get(name))).toArray();
    }

    private static double number(Object value) {
        return switch (value) {
            case Number number -> number.doubleValue();
            case Boolean yes -> yes ? 1 : 0;
            case String text -> parsed(text);
            case null, default -> Double.NaN;
        };
    }

    private static double parsed(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
