package ghostrow.study.ladder;

import ghostrow.study.Row;
import ghostrow.study.ladder.Finding.Absent;
import ghostrow.study.ladder.Finding.Timed;
import ghostrow.study.ladder.Finding.Wrong;
import ghostrow.study.ladder.Findings.Line;
import ghostrow.study.page.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A ladder in words and numbers of 80 columns; the page shows the same beside its charts.
 *
 * @param pieces empty where there was no sweep
 */
record Report(Problem problem, Findings findings, Optional<Pieces> pieces, List<Row> rows) {
    private static final String FORMAT = "%-20s %8s %8s %9s %12s  %s%n";
    private static final String INDENT = "  ";
    private static final int SHOWN = 12;

    /** What a step has found, as far as there is room. */
    static String shown(String value) {
        String first = value.split(" ")[0];
        return first.length() <= SHOWN ? first : first.substring(0, SHOWN - 2);
    }

    String text() {
        StringBuilder text = new StringBuilder(Text.wrapped("The ladder of " + problem.title(), INDENT)).append('\n');
        String heading = String.format(FORMAT, "step", "seconds", "x first", "x before", "value", "published");
        text.append(heading.stripTrailing()).append('\n');
        for (Line line : findings.lines()) {
            Timed timed = line.timed();
            line(text, String.format(FORMAT, timed.step().name(), Figures.seconds(line.seconds(), timed.scaled()),
                    Figures.times(line.timesFirst()), before(line), shown(timed.value()) + (timed.checked() ? "" : "?"),
                    Published.figure(problem.app(), timed.step())), timed.step().change());
        }
        for (Wrong wrong : findings.wrong()) {
            line(text, String.format(FORMAT, wrong.step().name(), "WRONG", "", "", shown(wrong.value()),
                    "not " + shown(wrong.expected())), wrong.step().change());
        }
        for (Absent absent : findings.absent()) {
            line(text, String.format(FORMAT, absent.step().name(), "absent", "", "", "", ""), absent.reason());
        }
        text.append('\n');
        notes().forEach(note -> text.append(Text.wrapped(note, INDENT)));
        pieces.ifPresent(swept -> text.append('\n').append(Text.wrapped(swept.sentence(problem), INDENT)));
        return text.toString();
    }

    private static void line(StringBuilder text, String figures, String phrase) {
        text.append(figures.stripTrailing()).append('\n').append(Text.setIn(phrase, INDENT));
    }

    static String before(Line line) {
        return Double.isNaN(line.timesBefore()) ? "-" : Figures.times(line.timesBefore());
    }

    /** What a reader must know before believing the table. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        String scaled = findings.lines().stream().map(Line::timed).filter(Timed::scaled)
                .map(timed -> timed.step().name() + " " + problem.size(timed.run())).collect(Collectors.joining("; "));
        if (!scaled.isEmpty()) {
            notes.add("~ is scaled: the whole did not fit into --budget, so a smaller case was timed, and its value is "
                    + "shown (--full runs all whole): " + scaled + ".");
        }
        if (findings.lines().stream().anyMatch(line -> !line.timed().checked())) {
            notes.add("? could be compared on a smaller case only, where it was right: plain takes too long for the "
                    + "whole.");
        }
        findings.lines().stream().filter(line -> !line.timed().allTheWork()).forEach(line -> notes.add(
                line.step().name() + " does not do all the work, so it is never called the fastest."));
        for (Wrong wrong : findings.wrong()) {
            notes.add("WRONG: " + wrong.step().name() + " finds " + wrong.value() + " and not " + wrong.expected()
                    + " on " + problem.size(wrong.run()) + ", so its time says nothing.");
        }
        notes.add("Seconds are those of stepping, medians of up to 5 runs; published ones are seconds too, of the same "
                + "technique on the machines of their day.");
        return notes;
    }

    /** What all of it has come to. */
    Optional<String> sentence() {
        return findings.best().filter(best -> best.timesFirst() > 1).map(best -> {
            Line slowest = findings.lines().getFirst();
            boolean about = best.timed().scaled() || slowest.timed().scaled();
            return best.step().name() + " is " + (about ? "about " : "") + Figures.times(best.timesFirst())
                    + " times as fast as " + slowest.step().name();
        });
    }

    /** Where and how the runs were made. */
    List<String> circumstances() {
        return List.of("host " + values("environment.hosts") + ", " + values("host.processor") + ", "
                        + values("host.cores") + " cores, vectors of " + values("environment.simdBits") + " bits; load "
                        + "when a run had ended " + loads(),
                "Java " + values("environment.java") + "; ranks by " + values("environment.mpi") + "; commit "
                        + values("environment.commit"));
    }

    private String loads() {
        double[] loads = rows.stream().filter(row -> row.has("host.load")).mapToDouble(row -> row.number("host.load"))
                .sorted().toArray();
        return loads.length == 0 ? "unknown" : loads[0] + " to " + loads[loads.length - 1];
    }

    private String values(String column) {
        return rows.stream().map(row -> row.text(column)).filter(text -> !text.isEmpty()).distinct()
                .collect(Collectors.joining(", "));
    }
}
