package ghostrow.study.ladder;

import ghostrow.study.Row;
import ghostrow.study.Spread;
import ghostrow.study.ladder.Finding.Absent;
import ghostrow.study.ladder.Finding.Timed;
import ghostrow.study.ladder.Finding.Wrong;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a ladder has shown, made from the rows alone.
 *
 * @param lines those with a time, the slowest first
 * @param wrong those that have found something else
 */
record Findings(List<Line> lines, List<Wrong> wrong, List<Absent> absent) {

    /** Where two cases differ by less, it may be the machine that made the difference. */
    private static final double CLEARLY_LONGER = 1.5;

    /**
     * A step in its place.
     *
     * @param timesFirst  how many times as fast as the slowest of all
     * @param timesBefore how many times as fast as the next slower one; NaN for the slowest
     */
    record Line(Timed timed, double timesFirst, double timesBefore) {
        Step step() {
            return timed.step();
        }

        double seconds() {
            return timed.seconds().median();
        }
    }

    static Findings of(Problem problem, List<Step> steps, Step reference, Book book, Map<Step, String> absent) {
        List<Timed> timed = new ArrayList<>();
        List<Wrong> wrong = new ArrayList<>();
        List<Absent> missing = new ArrayList<>();
        for (Step step : steps) {
            switch (of(problem, step, reference, book, absent)) {
                case Timed one -> timed.add(one);
                case Wrong one -> wrong.add(one);
                case Absent one -> missing.add(one);
            }
        }
        return new Findings(lines(timed), wrong, missing);
    }

    private static Finding of(Problem problem, Step step, Step reference, Book book, Map<Step, String> absent) {
        List<Row> rows = book.of(step);
        if (rows.isEmpty()) {
            return new Absent(step, absent.getOrDefault(step, "was not run"));
        }
        for (Row row : rows) {
            Optional<String> expected = book.value(reference, row.text(Book.CASE));
            if (expected.isPresent() && !expected.get().equals(row.text(Book.VALUE))) {
                return new Wrong(step, row.text(Book.VALUE), expected.get(), row);
            }
        }
        List<Row> largest = rows.stream().filter(row -> row.number(Book.SHARE) == share(rows)).toList();
        Row run = largest.getFirst();
        boolean scaled = !Book.isWhole(run);
        Spread seconds = scaled ? scaled(problem, rows, largest, wholeWork(problem, book))
                : Spread.of(largest.stream().map(Row::seconds).toList());
        boolean allTheWork = !run.has("performed") || run.number("performed") >= problem.work(run);
        return new Timed(step, seconds, largest.size(), scaled, run.text(Book.VALUE),
                book.value(reference, run.text(Book.CASE)).isPresent(), allTheWork, run);
    }

    /** Of the largest case among them. */
    private static double share(List<Row> rows) {
        return rows.stream().mapToDouble(row -> row.number(Book.SHARE)).max().orElseThrow();
    }

    /**
     * What the whole would take. Loops are compiled once, in a small case as in the whole: where there are two cases it
     * is what the larger one takes longer that grows with the work.
     */
    private static Spread scaled(Problem problem, List<Row> rows, List<Row> largest, double wholeWork) {
        double work = problem.work(largest.getFirst());
        double seconds = Spread.of(largest.stream().map(Row::seconds).toList()).median();
        List<Row> smaller = rows.stream().filter(row -> !largest.contains(row)).toList();
        double rate = seconds / work;
        if (!smaller.isEmpty()) {
            Row next = smaller.stream().max(Comparator.comparingDouble(problem::work)).orElseThrow();
            if (seconds >= CLEARLY_LONGER * next.seconds()) {
                rate = Math.min(rate, (seconds - next.seconds()) / (work - problem.work(next)));
            }
        }
        double whole = seconds + rate * (wholeWork - work);
        return new Spread(whole, whole, whole);
    }

    /** What the whole problem's work comes to, by the largest case that any step has done. */
    private static double wholeWork(Problem problem, Book book) {
        Row largest = book.rows().stream().filter(row -> !row.has(Book.PIECE))
                .max(Comparator.comparingDouble(row -> row.number(Book.SHARE))).orElseThrow();
        return problem.work(largest) / largest.number(Book.SHARE);
    }

    static List<Line> lines(List<Timed> timed) {
        List<Timed> slowestFirst = timed.stream()
                .sorted(Comparator.comparingDouble((Timed one) -> one.seconds().median()).reversed()).toList();
        List<Line> lines = new ArrayList<>();
        for (Timed one : slowestFirst) {
            double seconds = one.seconds().median();
            lines.add(new Line(one, slowestFirst.getFirst().seconds().median() / seconds,
                    lines.isEmpty() ? Double.NaN : lines.getLast().seconds() / seconds));
        }
        return lines;
    }

    /** The fastest on one core that does all the work. */
    Optional<Line> bestRung() {
        return fastest(lines.stream().filter(line -> line.step().fullStrength()
                && !line.step().onDevice()).toList());
    }

    /** The fastest of all that do all the work. */
    Optional<Line> best() {
        return fastest(lines);
    }

    private static Optional<Line> fastest(List<Line> lines) {
        return lines.reversed().stream().filter(line -> line.timed().allTheWork()).findFirst();
    }

    boolean anyScaled() {
        return lines.stream().anyMatch(line -> line.timed().scaled());
    }
}
