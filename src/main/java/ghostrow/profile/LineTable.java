package ghostrow.profile;

import ghostrow.hits.SourceText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A source file of the program, line by line: what its lines cost while the ranks stepped. What the JDK does for a line is
 * counted as the line's own.
 *
 * @param type    the outermost class in it
 * @param file    empty where there is no source
 * @param seconds of all its lines
 * @param share   of all lines of all files
 * @param rows    in the order of their cost
 */
record LineTable(String type, String file, double seconds, double share, List<Row> rows) {
    private static final int MOST = 20;

    /**
     * @param hits  how often the program came by, where that was counted
     * @param bytes taken from Java's heap; -1 where nobody can tell
     * @param text  empty where there is no source
     */
    record Row(int line, String method, OptionalLong hits, long samples, double seconds, long bytes, String text) {
    }

    /** Whether the run was to be profiled by lines. */
    static boolean wanted(Profile profile) {
        return profile.first().text("what").matches(".*(lines|all).*");
    }

    /** The one that costs most comes first. */
    static List<LineTable> of(Profile profile) {
        SourceText sources = new SourceText(profile.first().texts("sources").stream().map(Path::of).toList());
        int ranks = profile.ranks();
        Map<Place, double[]> bytes = profile.samples().bytes();
        Map<String, List<Row>> rows = new TreeMap<>();
        TreeMap<Place, double[]> places = new TreeMap<>(profile.samples().lines());
        bytes.keySet().forEach(place -> places.putIfAbsent(place, new double[2 * ranks]));
        places.forEach((place, spent) -> {
            long taken = !profile.samples().seesAllocation() ? -1
                    : Math.round(Arrays.stream(bytes.getOrDefault(place, new double[0])).limit(ranks).sum());
            rows.computeIfAbsent(place.outermost(), _ -> new ArrayList<>()).add(new Row(place.line(), place.function(),
                    OptionalLong.empty(), Math.round(Arrays.stream(spent).skip(ranks).sum()),
                    Arrays.stream(spent).limit(ranks).sum(), taken, sources.line(place.outermost(), "", place.line())));
        });
        hits(profile).forEach((type, lines) -> addHits(rows.computeIfAbsent(type, _ -> new ArrayList<>()), type, lines,
                sources));
        double all = profile.samples().stepping();
        List<LineTable> tables = new ArrayList<>();
        rows.forEach((type, lines) -> {
            lines.sort(Comparator.comparingDouble(Row::seconds).reversed().thenComparing(
                    Comparator.comparingLong((Row row) -> row.hits.orElse(0)).reversed()).thenComparing(Row::line));
            double seconds = lines.stream().mapToDouble(Row::seconds).sum();
            tables.add(new LineTable(type, sources.lines(type, "").isEmpty() ? ""
                    : type.replace('.', '/') + ".java", seconds, all == 0 ? 0 : seconds / all, lines));
        });
        // What somebody wanted to have counted comes before what costs more.
        tables.sort(Comparator.comparing((LineTable table) -> table.rows.stream().noneMatch(row -> row.hits.isPresent()))
                .thenComparing(Comparator.comparingDouble(LineTable::seconds).reversed()));
        return tables;
    }

    private static Map<String, Map<Integer, Long>> hits(Profile profile) {
        Map<String, Map<Integer, Long>> sum = new TreeMap<>();
        profile.traces().forEach(trace -> trace.hits().forEach((type, lines) -> lines.forEach((line, count) -> sum
                .computeIfAbsent(type, _ -> new TreeMap<>()).merge(line, count, Long::sum))));
        return sum;
    }

    /** Lines that were reached have a row each, also if no sample met them. */
    private static void addHits(List<Row> rows, String type, Map<Integer, Long> lines, SourceText sources) {
        lines.forEach((line, count) -> {
            boolean met = false;
            for (int i = 0; i < rows.size(); i++) {
                Row row = rows.get(i);
                if (row.line == line) {
                    rows.set(i, new Row(line, row.method, OptionalLong.of(count), row.samples, row.seconds, row.bytes,
                            row.text));
                    met = true;
                }
            }
            if (!met && count > 0) {
                rows.add(new Row(line, type, OptionalLong.of(count), 0, 0, -1, sources.line(type, "", line)));
            }
        });
    }

    /** For a terminal. */
    String text(int width) {
        StringBuilder text = new StringBuilder(Units.format("%s: %s, %s of the steps%n%6s %10s %8s %6s  %s%n",
                file.isEmpty() ? type : file, Units.seconds(seconds), Units.percent(share), "line", "hits", "time", "%",
                "source"));
        for (Row row : rows.subList(0, Math.min(MOST, rows.size()))) {
            String line = Units.format("%6d %10s %8s %5.1f%%  %s", row.line,
                    row.hits.isPresent() ? Long.toString(row.hits.getAsLong()) : "-", Units.seconds(row.seconds),
                    100 * share * (seconds == 0 ? 0 : row.seconds / seconds), row.text.strip());
            text.append(line.length() > width ? line.substring(0, width - 3) + "..." : line.stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
