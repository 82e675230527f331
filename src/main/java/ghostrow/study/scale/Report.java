package ghostrow.study.scale;

import ghostrow.study.scale.Fit.Observation;
import ghostrow.study.scale.Summary.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What a study has shown, in words and numbers of 80 columns; the page shows the same beside its charts. */
final class Report {
    private static final int WIDTH = 80;

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
                : summary.cores() + (summary.cores() == 1 ? " core" : " cores");
    }

    static List<String> heading() {
        return List.of("ranks x threads", "median s", "min", "max", "speed-up", "effic.", "serial", "exch.",
                "imbal.");
    }

    List<List<String>> table() {
        return summary.lines().stream().map(Report::cells).toList();
    }

    private static List<String> cells(Line line) {
        return List.of(line.setting().toString(), figure("%.3f", line.median()), figure("%.3f", line.min()),
                figure("%.3f", line.max()), figure("%.2f", line.speedUp()),
                figure("%.0f %%", 100 * line.efficiency()), figure("%.3f", line.serial()),
                figure("%.0f %%", 100 * line.exchange()), figure("%.2f", line.imbalance()));
    }

    private static String figure(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    /** What a reader must know before believing the table. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("Seconds are the slowest rank's, without start-up; " + runs() + " a setting. Speed-up is work a "
                + "second against " + summary.smallest() + "; serial is " + (summary.weak()
                ? "the fraction by which Gustafson's law explains it." : "Karp and Flatt's fraction."));
        if (summary.lines().stream().anyMatch(line -> Double.isNaN(line.imbalance()))) {
            notes.add("imbal. is - where the run's record does not hold it.");
        }
        if (!summary.oversubscribed().isEmpty()) {
            notes.add("These points oversubscribe the machine's " + cores() + ": "
                    + String.join(", ", summary.oversubscribed().stream().map(Setting::toString).toList())
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

    private String runs() {
        int least = summary.lines().stream().mapToInt(Line::runs).min().orElseThrow();
        int most = summary.lines().stream().mapToInt(Line::runs).max().orElseThrow();
        return least == most ? (least == 1 ? "1 run" : least + " runs") : least + " to " + most + " runs";
    }

    /** The laws, what they say and what they cannot. */
    List<String> findings() {
        List<String> findings = new ArrayList<>();
        for (Fit fit : fits) {
            findings.add(String.format(Locale.ROOT, "%s: %s; residuals %.1f %% rms, %.1f %% at most. %s", fit.law(),
                    String.join(", ", fit.parameters().stream().map(Fit.Parameter::toString).toList()),
                    100 * fit.typical(), 100 * fit.largest(), String.join(" ", fit.caveats())).strip());
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
        StringBuilder text = new StringBuilder(wrapped(summary.title(), "")).append('\n');
        circumstances().forEach(line -> text.append(wrapped(line, "")));
        text.append('\n').append(line(heading()));
        table().forEach(cells -> text.append(line(cells)));
        text.append('\n');
        notes().forEach(note -> text.append(wrapped(note, "")));
        text.append('\n');
        findings().forEach(finding -> text.append(wrapped(finding, "  ")));
        return text.toString();
    }

    private static String line(List<String> cells) {
        int[] widths = {15, 9, 9, 9, 9, 7, 7, 7, 7};
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(String.format("%" + widths[i] + "s", cells.get(i)));
        }
        return line.append('\n').toString();
    }

    /** Lines of no more than 80 columns; later ones of a paragraph are set in. */
    static String wrapped(String paragraph, String indent) {
        StringBuilder text = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (String word : paragraph.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
                text.append(line).append('\n');
                line = new StringBuilder(indent);
            }
            line.append(line.isEmpty() || line.toString().equals(indent) && !indent.isEmpty() ? "" : " ").append(word);
        }
        return text.append(line).append('\n').toString();
    }
}
