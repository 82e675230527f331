package ghostrow.study.scale;

import ghostrow.data.InputException;
import ghostrow.study.Row;
import ghostrow.study.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** A study's rows, put together by setting: what tables and charts show. */
record Summary(List<Row> rows, Workload workload, boolean weak, List<Line> lines) {

    /** Runs that step for less than so many seconds tell of the machine's other business. */
    static final double SHORTEST = 1;

    /**
     * One setting.
     *
     * @param seconds   of stepping
     * @param whole     seconds of whole jobs, median; NaN where not all runs say it
     * @param workers   as a multiple of the smallest setting's
     * @param speedUp   work a second, as a multiple of the smallest setting's; its range holds that one's, too
     * @param serial    the serial fraction that alone would explain it; NaN for the smallest setting
     * @param imbalance the slowest rank's compute time over the mean; NaN where the record does not say
     * @param rate      work a second of one rank; NaN where nobody knows what its work is
     * @param phases    seconds by name, medians
     * @param around    seconds before the first step and after the last, medians, by name; none where unknown
     */
    record Line(Setting setting, int runs, Spread seconds, double whole, double workers, Spread speedUp, double serial,
                double imbalance, double rate, String binding, Map<String, Double> phases, Map<String, Double> around) {
        double efficiency() {
            return speedUp.median() / workers;
        }

        /** The part of the run that was spent on a phase; NaN where the app has no such phase. */
        double part(String phase) {
            double sum = phases.values().stream().mapToDouble(Double::doubleValue).sum();
            return phases.containsKey(phase) ? phases.get(phase) / sum : Double.NaN;
        }
    }

    static Summary of(List<Row> rows) {
        if (rows.isEmpty()) {
            throw new InputException("the study has no rows yet");
        }
        Workload workload = Workload.named(rows.getFirst().text("app"));
        boolean weak = rows.getFirst().text("study").equals("weak");
        Map<Setting, List<Row>> settings = rows.stream()
                .sorted(Comparator.comparing((Row row) -> Setting.of(row).workers())
                        .thenComparing(row -> Setting.of(row).ranks()))
                .collect(Collectors.groupingBy(Setting::of, LinkedHashMap::new, Collectors.toList()));
        List<Row> smallest = settings.values().iterator().next();
        List<Line> lines = new ArrayList<>();
        settings.forEach((setting, runs) -> lines.add(line(workload, weak, setting, runs, smallest)));
        return new Summary(List.copyOf(rows), workload, weak, lines);
    }

    private static Line line(Workload workload, boolean weak, Setting setting, List<Row> runs, List<Row> smallest) {
        Spread seconds = Spread.of(runs.stream().map(Row::seconds).toList());
        double q = (double) setting.workers() / Setting.of(smallest.getFirst()).workers();
        double work = workload.work(runs.getFirst()) / workload.work(smallest.getFirst());
        Spread base = Spread.of(smallest.stream().map(Row::seconds).toList());
        Spread speedUp = runs == smallest ? ratio(1, new Spread(base.median(), base.median(), base.median()), seconds)
                : ratio(work, base, seconds);
        double gained = speedUp.median();
        // Karp and Flatt's fraction, and for grown problems its counterpart by Gustafson's law.
        double serial = q == 1 ? Double.NaN : weak ? (q - gained) / (q - 1) : (1 / gained - 1 / q) / (1 - 1 / q);
        Map<String, Double> phases = new LinkedHashMap<>();
        for (String column : runs.getFirst().cells().keySet()) {
            if (column.startsWith("phases.")) {
                phases.put(column.substring("phases.".length()), median(runs, row -> cell(row, column)));
            }
        }
        Map<String, Double> around = new LinkedHashMap<>();
        if (runs.stream().allMatch(Row::knowsItsParts)) {
            around.put("start", median(runs, row -> cell(row, "startSeconds")));
            around.put("closing", median(runs, row -> cell(row, "closingSeconds")));
        }
        double rate = workload.unit().isEmpty() ? Double.NaN
                : workload.work(runs.getFirst()) / seconds.median() / setting.ranks();
        return new Line(setting, runs.size(), seconds, median(runs, Row::whole), q, speedUp, serial,
                median(runs, Row::imbalance), rate,
                values(runs, "binding"), phases, around);
    }

    /** Work times base over seconds, where neither is known better than its runs: from the worst case to the best. */
    static Spread ratio(double work, Spread base, Spread seconds) {
        double median = work * base.median() / seconds.median();
        return new Spread(median, work * base.low() / seconds.high(), work * base.high() / seconds.low());
    }

    private static double cell(Row row, String column) {
        return row.has(column) ? row.number(column) : Double.NaN;
    }

    /** NaN unless all of them have it. */
    private static double median(List<Row> runs, ToDoubleFunction<Row> value) {
        double[] values = runs.stream().mapToDouble(value).toArray();
        return Arrays.stream(values).anyMatch(Double::isNaN) ? Double.NaN : Spread.median(values);
    }

    Setting smallest() {
        return lines.getFirst().setting;
    }

    /** Those whose runs are over too soon. */
    List<Line> tooShort() {
        return lines.stream().filter(line -> line.seconds.median() > 0 && line.seconds.median() < SHORTEST).toList();
    }

    /** What would make the shortest of them long enough. */
    String longEnough() {
        Line shortest = tooShort().stream().min(Comparator.comparing(line -> line.seconds.median())).orElseThrow();
        return workload.longer(rows.stream().filter(row -> Setting.of(row).equals(shortest.setting)).findFirst()
                .orElseThrow(), weak, SHORTEST / shortest.seconds.median());
    }

    /** How many rows have seconds that hold more than stepping. */
    long older() {
        return rows.stream().filter(row -> !row.knowsItsParts()).count();
    }

    /** Physical cores of the machine, or of all nodes at hand; where each run is a job of its own, of the largest. */
    int cores() {
        return rows.stream().filter(row -> row.has("host.cores")).mapToInt(row -> (int) row.number("host.cores"))
                .max().orElse(Integer.MAX_VALUE);
    }

    List<Setting> oversubscribed() {
        return lines.stream().map(Line::setting).filter(setting -> setting.workers() > cores()).toList();
    }

    /** The runs as the laws see them; workers counted in units of the smallest setting's. */
    List<Fit.Observation> observations(boolean withinCores) {
        double unit = workload.work(rows.stream().filter(row -> Setting.of(row).equals(smallest())).findFirst()
                .orElseThrow());
        return rows.stream().filter(row -> !withinCores || Setting.of(row).workers() <= cores())
                .filter(row -> Setting.of(row).workers() % smallest().workers() == 0)
                .map(row -> new Fit.Observation(Setting.of(row).workers() / smallest().workers(), row.seconds(),
                        workload.work(row) / unit))
                .toList();
    }

    String title() {
        return (weak ? "Weak" : "Strong") + " scaling of " + (workload.label() + " "
                + rows.getFirst().text("arguments")).strip();
    }

    /** All the different values of a column, in the order of their first rows. */
    String values(String column) {
        return values(rows, column);
    }

    private static String values(List<Row> rows, String column) {
        Set<String> values = rows.stream().map(row -> row.text(column)).filter(text -> !text.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return values.isEmpty() ? "unknown" : String.join(", ", values);
    }

    /** Whether runs of one problem had the same bits: all of a strong study, those of one setting of a weak one. */
    boolean sameBits() {
        Map<String, Set<String>> digests = rows.stream().filter(row -> row.has("digest"))
                .collect(Collectors.groupingBy(row -> weak ? Setting.of(row).toString() : "",
                        Collectors.mapping(row -> row.text("digest"), Collectors.toSet())));
        return digests.values().stream().allMatch(set -> set.size() == 1);
    }

    boolean hasDigests() {
        return rows.stream().allMatch(row -> row.has("digest"));
    }
}
