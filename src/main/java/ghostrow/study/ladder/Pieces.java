package ghostrow.study.ladder;

import ghostrow.study.Level;
import ghostrow.study.Row;
import ghostrow.study.Spread;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the sweep over sizes of a piece has shown.
 *
 * @param seconds by points of a piece
 * @param caches  which sizes fill a cache, from the innermost out
 * @param run     one of the runs
 */
record Pieces(TreeMap<Long, Spread> seconds, List<Full> caches, Row run) {

    /** The piece whose arrays fill a cache. */
    record Full(String cache, double points) {
    }

    /** @param rows of the sweep, one at least */
    static Pieces of(Problem problem, List<Row> rows, List<Level> levels) {
        TreeMap<Long, Spread> seconds = rows.stream().collect(Collectors.groupingBy(
                row -> (long) row.number(Book.PIECE), TreeMap::new,
                Collectors.collectingAndThen(Collectors.mapping(Row::seconds, Collectors.toList()), Spread::of)));
        List<Full> caches = levels.stream().map(level -> new Full(level.name(),
                (double) level.bytes() / (Double.BYTES * problem.arraysOfAPiece()))).toList();
        return new Pieces(seconds, caches, rows.getFirst());
    }

    long fastest() {
        return seconds.entrySet().stream().min(Map.Entry.comparingByValue(
                Comparator.comparingDouble(Spread::median))).orElseThrow().getKey();
    }

    /** In one paragraph. */
    String sentence(Problem problem) {
        String told = Stream.of(fastest(), seconds.firstKey(), seconds.lastKey()).distinct()
                .map(size -> "of " + size + " points take " + Figures.seconds(seconds.get(size).median(), false) + " s")
                .collect(Collectors.joining(", "));
        String filled = caches.stream().map(full -> String.format(Locale.ROOT, "%.0f points fill %s", full.points(),
                full.cache())).collect(Collectors.joining(", "));
        return "Pieces " + told + " (" + Sweep.RUNG + ", " + problem.size(run) + ")."
                + (filled.isEmpty() ? "" : " " + filled + ".");
    }
}
