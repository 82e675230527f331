package ghostrow.study.ladder;

import ghostrow.study.Row;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whole-array arithmetic piece by piece, over sizes of a piece: small ones pay for every operation once more, large
 * ones do not fit the caches.
 */
final class Sweep {
    static final String RUNG = "blocked-array";
    private static final int SMALLEST = 256;
    /** Of fewer sizes nobody learns anything. */
    private static final int FEWEST = 3;
    private static final int MOST_ROUNDS = 3;
    private static final double SHORTEST = 0.2;
    private static final double LONGEST = 1;

    private final Problem problem;
    private final Step step;
    private final Runner runner;
    private final Book book;
    private final Budget budget;
    private final PrintStream progress;

    Sweep(Problem problem, Step step, Runner runner, Book book, Budget budget, PrintStream progress) {
        this.problem = problem;
        this.step = step;
        this.runner = runner;
        this.book = book;
        this.budget = budget;
        this.progress = progress;
    }

    /** Points of a piece: powers of 2, and all of the points. */
    static List<Long> sizes(double points) {
        List<Long> sizes = new ArrayList<>();
        for (long size = SMALLEST; size < points; size *= 2) {
            sizes.add(size);
        }
        sizes.add((long) points);
        return sizes;
    }

    /**
     * Runs what there are no rows of yet.
     *
     * @param whole what the step takes for the whole problem, in seconds
     */
    void measure(double whole) throws IOException, InterruptedException {
        List<Long> sizes = sizes(problem.points());
        if (sizes.size() < FEWEST || !missing(sizes)) {
            return;
        }
        Row timed = book.of(step).getLast();
        double around = timed.number("wall") - timed.seconds();
        // Some sizes take twice as long as others.
        double each = Math.clamp((budget.left() / sizes.size() - around) / 2, SHORTEST, LONGEST);
        Case what = problem.shorter(Math.min(1, each / whole));
        double spent = 0;
        for (int round = 1; round <= MOST_ROUNDS && (round == 1 || spent <= budget.left()); round++) {
            long start = System.nanoTime();
            for (long size : sizes) {
                progress.printf("%s, pieces of %d points: round %d of %d at most%n", RUNG, size, round, MOST_ROUNDS);
                if (!run(what, size)) {
                    return;
                }
            }
            spent = (System.nanoTime() - start) / 1e9;
        }
    }

    private boolean missing(List<Long> sizes) {
        List<String> there = book.pieces().stream().map(row -> row.text(Book.PIECE)).toList();
        return !there.containsAll(sizes.stream().map(String::valueOf).toList());
    }

    private boolean run(Case what, long size) throws IOException, InterruptedException {
        switch (runner.run(step, what, Map.of(Book.PIECE, "" + size), List.of("--piece", "" + size))) {
            case Attempt.Done done -> {
                book.add(List.of(done.row()));
                return true;
            }
            case Attempt.Failed failed -> {
                progress.println(RUNG + " in pieces of " + size + " points: " + failed.reason());
                return false;
            }
        }
    }
}
