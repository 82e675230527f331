package ghostrow.study.scale;

import ghostrow.data.InputException;
import ghostrow.study.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A study's rows, put together by setting: what tables and charts show. */
record Summary(List<Row> rows, Workload workload, boolean weak, List<Line> lines) {

    /**
     * One setting.
     *
     * @param workers   as a multiple of the smallest setting's
     * @param speedUp   work a second, as a multiple of the smallest setting's
     * @param serial    the serial fraction that alone would explain it; NaN for the smallest setting
     * @param exchange  the part of the time spent on exchange; NaN where the app has no such phase
     * @param imbalance the slowest rank's compute time over the mean; NaN where the record does not say
     * @param phases    seconds by name, medians
     */
    record Line(Setting setting, int runs, double median, double min, double max, double workers, double speedUp,
                double serial, double exchange, double imbalance, Map<String, Double> phases) {
        double efficiency() {
            return speedUp / workers;
        }
    }

    static Summary of(List<Row> rows) {
        if (rows.isEmpty()) {
            throw new InputException("the study has no rows yet");
        }
        Workload workload = Workload.named(rows.getFirst().text("app"));
        boolean weak = rows.getFirst().text("study").equals("weak");
        Map<Setting, List<Row>> settings = rows.stream()
                .sorted(Comparator.comparing((Row row) -> row.setting().workers())
                        .thenComparing(row -> row.setting().ranks()))
                .collect(Collectors.groupingBy(Row::setting, LinkedHashMap::new, Collectors.toList()));
        List<Row> smallest = settings.values().iterator().next();
        List<Line> lines = new ArrayList<>();
        settings.forEach((setting, runs) -> lines.add(line(workload, weak, setting, runs, smallest)));
        return new Summary(List.copyOf(rows), workload, weak, lines);
    }

    private static Line line(Workload workload, boolean weak, Setting setting, List<Row> runs, List<Row> smallest) {
        double[] seconds = runs.stream().mapToDouble(Row::seconds).sorted().toArray();
        double median = Spread.median(seconds);
        double q = (double) setting.workers() / smallest.getFirst().setting().workers();
        double work = workload.work(runs.getFirst()) / workload.work(smallest.getFirst());
        double speedUp = work * Spread.median(smallest.stream().mapToDouble(Row::seconds).toArray()) / median;
        // Karp and Flatt's fraction, and for grown problems its counterpart by Gustafson's law.
        double serial = q == 1 ? Double.NaN : weak ? (q - speedUp) / (q - 1) : (1 / speedUp - 1 / q) / (1 - 1 / q);
        Map<String, Double> phases = new LinkedHashMap<>();
        for (String column : runs.getFirst().cells().keySet()) {
            if (column.startsWith("phases.")) {
                phases.put(column.substring("phases.".length()), median(runs, column));
            }
        }
        double sum = phases.values().stream().mapToDouble(Double::doubleValue).sum();
        double exchange = phases.containsKey("exchange") ? phases.get("exchange") / sum : Double.NaN;
        return new Line(setting, runs.size(), median, seconds[0], seconds[seconds.length - 1], q, speedUp, serial,
                exchange, median(runs, "imbalance"), phases);
    }

    private static double median(List<Row> runs, String column) {
        return runs.stream().allMatch(row -> row.has(column))
                ? Spread.median(runs.stream().mapToDouble(row -> row.number(column)).toArray()) : Double.NaN;
    }

    Setting smallest() {
        return lines.getFirst().setting;
    }

    /** Cores of the machine, or of all nodes at hand; where each run is a job of its own, of the largest. */
    int cores() {
        return rows.stream().filter(row -> row.has("host.cores")).mapToInt(row -> (int) row.number("host.cores"))
                .max().orElse(Integer.MAX_VALUE);
    }

    List<Setting> oversubscribed() {
        return lines.stream().map(Line::setting).filter(setting -> setting.workers() > cores()).toList();
    }

    /** The runs as the laws see them; workers counted in units of the smallest setting's. */
    List<Fit.Observation> observations(boolean withinCores) {
        double unit = workload.work(rows.stream().filter(row -> row.setting().equals(smallest())).findFirst()
                .orElseThrow());
        return rows.stream().filter(row -> !withinCores || row.setting().workers() <= cores())
                .filter(row -> row.setting().workers() % smallest().workers() == 0)
                .map(row -> new Fit.Observation(row.setting().workers() / smallest().workers(), row.seconds(),
                        workload.work(row) / unit))
                .toList();
    }

    String title() {
        return (weak ? "Weak" : "Strong") + " scaling of " + (workload.label() + " "
                + rows.getFirst().text("arguments")).strip();
    }

    /** All the different values of a column, in the order of their first rows. */
    String values(String column) {
        Set<String> values = rows.stream().map(row -> row.text(column)).filter(text -> !text.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return values.isEmpty() ? "unknown" : String.join(", ", values);
    }

    /** Whether runs of one problem had the same bits: all of a strong study, those of one setting of a weak one. */
    boolean sameBits() {
        Map<String, Set<String>> digests = rows.stream().filter(row -> row.has("digest"))
                .collect(Collectors.groupingBy(row -> weak ? row.setting().toString() : "",
                        Collectors.mapping(row -> row.text("digest"), Collectors.toSet())));
        return digests.values().stream().allMatch(set -> set.size() == 1);
    }

    boolean hasDigests() {
        return rows.stream().allMatch(row -> row.has("digest"));
    }
}
