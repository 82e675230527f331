package ghostrow.study.ladder;

import ghostrow.data.InputException;
import ghostrow.study.Row;
import ghostrow.study.StudyException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures the steps of a ladder, as well as the budget allows. Each first tries small cases until it is known about
 * how long the whole would take. Then they take their turns, the fastest first: what a fast one leaves of the budget is
 * for those after it, and what does not fit stays with a small case.
 */
final class Climb {
    /** A shorter trial is mostly the start of the JVM's compiler; a larger one tells more. */
    private static final double TELLING = 0.3;
    /** A whole run that takes no longer needs no better prediction. */
    private static final double SHORT = 2;
    /** A trial that would take longer is left out. */
    private static final double LONG_TRIAL = 6;
    /** A small case that takes so long is as good as any. */
    private static final double LONG_ENOUGH = 2;
    /** Predictions go no further than to a case with so many times the work, and a little more for what is rounded. */
    private static final double FURTHEST = 1.1 * 16;
    private static final int MOST_RUNS = 5;
    /** With --full: what repeating a step may take, beyond its one run. */
    private static final double REPEATING = 10;
    /** Trials skip one case of every two: each is a process. */
    private static final int STRIDE = 2;

    private final Problem problem;
    private final Step reference;
    private final Runner runner;
    private final Book book;
    private final Budget budget;
    private final PrintStream progress;
    private final Map<Step, String> absent = new LinkedHashMap<>();
    private final Trial referenceTrial;

    /** @param progress where it says how far it is */
    Climb(Problem problem, Step reference, Runner runner, Book book, Budget budget, PrintStream progress) {
        this.problem = problem;
        this.reference = reference;
        this.runner = runner;
        this.book = book;
        this.budget = budget;
        this.progress = progress;
        this.referenceTrial = new Trial(reference);
    }

    /** Which steps cannot run here, and why. */
    Map<Step, String> absent() {
        return absent;
    }

    /**
     * Measures what has not been measured yet.
     *
     * @param kept seconds of the budget that are for something else
     */
    void measure(List<Step> steps, double kept) throws IOException, InterruptedException {
        List<Step> missing = steps.stream().filter(step -> !book.has(step, budget.full())).toList();
        if (missing.size() < steps.size()) {
            progress.println(count(steps.size() - missing.size()) + " there already, "
                    + count(missing.size()) + " to be done");
        }
        completeReference();
        List<Trial> trials = new ArrayList<>();
        for (Step step : referenceFirst(missing)) {
            progress.printf("trying %d of %d: %s%n", trials.size() + absent.size() + 1, missing.size(), step.name());
            Trial trial = step.equals(reference) ? referenceTrial : new Trial(step);
            if (attempt(trial, first(step))) {
                trials.add(trial);
            } else {
                progress.println(step.name() + ": " + absent.get(step));
            }
        }
        trials.sort(Comparator.comparing((Trial trial) -> !trial.step().equals(reference))
                .thenComparingDouble(trial -> trial.wall(problem.whole())));
        for (int i = 0; i < trials.size(); i++) {
            List<Trial> later = trials.subList(i + 1, trials.size());
            finish(trials.get(i), kept, later);
            say(i + 1, trials, kept);
        }
    }

    /** Measures a step that is about as fast as another, of which the seconds for the whole problem are known. */
    void measureAlike(Step step, double seconds, double kept) throws IOException, InterruptedException {
        if (book.has(step, budget.full())) {
            return;
        }
        List<Case> cases = problem.cases();
        int first = 0;
        while (first < cases.size() - 1 && cases.get(first).share() * seconds > SHORT) {
            first++;
        }
        Trial trial = new Trial(step);
        progress.println("trying " + step.name());
        if (attempt(trial, first)) {
            finish(trial, kept, List.of());
            say(1, List.of(trial), kept);
        } else {
            progress.println(step.name() + ": " + absent.get(step));
        }
    }

    private static String count(int steps) {
        return steps + (steps == 1 ? " step is" : " steps are");
    }

    /** What it finds is what the others are compared with. */
    private List<Step> referenceFirst(List<Step> steps) {
        return steps.stream().sorted(Comparator.comparing(step -> !step.equals(reference))).toList();
    }

    /** Every case that has been run has the reference's value beside it, whatever an earlier start was stopped at. */
    private void completeReference() throws IOException, InterruptedException {
        for (Case one : problem.cases()) {
            if (!one.whole() && book.rows().stream().anyMatch(row -> row.text(Book.CASE).equals(one.name()))) {
                refer(one);
            }
        }
    }

    /** Where to begin: what is compiled soon does more, and tells nothing before. */
    private int first(Step step) {
        int smallest = problem.cases().size() - 1;
        return step.mode().compiles() ? Math.max(0, smallest - STRIDE) : smallest;
    }

    /** Runs larger and larger cases until the time of the whole is known well enough; false if it cannot run. */
    private boolean attempt(Trial trial, int first) throws IOException, InterruptedException {
        List<Case> cases = problem.cases();
        int at = first;
        while (run(trial, cases.get(at))) {
            // One case alone does not tell what is there once, classes and compiling, from computing.
            boolean known = trial.seconds() >= TELLING && trial.rows().size() > 1;
            if (at == 0 || known || trial.wall(problem.whole()) <= SHORT || wrong(trial)) {
                return true;
            }
            int next = trial.seconds() < TELLING ? Math.max(0, at - STRIDE) : at - 1;
            if (trial.computing(cases.get(next)) > LONG_TRIAL) {
                return true;
            }
            at = next;
        }
        return false;
    }

    /** Whether the step's last value is another than the reference's. */
    private boolean wrong(Trial trial) {
        return expected(trial.reached()).filter(value -> !value.equals(trial.rows().getLast().text(Book.VALUE)))
                .isPresent();
    }

    private Optional<String> expected(Case what) {
        return referenceTrial.rows().stream().filter(row -> row.text(Book.CASE).equals(what.name()))
                .map(row -> row.text(Book.VALUE)).findFirst().or(() -> book.value(reference, what.name()));
    }

    /** Has the reference's value of a case, unless that is the whole and takes too long. */
    private void refer(Case what) throws IOException, InterruptedException {
        if (expected(what).isPresent() || what.whole() && !budget.full() && ofReference() > budget.left() / 2) {
            return;
        }
        switch (runner.run(reference, what, Map.of(Book.FOR, "comparison"), List.of())) {
            case Attempt.Done done -> book.add(List.of(done.row()));
            case Attempt.Failed failed -> refuse(failed, what);
        }
    }

    /** About how long the reference takes for the whole; 0 where nothing is known yet. */
    private double ofReference() {
        return Stream.concat(referenceTrial.rows().stream(), book.of(reference).stream())
                .mapToDouble(row -> row.seconds() / row.number(Book.SHARE)).min().orElse(0);
    }

    private void refuse(Attempt.Failed failed, Case what) {
        if (failed.refused()) {
            throw new InputException(failed.reason());
        }
        throw new StudyException("no ladder without " + reference.name() + ", which failed on " + problem.app() + " "
                + what.name() + ": " + failed.reason());
    }

    /** Runs a case once; false if that cannot be done, and why is noted. */
    private boolean run(Trial trial, Case what) throws IOException, InterruptedException {
        boolean isReference = trial.step().equals(reference);
        if (!isReference) {
            refer(what);
        }
        switch (runner.run(trial.step(), what)) {
            case Attempt.Done done -> {
                trial.add(what, done);
                return true;
            }
            case Attempt.Failed failed -> {
                if (isReference) {
                    refuse(failed, what);
                }
                absent.put(trial.step(), failed.reason());
                return false;
            }
        }
    }

    /** Runs the whole if it fits, and again as often as that makes sense; else a small case that tells enough. */
    private void finish(Trial trial, double kept, List<Trial> later) throws IOException, InterruptedException {
        double reserve = kept + later.stream().mapToDouble(this::least).sum();
        double fairShare = (budget.left() - kept) / (later.size() + 1);
        Case whole = problem.whole();
        while (!wrong(trial) && !trial.reached().whole()) {
            boolean fits = near(whole, trial) && trial.wall(whole) <= budget.left() - reserve;
            Case next = budget.full() || fits ? whole : largest(trial, fairShare);
            if (next.share() <= trial.reached().share()) {
                break;
            }
            if (!run(trial, next)) {
                return;
            }
        }
        if (trial.reached().whole()) {
            repeat(trial, budget.full() ? REPEATING : Math.min(fairShare, budget.left() - reserve));
        }
        book.add(trial.rows());
    }

    /** The largest case that takes no longer than it takes to be believed, or than there is time. */
    private Case largest(Trial trial, double time) {
        return problem.cases().stream().filter(one -> near(one, trial) && trial.computing(one) <= LONG_ENOUGH
                && trial.wall(one) <= time).findFirst().orElse(trial.reached());
    }

    /** Whether what is known of a step can be trusted to say how long a case would take. */
    private static boolean near(Case what, Trial trial) {
        return trial.wall(what) <= SHORT || what.share() <= FURTHEST * trial.reached().share();
    }

    /** What a step takes that is not run whole. */
    private double least(Trial trial) {
        return Math.min(trial.wall(problem.whole()), Math.max(LONG_ENOUGH, trial.wall(trial.reached())));
    }

    private void repeat(Trial trial, double allowance) throws IOException, InterruptedException {
        Case whole = problem.whole();
        double spent = trial.wall(whole);
        int runs = 1;
        while (runs < MOST_RUNS && spent + trial.wall(whole) <= allowance && !wrong(trial) && run(trial, whole)) {
            spent += trial.wall(whole);
            runs++;
        }
    }

    private void say(int done, List<Trial> trials, double kept) {
        Trial trial = trials.get(done - 1);
        if (absent.containsKey(trial.step())) {
            progress.printf("%s: %s%n", trial.step().name(), absent.get(trial.step()));
            return;
        }
        double left = kept;
        for (Trial later : trials.subList(done, trials.size())) {
            left += budget.full() ? later.wall(problem.whole()) : least(later);
        }
        boolean scaled = !trial.reached().whole();
        progress.printf("step %d of %d: %s, %s s; about %s left%n", done, trials.size(), trial.step().name(),
                Figures.seconds(trial.computing(problem.whole()), scaled),
                duration(budget.full() ? left : Math.min(left, budget.left())));
    }

    private static String duration(double seconds) {
        Duration rounded = Duration.ofSeconds(Math.round(seconds));
        return String.format("%d:%02d:%02d", rounded.toHours(), rounded.toMinutesPart(), rounded.toSecondsPart());
    }
}
