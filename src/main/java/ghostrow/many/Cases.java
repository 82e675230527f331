package ghostrow.many;

import ghostrow.data.CsvText;
import ghostrow.data.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The cases of a sweep: the same names in each, with other values.
 *
 * @param of the values of a case, in the order of the names
 */
record Cases(List<String> names, int count, IntFunction<List<String>> of) {

    /** All combinations; the last name changes fastest. */
    static Cases product(List<Vary> varied) {
        List<String> names = varied.stream().map(Vary::name).toList();
        refuseTwice(names, "--vary");
        long count = 1;
        for (Vary vary : varied) {
            count = Math.multiplyExact(count, (long) vary.values().size());
            if (count > Integer.MAX_VALUE) {
                throw new InputException("--vary makes more than " + Integer.MAX_VALUE + " combinations");
            }
        }
        return new Cases(names, (int) count, item -> combination(varied, item));
    }

    private static List<String> combination(List<Vary> varied, int item) {
        String[] values = new String[varied.size()];
        int rest = item;
        for (int i = values.length - 1; i >= 0; i--) {
            List<String> each = varied.get(i).values();
            values[i] = each.get(rest % each.size());
            rest /= each.size();
        }
        return List.of(values);
    }

    /** One a line, below a line of names. */
    static Cases table(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException("--cases " + file + ": " + (Files.exists(file) ? "is not a file" : "no such file"));
        }
        List<List<String>> lines = new ArrayList<>(CsvText.lines(
                new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
        lines.removeIf(line -> line.size() == 1 && line.getFirst().isBlank());
        if (lines.size() < 2) {
            throw new InputException("--cases " + file + ": expected a line of names, and below it a line for each case");
        }
        List<String> names = lines.getFirst().stream().map(String::strip).toList();
        refuseTwice(names, "--cases " + file);
        List<List<String>> rows = lines.subList(1, lines.size());
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).size() != names.size() || rows.get(i).contains("")) {
                throw new InputException("--cases " + file + ", case " + (i + 1) + ": expected a value for each of "
                        + String.join(", ", names) + "; found " + CsvText.line(rows.get(i)));
            }
        }
        return new Cases(names, rows.size(), item -> rows.get(item).stream().map(String::strip).toList());
    }

    private static void refuseTwice(List<String> names, String where) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new InputException(where + ": " + name + " is there twice; give all its values at once");
            }
        }
    }

    /** All that makes these cases these. */
    Stream<String> lines() {
        return Stream.concat(Stream.of(CsvText.line(names)),
                IntStream.range(0, count).mapToObj(item -> CsvText.line(of.apply(item))));
    }
}
