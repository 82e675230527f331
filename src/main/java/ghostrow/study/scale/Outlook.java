package ghostrow.study.scale;

import ghostrow.study.Row;
import ghostrow.study.page.Page;
import ghostrow.study.page.Text;
import ghostrow.study.scale.Check.Point;
import ghostrow.study.scale.predict.Cost;
import ghostrow.study.scale.predict.Forecast;
import ghostrow.study.scale.predict.Forecast.Line;
import ghostrow.study.scale.predict.Machine;
import ghostrow.study.scale.predict.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A prediction in words and numbers of 80 columns, and in rows for a CSV; the page shows the same beside its charts.
 *
 * @param whole   whether the closing sum counts
 * @param deeper  how much another depth than the program's own would save, if anything
 */
record Outlook(PredictedApp app, Machine machine, Forecast forecast, boolean whole, Optional<String> deeper,
               Optional<Check> check) {

    String title() {
        return app.title();
    }

    /** What the model was told of the machine. */
    List<String> circumstances() {
        List<String> lines = new ArrayList<>();
        lines.add(machine.title() + ", kernel measured on up to " + machine.cores() + " cores with the rule of "
                + machine.app() + "; " + machine.ranksPerNode() + " ranks a node");
        lines.add("messages within a node " + link(machine.within()) + "; between nodes " + link(machine.between())
                + (machine.assumed() ? " (assumed)" : ""));
        lines.add("closing sum " + Units.time(machine.sumPerPoint()) + " a point; snapshots "
                + (machine.writePerByte() > 0 ? Units.bandwidth(1 / machine.writePerByte()) : "for nothing")
                + ", shared by all ranks");
        return lines;
    }

    private static String link(ghostrow.study.scale.predict.Link link) {
        return Units.time(link.latency()) + " and " + Units.bandwidth(link.bytesPerSecond());
    }

    static List<String> heading() {
        return List.of("ranks", "rows/rank", "depth", "time", "speed-up", "effic.", "exch.", "limited by");
    }

    List<List<String>> table() {
        return forecast.lines().stream().map(this::cells).toList();
    }

    private List<String> cells(Line line) {
        if (line.prediction().isEmpty()) {
            return List.of(Integer.toString(line.ranks()), tooMany(line), "", "", "", "", "", "");
        }
        Prediction prediction = line.prediction().get();
        double speedUp = forecast.speedUp(prediction);
        return List.of(Integer.toString(line.ranks()), Long.toString(prediction.rows()),
                Integer.toString(prediction.depth()), Units.time(prediction.seconds()),
                String.format(Locale.ROOT, speedUp < 999.5 ? "%.2f" : "%.0f", speedUp),
                percent(speedUp / line.ranks()), percent(prediction.exchange()), prediction.limit());
    }

    private static String tooMany(Line line) {
        return "too many ranks for " + line.problem().rows() + " rows" + (line.needed() > 1 ? " with "
                + line.needed() + " ghost rows" : "");
    }

    private static String percent(double part) {
        return part > 0 && part < 0.0005 ? "<0.1 %" : String.format(Locale.ROOT, part < 0.0995 && part > 0 ? "%.1f %%"
                : "%.0f %%", 100 * part);
    }

    /** What a reader must know before believing the table. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        Prediction base = forecast.base();
        notes.add("Time is the slowest rank's. Starting the ranks, compiling and filling the fields are left out, and "
                + "so is whatever else keeps nodes and networks busy: this is the best that can be hoped for. "
                + "Speed-up is work a second against 1 rank, predicted too: " + Units.time(base.seconds())
                + " at depth " + base.depth() + ".");
        notes.add(app.depth().isPresent() ? "The ghost rows are those of --ghosts."
                : "Depth is the number of ghost rows a side that the program chooses."
                        + deeper.map(text -> " " + text).orElse(""));
        if (whole) {
            notes.add("The closing sum, " + Units.time(base.costs().get(Cost.SUM)) + " on 1 rank, is in it: ranks add "
                    + "their rows side by side, and rank 0 takes their sums one after the other. --steps-only leaves it "
                    + "out.");
        } else {
            notes.add("The closing sum is left out.");
        }
        boolean several = forecast.lines().stream().anyMatch(line -> line.ranks() > machine.ranksPerNode());
        if (machine.assumed() && several) {
            notes.add("No network was named, so messages between nodes are taken to be as cheap as within one. Give "
                    + "--latency and --bandwidth of the network, and --ranks-per-node.");
        }
        if (!machine.app().equals(app.workload().label())) {
            notes.add("The kernel's rates are those of " + machine.app() + "'s rule.");
        }
        return notes;
    }

    static List<String> checkHeading() {
        return List.of("ranks", "grid", "steps", "depth", "measured", "predicted", "error", "");
    }

    List<List<String>> checkTable() {
        return check.map(Check::points).orElse(List.of()).stream().map(Outlook::cells).toList();
    }

    private static List<String> cells(Point point) {
        Prediction prediction = point.prediction();
        return List.of(Integer.toString(prediction.ranks()),
                prediction.problem().rows() + " x " + prediction.problem().columns(),
                Long.toString(prediction.problem().steps()), Integer.toString(prediction.depth()),
                Units.time(point.measured().seconds()), Units.time(point.seconds()),
                String.format(Locale.ROOT, "%+.0f %%", 100 * point.error()), point.oversubscribed() ? "no check" : "");
    }

    /** How far the model is to be trusted. */
    List<String> verdict() {
        if (check.isEmpty()) {
            return List.of("Not checked: --from DIR compares with a study that was measured on this machine.");
        }
        List<String> verdict = new ArrayList<>();
        int valid = check.get().valid().size();
        int shared = check.get().points().size() - valid;
        verdict.add(check.get().whole() ? "Measured are whole runs, medians; they have the compiling and the first touch "
                + "of the fields in them, which the model leaves out." : "Measured is what the further steps of a "
                + "longer run took, against a shorter one, the fastest of two or three each: starting up drops out.");
        verdict.add(valid == 0 ? "Nothing was checked: no measured point has a core for each rank." : String.format(
                Locale.ROOT, "Stepping and exchanging, at %d %s that the model was not fitted to: the error is %.0f %% "
                + "in the median and %.0f %% at most.", valid, valid == 1 ? "point" : "points",
                100 * check.get().medianError(), 100 * check.get().largestError()));
        if (shared > 0) {
            verdict.add("Marked 'no check': " + shared + (shared == 1 ? " point has" : " points have") + " more ranks "
                    + "than the machine had cores. The model gives each rank a core, so these tell nothing of it.");
        }
        if (!check.get().others().isEmpty()) {
            verdict.add("Points were measured on another processor than the model: "
                    + String.join(", ", check.get().others()) + ".");
        }
        return verdict;
    }

    String text() {
        StringBuilder text = new StringBuilder(Text.wrapped(title(), ""));
        circumstances().forEach(line -> text.append(Text.wrapped(line, "  ")));
        text.append('\n').append(line(heading()));
        forecast.lines().forEach(line -> text.append(line.prediction().isPresent() ? line(cells(line))
                : String.format("%8d  %s%n", line.ranks(), tooMany(line))));
        text.append('\n');
        notes().forEach(note -> text.append(Text.wrapped(note, "")));
        text.append('\n');
        if (!checkTable().isEmpty()) {
            text.append(checkLine(checkHeading()));
            checkTable().forEach(cells -> text.append(checkLine(cells)));
            text.append('\n');
        }
        verdict().forEach(note -> text.append(Text.wrapped(note, "")));
        return text.toString();
    }

    private static String line(List<String> cells) {
        return String.format("%8s%10s%7s%10s%11s%8s%8s  %s%n", cells.toArray());
    }

    private static String checkLine(List<String> cells) {
        return String.format("%8s%16s%8s%7s%11s%11s%8s  %s", cells.toArray()).stripTrailing() + "\n";
    }

    /** One row a number of ranks, with the seconds of everything that the model counts. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        List<Prediction> all = new ArrayList<>(List.of(forecast.base()));
        forecast.lines().stream().filter(line -> line.ranks() > 1).flatMap(line -> line.prediction().stream())
                .forEach(all::add);
        for (Prediction prediction : all) {
            Map<String, String> cells = new LinkedHashMap<>();
            cells.put("ranks", Integer.toString(prediction.ranks()));
            cells.put("rows", Long.toString(prediction.problem().rows()));
            cells.put("columns", Long.toString(prediction.problem().columns()));
            cells.put("steps", Long.toString(prediction.problem().steps()));
            cells.put("rowsPerRank", Long.toString(prediction.rows()));
            cells.put("depth", Integer.toString(prediction.depth()));
            cells.put("level", prediction.level());
            cells.put("seconds", Double.toString(prediction.seconds()));
            cells.put("speedUp", Double.toString(forecast.speedUp(prediction)));
            cells.put("efficiency", Double.toString(forecast.speedUp(prediction) / prediction.ranks()));
            cells.put("stepSeconds", Double.toString(prediction.stepSeconds()));
            cells.put("stepSpeedUp", Double.toString(forecast.stepSpeedUp(prediction)));
            prediction.costs().forEach((cost, seconds) -> cells.put(cost.name().toLowerCase(Locale.ROOT),
                    seconds.toString()));
            cells.put("limit", prediction.limit());
            rows.add(new Row(cells));
        }
        for (Line line : forecast.lines()) {
            if (line.prediction().isEmpty()) {
                rows.add(new Row(new LinkedHashMap<>(Map.of("ranks", Integer.toString(line.ranks()), "limit",
                        tooMany(line)))));
            }
        }
        return rows;
    }

    List<Row> checkRows() {
        List<Row> rows = new ArrayList<>();
        for (Point point : check.map(Check::points).orElse(List.of())) {
            Map<String, String> cells = new LinkedHashMap<>();
            cells.put("ranks", Integer.toString(point.prediction().ranks()));
            cells.put("rows", Long.toString(point.prediction().problem().rows()));
            cells.put("columns", Long.toString(point.prediction().problem().columns()));
            cells.put("steps", Long.toString(point.prediction().problem().steps()));
            cells.put("depth", Integer.toString(point.prediction().depth()));
            cells.put("exchange", point.measured().what().exchange().name());
            cells.put("machines", Integer.toString(point.measured().what().machines()));
            cells.put("runs", Integer.toString(point.measured().runs()));
            cells.put("measured", Double.toString(point.measured().seconds()));
            cells.put("predicted", Double.toString(point.seconds()));
            cells.put("error", Double.toString(point.error()));
            cells.put("oversubscribed", Boolean.toString(point.oversubscribed()));
            rows.add(new Row(cells));
        }
        return rows;
    }

    String page() throws java.io.IOException {
        return Page.whole(title(), """
                %s
                <h2>Table</h2>
                %s
                %s
                <h2>Checked</h2>
                %s
                %s
                <h2>Charts</h2>
                %s
                """.formatted(Page.paragraphs("small", circumstances()), Page.table(heading(), table()),
                Page.paragraphs("note", notes()),
                checkTable().isEmpty() ? "" : Page.table(checkHeading(), checkTable()),
                Page.paragraphs("note", verdict()), Page.figures(OutlookCharts.of(this))));
    }
}
