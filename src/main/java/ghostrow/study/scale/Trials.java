package ghostrow.study.scale;

import ghostrow.data.InputException;
import ghostrow.study.Row;
import ghostrow.study.scale.Check.Measured;
import ghostrow.study.scale.predict.Forecast;
import ghostrow.study.scale.predict.Machine;
import ghostrow.study.scale.predict.Model;
import ghostrow.study.scale.predict.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Runs to check a prediction against, on grids and at depths where nothing was measured for the model, and on the
 * predicted grid itself; or on that alone, over a network. Each is a longer and a shorter run, the fastest of two or three: what the further steps took has no
 * start in it, and less of what else the machine was doing.
 */
final class Trials {
    /**
     * A grid, ranks, and how many steps the longer and the shorter run take.
     *
     * @param period steps from one report to the next, where there are reports
     * @param depth  ghost rows; empty if the program is to choose
     */
    record Trial(long size, int ranks, OptionalInt depth, long period, long longer, long shorter,
                 Optional<Network> network) {

        /** A grid of some size here, with a given depth. */
        static Trial of(long size, int ranks, int depth, double part) {
            long longer = Math.max(2, Math.round(LONGER_POINTS * part * Math.min(2, ranks) / size / size / PERIOD));
            return new Trial(size, ranks, OptionalInt.of(depth), PERIOD, longer * PERIOD, Math.max(1, longer / 8) * PERIOD,
                    Optional.empty());
        }
    }

    /** Over networks, and the deepest, and what the program chooses. */
    private static final List<Integer> DEPTHS = List.of(1, 8, 20, 60);
    private static final double NETWORK_SECONDS = 1.5;
    private static final int LEAST_EXCHANGES = 12;

    /** Size, ranks, depth. */
    private static final int[][] ELSEWHERE = {{700, 1, 8}, {1500, 1, 2}, {2400, 1, 24}, {1500, 2, 12}, {2400, 2, 1},
            {1000, 4, 8}};
    /** Steps come in so many, with a report after each where there are reports. */
    private static final long PERIOD = 100;
    static final double LONGER_POINTS = 3e9;
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
        List<Trial> trials = new ArrayList<>();
        for (int[] one : ELSEWHERE) {
            trials.add(Trial.of(one[0], one[1], one[2], part));
        }
        for (int ranks = 1; ranks <= Math.min(2, model.machine().cores()); ranks++) {
            Problem problem = app.problem(ranks);
            int deepest = Model.deepest(problem, ranks);
            if ((double) problem.rows() * problem.columns() <= LARGEST_GRID && deepest > 0) {
                trials.add(Trial.of(problem.rows(), ranks, Math.min(deepest, forecast.base().depth()), part));
            }
        }
        return trials;
    }

    /** The app's own grid on all of a network's machines, at several depths; each run as long as it needs by the model. */
    List<Trial> on(Network network, Machine machine) {
        Problem problem = app.problem(network.ranks());
        int deepest = Model.deepest(problem, network.ranks());
        if (deepest < 1) {
            throw new InputException("--host: too many ranks for " + problem.rows() + " rows to check on");
        }
        Model model = new Model(machine.with(machine.between(), machine.assumed(), network.ranksPerNode()), false,
                app.exchange());
        List<Trial> trials = new ArrayList<>();
        if (app.depth().isPresent()) {
            return List.of(on(network, model, problem, app.depth()));
        }
        int usual = model.usualDepth(problem, network.ranks());
        IntStream.concat(DEPTHS.stream().mapToInt(depth -> depth), IntStream.of(deepest))
                .filter(depth -> depth <= deepest && depth != usual).distinct()
                .forEach(depth -> trials.add(on(network, model, problem, OptionalInt.of(depth))));
        trials.add(on(network, model, problem, OptionalInt.empty()));
        return trials;
    }

    private Trial on(Network network, Model model, Problem problem, OptionalInt given) {
        int depth = given.orElseGet(() -> model.usualDepth(problem, network.ranks()));
        double step = model.predict(problem, network.ranks(), depth).stepSeconds() / problem.steps();
        // Whole exchanges, where no report cuts them short.
        long period = problem.rollCalls() ? problem.period() : (long) Math.ceil((double) PERIOD / depth) * depth;
        long least = Math.ceilDiv((long) LEAST_EXCHANGES * depth, period);
        long longer = Math.max(Math.max(3, least), Math.round(NETWORK_SECONDS * part / step / period));
        return new Trial(problem.rows(), network.ranks(), given, period, longer * period, Math.max(1, longer / 4) * period,
                Optional.of(network));
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
        Row shorter = timed(trial, trial.shorter);
        Row longer = timed(trial, trial.longer);
        for (int again = 1; again < (trial.network.isPresent() ? 3 : 2); again++) {
            shorter = faster(shorter, timed(trial, trial.shorter));
            longer = faster(longer, timed(trial, trial.longer));
        }
        Measured measured = Check.difference(shorter, longer);
        progress.printf(Locale.ROOT, "check on %d %s, %d x %d, depth %d: %s for %d steps%n", trial.ranks,
                trial.ranks == 1 ? "rank" : "ranks", trial.size, trial.size, measured.what().depth(),
                Units.time(measured.seconds()), measured.what().problem().steps());
        return measured;
    }

    private static Row faster(Row one, Row other) {
        return one.seconds() <= other.seconds() ? one : other;
    }

    private Row timed(Trial trial, long steps) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(probe.sized(app.workload(), trial.size, steps, trial.period, "none"));
        words.addAll(List.of("--exchange", app.exchange().name()));
        trial.depth.ifPresent(depth -> words.addAll(List.of("--ghosts", Integer.toString(depth))));
        return probe.run("check", app.workload(), words, trial.ranks, trial.network);
    }
}
