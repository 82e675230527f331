package ghostrow.study.ladder;

import ghostrow.study.Spread;
import ghostrow.study.ladder.Finding.Timed;
import ghostrow.study.ladder.Findings.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A ladder for programs: what {@code --json} writes. */
final class Account {
    private Account() {
    }

    static Map<String, Object> of(Report report) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("app", report.problem().app());
        all.put("arguments", report.problem().words());
        List<Object> steps = new ArrayList<>();
        report.findings().lines().forEach(line -> steps.add(timed(line, report.problem())));
        report.findings().wrong().forEach(wrong -> {
            Map<String, Object> step = step(wrong.step(), "wrong");
            step.put("value", wrong.value());
            step.put("expected", wrong.expected());
            step.put("case", wrong.run().text(Book.CASE));
            steps.add(step);
        });
        report.findings().absent().forEach(absent -> {
            Map<String, Object> step = step(absent.step(), "absent");
            step.put("reason", absent.reason());
            steps.add(step);
        });
        all.put("steps", steps);
        all.put("best", report.findings().best().map(best -> best.step().name()).orElse(null));
        all.put("sentence", report.sentence().orElse(null));
        report.pieces().ifPresent(pieces -> all.put("pieces", pieces(pieces)));
        all.put("circumstances", report.circumstances());
        all.put("runs", report.rows().stream().map(row -> row.cells()).toList());
        return all;
    }

    private static Map<String, Object> step(Step step, String state) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("step", step.name());
        fields.put("state", state);
        fields.put("rung", step.rung());
        fields.put("mode", step.mode().label());
        fields.put("change", step.change());
        return fields;
    }

    private static Map<String, Object> timed(Line line, Problem problem) {
        Timed timed = line.timed();
        Map<String, Object> fields = step(line.step(), "timed");
        fields.putAll(spread(timed.seconds()));
        fields.put("runs", timed.runs());
        fields.put("scaled", timed.scaled());
        fields.put("case", timed.run().text(Book.CASE));
        fields.put("timesFirst", line.timesFirst());
        fields.put("timesBefore", Double.isNaN(line.timesBefore()) ? null : line.timesBefore());
        fields.put("value", timed.value());
        fields.put("checked", timed.checked());
        fields.put("allTheWork", timed.allTheWork());
        fields.put("published", Published.figure(problem.app(), line.step()));
        return fields;
    }

    private static Map<String, Object> spread(Spread seconds) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seconds", seconds.median());
        fields.put("low", seconds.low());
        fields.put("high", seconds.high());
        return fields;
    }

    private static Map<String, Object> pieces(Pieces pieces) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rung", Sweep.RUNG);
        fields.put("case", pieces.run().text(Book.CASE));
        List<Object> sizes = new ArrayList<>();
        pieces.seconds().forEach((points, seconds) -> {
            Map<String, Object> size = new LinkedHashMap<>();
            size.put("points", points);
            size.putAll(spread(seconds));
            sizes.add(size);
        });
        fields.put("sizes", sizes);
        fields.put("caches", pieces.caches().stream().map(full -> Map.of("cache", full.cache(), "points",
                full.points())).toList());
        return fields;
    }
}
