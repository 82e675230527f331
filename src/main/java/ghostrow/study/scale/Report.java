package ghostrow.study.scale;

import ghostrow.study.page.Text;
import ghostrow.study.scale.Fit.Observation;
import ghostrow.study.scale.Summary.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a study has shown, in words and numbers of 80 columns; the page shows the same beside its charts. */
final class Report {
    private final Summary summary;
    private final List<Fit> fits = new ArrayList<>();
    private final List<String> unfitted = new ArrayList<>();
    private final boolean fitsWithinCores;

    Report(Summary summary) {
        this.summary = summary;
        List<Observation> within = summary.observations(true);
        // Runs that share cores tell of the sharing, not of the program; without them there may be too few.
        fitsWithinCores = Fit.places(within) > 2;
        List<Observation> runs = fitsWithinCores ? within : summary.observations(false);
        if (summary.weak()) {
            fit("Gustafson", 2, runs, Fit::gustafson);
        } else {
            fit("Amdahl", 2, runs, Fit::amdahl);
        }
        fit("Universal Scalability Law", 3, runs, Fit::universal);
    }

    private void fit(String law, int needed, List<Observation> runs, Function<List<Observation>, Fit> how) {
        if (Fit.places(runs) >= needed) {
            fits.add(how.apply(runs));
        } else {
            unfitted.add(law + ": not fitted, for it takes " + needed + " worker counts at least, and there are "
                    + Fit.places(runs) + ".");
        }
    }

    Summary summary() {
        return summary;
    }

    List<Fit> fits() {
        return fits;
    }

    /** Where and how the runs were made. */
    List<String> circumstances() {
        return List.of(
                "host " + summary.values("environment.hosts") + ", " + summary.values("host.processor") + ", "
                        + cores() + loads(),
                "Java " + summary.values("environment.java") + "; " + summary.values("environment.mpi")
                        + "; transport " + summary.values("transport") + "; kernel " + summary.values("kernel")
                        + "; commit " + summary.values("environment.commit"));
    }

    private String loads() {
        double[] loads = summary.rows().stream().filter(row -> row.has("host.load"))
                .mapToDouble(row -> row.number("host.load")).sorted().toArray();
        return loads.length == 0 ? ""
                : "; load when a run had ended " + loads[0] + " to " + loads[loads.length - 1];
    }

    private String cores() {
        return summary.cores() == Integer.MAX_VALUE ? "unknown cores"
                : summary.cores() + (summary.cores() == 1 ? " physical core" : " physical cores");
    }

    /**
     * One of the two tables of a study.
     *
     * @param heading of each column
     * @param widths  of each column on a terminal
     * @param rows    one a setting
     */
    record Table(List<String> heading, List<Integer> widths, List<List<String>> rows) {

        private String text() {
            StringBuilder text = new StringBuilder(line(heading));
            rows.forEach(cells -> text.append(line(cells)));
            return text.toString();
        }

        private String line(List<String> cells) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < cells.size(); i++) {
                line.append(String.format("%" + widths.get(i) + "s", cells.get(i)));
            }
            return line.append('\n').toString();
        }
    }

    /** How fast. */
    Table times() {
        return new Table(List.of("ranks x threads", "seconds", "min", "max", "whole", "speed-up", "range", "effic."),
                List.of(15, 9, 9, 9, 9, 9, 12, 8), summary.lines().stream().map(line -> List.of(
                        line.setting().toString(), seconds(line.seconds().median()), seconds(line.seconds().low()),
                        seconds(line.seconds().high()), seconds(line.whole()), times(line.speedUp().median()),
                        times(line.speedUp().low()) + "-" + times(line.speedUp().high()),
                        percent(line.efficiency()))).toList());
    }

    /** Why not faster. */
    Table causes() {
        return new Table(List.of("ranks x threads", "serial", "exch.", "wait", "output", "imbal.", "M/s a rank",
                "bound to"), List.of(15, 9, 8, 8, 8, 9, 13, 10), summary.lines().stream().map(line -> List.of(
                        line.setting().toString(), figure("%.3f", line.serial()), percent(line.part("exchange")),
                        percent(line.part("wait")), percent(line.part("output")), figure("%.2f", line.imbalance()),
                        figure("%.1f", line.rate() / 1e6), shown(line.binding()))).toList());
    }

    private static String shown(String binding) {
        return binding.equals("unknown") ? "-" : binding.startsWith("as ") ? "see below"
                : binding.length() > 9 ? binding.substring(0, 8) + "…" : binding;
    }

    private static String seconds(double value) {
        return figure(value < 99.9995 ? "%.3f" : "%.1f", value);
    }

    private static String times(double speedUp) {
        return figure(speedUp < 99.95 ? speedUp < 9.995 ? "%.2f" : "%.1f" : "%.0f", speedUp);
    }

    private static String percent(double part) {
        return figure("%.0f %%", 100 * part);
    }

    private static String figure(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    /** What a reader must know before believing the table. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!summary.tooShort().isEmpty()) {
            notes.add("TOO SHORT TO BE BELIEVED: " + settings(summary.tooShort().stream().map(Line::setting).toList())
                    + " stepped for less than a second, so that whatever else the machine did "
                    + "weighs as much as the program. Long enough would be " + summary.longEnough() + ".");
        }
        boolean allOlder = summary.older() == summary.rows().size();
        notes.add((allOlder ? "Seconds are the slowest rank's with the closing sum and the fingerprint, for these "
                + "records are of an earlier version: " : "Seconds are those of stepping, on the rank that steps "
                + "longest: ") + runs() + " a setting, their "
                + "median, and min to max. Whole is the job from its start to its end. Speed-up is work a second "
                + "against " + summary.smallest() + ", and its range goes from the worst case of both to the best; serial is "
                + (summary.weak() ? "the fraction by which Gustafson's law explains it." : "Karp and Flatt's fraction.")
                + (summary.workload().unit().isEmpty() ? ""
                : " M/s a rank are millions of " + summary.workload().unit() + " a second."));
        if (summary.older() > 0 && !allOlder) {
            notes.add(summary.older() + " of these records are of an earlier version: their seconds hold the closing "
                    + "sum and the fingerprint too, and must not be compared with the others.");
        }
        if (summary.lines().stream().anyMatch(line -> Double.isNaN(line.imbalance()) || Double.isNaN(line.whole()))) {
            notes.add("A - stands where a run's record does not say it.");
        }
        Set<String> others = summary.lines().stream().map(Line::binding).filter(binding -> binding.startsWith("as "))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!others.isEmpty()) {
            notes.add("What ranks were bound to: " + String.join("; ", others) + ".");
        }
        if (!summary.oversubscribed().isEmpty()) {
            notes.add("These points oversubscribe the machine's " + cores() + ": "
                    + settings(summary.oversubscribed())
                    + ". They show how the ranks share cores, not how the program scales.");
        }
        if (summary.values("environment.commit").contains(",")) {
            notes.add("The rows come from different commits, so differences may be the program's.");
        }
        if (summary.hasDigests()) {
            notes.add(summary.sameBits() ? "All runs of one problem ended with the same bits."
                    : "RUNS OF ONE PROBLEM ENDED WITH DIFFERENT BITS: one of them is wrong.");
        }
        return notes;
    }

    private static String settings(List<Setting> settings) {
        return String.join(", ", settings.stream().map(Setting::toString).toList());
    }

    private String runs() {
        int least = summary.lines().stream().mapToInt(Line::runs).min().orElseThrow();
        int most = summary.lines().stream().mapToInt(Line::runs).max().orElseThrow();
        return least == most ? (least == 1 ? "1 run" : least + " runs") : least + " to " + most + " runs";
    }

    /** The laws, what they say and what they cannot. */
    List<String> findings() {
        List<String> findings = new ArrayList<>();
        for (Fit fit : fits) {
            findings.add(String.format(Locale.ROOT, "%s: %s; residuals %.1f %% rms, %.1f %% at most. %s %s", fit.law(),
                    String.join(", ", fit.parameters().stream().map(Fit.Parameter::toString).toList()),
                    100 * fit.typical(), 100 * fit.largest(), fit.outlook(summary.smallest().workers()),
                    String.join(" ", fit.caveats())).replace("  ", " ").strip());
        }
        findings.addAll(unfitted);
        if (!summary.oversubscribed().isEmpty()) {
            findings.add(fitsWithinCores ? "The laws are fitted to the settings within the machine's " + cores() + "."
                    : "The laws are fitted to oversubscribed settings too, for want of others: they describe this "
                    + "machine, and must not be carried to larger ones.");
        }
        return findings;
    }

    String text() {
        StringBuilder text = new StringBuilder(Text.wrapped(summary.title(), "")).append('\n');
        circumstances().forEach(line -> text.append(Text.wrapped(line, "")));
        text.append('\n').append(times().text());
        text.append('\n').append(causes().text());
        text.append('\n');
        notes().forEach(note -> text.append(Text.wrapped(note, "")));
        text.append('\n');
        findings().forEach(finding -> text.append(Text.wrapped(finding, "  ")));
        return text.toString();
    }
}
