package ghostrow.study.scale;

import ghostrow.study.scale.Check.Measured;
import ghostrow.study.scale.predict.Forecast;
import ghostrow.study.scale.predict.Model;
import ghostrow.study.scale.predict.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs to check a prediction against, on grids and at depths where nothing was measured for the model, and on the
 * predicted grid itself. Each is a longer and a shorter run, the faster of two: what the further steps took has no
 * start in it, and less of what else the machine was doing.
 */
final class Trials {
    /** Grid, ranks, depth. */
    record Trial(long size, int ranks, int depth) {
    }

    private static final List<Trial> ELSEWHERE = List.of(new Trial(700, 1, 8), new Trial(1500, 1, 2),
            new Trial(2400, 1, 24), new Trial(1500, 2, 12), new Trial(2400, 2, 1), new Trial(1000, 4, 8));
    /** Steps come in so many, with a report after each where there are reports. */
    private static final long PERIOD = 100;
    private static final double LONGER_POINTS = 3e9;
    /** The first touch of larger fields takes longer than steps that anyone would wait for. */
    private static final double LARGEST_GRID = 6e6;

    private final Probe probe;
    private final PredictedApp app;
    private final double part;
    private final PrintStream progress;

    /** @param part of the usual length */
    Trials(Probe probe, PredictedApp app, double part, PrintStream progress) {
        this.probe = probe;
        this.app = app;
        this.part = part;
        this.progress = progress;
    }

    /** Those that suit a machine and a prediction. */
    List<Trial> chosen(Model model, Forecast forecast) {
        List<Trial> trials = new ArrayList<>(ELSEWHERE);
        for (int ranks = 1; ranks <= Math.min(2, model.machine().cores()); ranks++) {
            Problem problem = app.problem(ranks);
            int deepest = Model.deepest(problem, ranks);
            if ((double) problem.rows() * problem.columns() <= LARGEST_GRID && deepest > 0) {
                trials.add(new Trial(problem.rows(), ranks, Math.min(deepest, forecast.base().depth())));
            }
        }
        return trials;
    }

    List<Measured> run(List<Trial> trials) throws IOException, InterruptedException {
        List<Measured> measured = new ArrayList<>();
        for (Trial trial : trials) {
            Measured one = measured(trial);
            if (one.seconds() > 0) {
                measured.add(one);
            } else {
                progress.println("left out: the longer run was no slower than the shorter; the machine is too busy");
            }
        }
        return measured;
    }

    /** Its seconds may be less than none, on a machine with much else to do. */
    Measured measured(Trial trial) throws IOException, InterruptedException {
        long longer = Math.max(2, Math.round(LONGER_POINTS * part * Math.min(2, trial.ranks) / trial.size / trial.size / PERIOD));
        long shorter = Math.max(1, longer / 8);
        Row first = timed(trial, shorter * PERIOD);
        Row second = timed(trial, longer * PERIOD);
        Measured measured = Check.difference(faster(first, timed(trial, shorter * PERIOD)),
                faster(second, timed(trial, longer * PERIOD)));
        progress.printf(Locale.ROOT, "check on %d %s, %d x %d, depth %d: %s for %d steps%n", trial.ranks,
                trial.ranks == 1 ? "rank" : "ranks", trial.size, trial.size, trial.depth,
                Units.time(measured.seconds()), measured.what().problem().steps());
        return measured;
    }

    private static Row faster(Row one, Row other) {
        return one.seconds() <= other.seconds() ? one : other;
    }

    private Row timed(Trial trial, long steps) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(probe.sized(app.workload(), trial.size, steps, PERIOD, "none"));
        words.addAll(List.of("--ghosts", Integer.toString(trial.depth)));
        return probe.run("check", app.workload(), words, trial.ranks);
    }
}
