package ghostrow.study;

import ghostrow.data.CsvText;
import ghostrow.data.InputException;
import ghostrow.data.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of a study as CSV (RFC 4180). The file is replaced as a whole, so no moment finds half a row in it. */
public final class Csv {
    private final Path file;
    private final List<Row> rows;

    private Csv(Path file, List<Row> rows) {
        this.file = file;
        this.rows = rows;
    }

    /** What is there so far; nothing, where there is no file. */
    public static Csv open(Path file) throws IOException {
        return new Csv(file, Files.exists(file) ? parse(file) : new ArrayList<>());
    }

    /** Nothing, whatever is there; it goes when there is something else to write. */
    public static Csv anew(Path file) {
        return new Csv(file, new ArrayList<>());
    }

    public List<Row> rows() {
        return List.copyOf(rows);
    }

    public void add(Row row) throws IOException {
        addAll(List.of(row));
    }

    /** All of them or, where it is stopped before, none. */
    public void addAll(List<Row> more) throws IOException {
        rows.addAll(more);
        WholeFile.write(file, text());
    }

    /** A column that later rows bring is empty in those before. */
    private String text() {
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.cells().keySet()));
        StringBuilder text = new StringBuilder(CsvText.line(columns)).append('\n');
        rows.forEach(row -> text.append(CsvText.line(columns.stream().map(row::text).toList())).append('\n'));
        return text.toString();
    }

    private static List<Row> parse(Path file) throws IOException {
        List<List<String>> lines = CsvText.lines(Files.readString(file, StandardCharsets.UTF_8));
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            List<String> names = lines.getFirst();
            List<String> cells = lines.get(i);
            if (cells.size() != names.size()) {
                throw new InputException(file + ", row " + i + ": found " + cells.size() + " cells; the header has "
                        + names.size() + " columns");
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int c = 0; c < cells.size(); c++) {
                if (!cells.get(c).isEmpty()) {
                    row.put(names.get(c), cells.get(c));
                }
            }
            rows.add(new Row(row));
        }
        return rows;
    }
}
