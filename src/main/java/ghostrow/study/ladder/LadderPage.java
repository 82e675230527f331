package ghostrow.study.ladder;

import ghostrow.data.chart.Picture;
import ghostrow.study.Spread;
import ghostrow.study.ladder.Findings.Line;
import ghostrow.study.page.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A ladder as a page: what the terminal shows, its charts, how to read them, and every run. */
final class LadderPage {
    private static final List<String> HEADING = List.of("step", "seconds", "range", "runs", "times the first",
            "times the one before", "value", "published", "what changed");
    private static final List<String> RUNS = List.of(Book.STEP, Book.PIECE, Book.CASE, "seconds", "wall", Book.VALUE,
            "environment.started", "host.load");
    private static final Set<String> WORDS = Set.of("step", "published", "what changed", Book.CASE, Book.VALUE);
    private static final List<String> HOW_TO_READ = List.of(
            "Each step computes the same, and all find the same value: what differs is how the machine is told. The "
                    + "steps stand in the order of their speed here, not in the order in which one thinks of them.",
            "Times the first says how many times as fast as the slowest step, times the one before how many times as "
                    + "fast as the step above it. In the chart each decade is as wide, so that a bar that is shorter "
                    + "by as much is faster by as many times, wherever it lies.",
            "A step with interpreted or C1 behind its name is the same program with the JVM held back: nothing is "
                    + "compiled (-Xint), or by its quick compiler alone (-XX:TieredStopAtLevel=1). All others have "
                    + "the JVM's best compiler.");

    private LadderPage() {
    }

    static String of(Report report, List<Picture> charts) throws IOException {
        return Page.whole("The ladder of " + report.problem().title(), """
                %s
                <h2>Steps</h2>
                %s
                %s
                <h2>Charts</h2>
                %s
                %s
                <h2>How to read it</h2>
                %s
                <h2>Where it was run</h2>
                %s
                <h2>Runs</h2>
                <details><summary>Every run (all columns are in ladder.csv)</summary>
                %s
                </details>
                """.formatted(Page.paragraphs("law", report.sentence().stream().map(said -> said + ".").toList()),
                Page.table(HEADING, steps(report), WORDS), Page.paragraphs("note", report.notes()),
                Page.figures(charts),
                Page.paragraphs("note", report.pieces().stream().map(one -> one.sentence(report.problem())).toList()),
                Page.paragraphs("note", HOW_TO_READ), Page.paragraphs("small", report.circumstances()),
                Page.table(RUNS, report.rows().stream().map(row -> RUNS.stream().map(row::text).toList()).toList(),
                        WORDS)));
    }

    private static List<List<String>> steps(Report report) {
        List<List<String>> rows = new ArrayList<>();
        for (Line line : report.findings().lines()) {
            Finding.Timed timed = line.timed();
            rows.add(List.of(timed.step().name(), Figures.seconds(line.seconds(), timed.scaled()),
                    timed.runs() == 1 ? "-" : range(timed.seconds()), "" + timed.runs(),
                    Figures.times(line.timesFirst()), Report.before(line),
                    Report.shown(timed.value()) + (timed.checked() ? "" : "?"),
                    Published.figure(report.problem().app(), timed.step()), timed.step().change()));
        }
        report.findings().wrong().forEach(wrong -> rows.add(List.of(wrong.step().name(), "WRONG", "", "", "", "",
                Report.shown(wrong.value()), "", "finds another value than " + Report.shown(wrong.expected()))));
        report.findings().absent().forEach(absent -> rows.add(List.of(absent.step().name(), "absent", "", "", "", "",
                "", "", absent.reason())));
        return rows;
    }

    private static String range(Spread seconds) {
        return Figures.seconds(seconds.low(), false) + "-" + Figures.seconds(seconds.high(), false);
    }
}
