package ghostrow.study.scale;

import ghostrow.data.InputException;
import ghostrow.grid.Exchange;
import ghostrow.kernel.Rung;
import ghostrow.study.Row;
import ghostrow.study.Spread;
import ghostrow.study.scale.predict.Machine;
import ghostrow.study.scale.predict.Model;
import ghostrow.study.scale.predict.Prediction;
import ghostrow.study.scale.predict.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Measured runs beside what the model says of them: of a study the time of stepping and exchanging alone, for those
 * have their runs' digests made as well, in the time of the closing sum.
 *
 * @param whole  whether the points are whole runs, with all that the first steps take
 * @param others processors other than the model's, on which points were measured
 */
record Check(List<Point> points, boolean whole, List<String> others) {

    /** A measured time, and what the model says of it. */
    record Point(Measured measured, Prediction prediction) {
        double error() {
            return seconds() / measured.seconds - 1;
        }

        /** The predicted time of what was measured. */
        double seconds() {
            return measured.whole ? prediction.loopSeconds() : prediction.stepSeconds();
        }

        /** Whether ranks shared cores, which the model knows nothing of. */
        boolean oversubscribed() {
            return measured.what.ranks > measured.cores;
        }
    }

    /**
     * @param whole   whether it is the stepping and exchanging of whole runs; else all that further steps took
     * @param runs    how many runs the seconds are of
     * @param seconds of stepping and exchanging
     * @param cores   of the machine
     */
    record Measured(Case what, boolean whole, int runs, double seconds, double cores, String processor) {
    }

    /**
     * @param machines how many the ranks were on
     * @param depth    ghost rows
     * @param exchange how they travelled
     */
    record Case(int ranks, int machines, Problem problem, int depth, Exchange exchange) {

        static Case of(Row row) {
            boolean plate = row.has("n");
            long rows = (long) row.number(plate ? "n" : "nrows");
            long columns = (long) row.number(plate ? "n" : "ncols");
            long steps = (long) row.number("steps");
            // The first report shows the start; a record does not say how many steps lie between them.
            long periods = plate ? 1 : Math.max(1, (long) row.number("reports") - 1);
            int machines = (int) Arrays.stream(row.text("environment.hosts").split(" ")).distinct().count();
            return new Case(Setting.of(row).ranks(), machines,
                    new Problem(rows, columns, steps, steps / periods, 0, !plate), (int) row.number("ghosts"),
                    PredictedApp.exchange(row.text("exchange")));
        }

        /** The machine as it is for these ranks, however many a node holds elsewhere. */
        private Prediction on(Machine machine) {
            Machine placed = machines == 1 ? machine.alone()
                    : machine.with(machine.between(), machine.assumed(), Math.ceilDiv(ranks, machines));
            return new Model(placed, false, exchange).predict(problem, ranks, depth);
        }
    }

    static Check of(Machine machine, List<Measured> measured, boolean whole) {
        return new Check(measured.stream().map(one -> new Point(one, one.what.on(machine))).toList(), whole,
                measured.stream().map(Measured::processor).distinct()
                        .filter(processor -> !processor.equals(machine.title())).toList());
    }

    /** The runs of a study that the model can describe: medians of each setting. */
    static List<Measured> studied(Workload workload, List<Row> rows) {
        Map<Case, List<Row>> cases = rows.stream().filter(row -> known(workload, row))
                .collect(Collectors.groupingBy(Case::of, LinkedHashMap::new, Collectors.toList()));
        List<Measured> measured = new ArrayList<>();
        cases.forEach((what, runs) -> measured.add(new Measured(what, true, runs.size(),
                Spread.median(runs.stream().mapToDouble(Check::loop).toArray()), cores(runs.getFirst()),
                runs.getFirst().text("host.processor"))));
        return measured;
    }

    /** What the further steps of a longer run take: what comes before and after the steps is in both, and drops out. */
    static Measured difference(Row shorter, Row longer) {
        Case all = Case.of(longer);
        Problem grid = all.problem;
        long steps = grid.steps() - Case.of(shorter).problem.steps();
        return new Measured(new Case(all.ranks, all.machines, new Problem(grid.rows(), grid.columns(), steps,
                Math.min(steps, grid.period()), 0, grid.rollCalls()), all.depth, all.exchange), false, 1,
                longer.seconds() - shorter.seconds(),
                cores(longer), longer.text("host.processor"));
    }

    private static boolean known(Workload workload, Row row) {
        if (!row.text("app").equals(workload.label())) {
            throw new InputException("found runs of " + row.text("app") + " to check a prediction of "
                    + workload.label() + " against");
        }
        return row.text("threads").equals("1") && row.text("kernel").equals(Rung.auto().label())
                && row.number("steps") > 0;
    }

    private static double loop(Row row) {
        return row.number("phases.step") + row.number("phases.exchange") + (row.has("phases.wait") ? row.number("phases.wait") : 0);
    }

    private static double cores(Row row) {
        return row.has("host.cores") ? row.number("host.cores") : Double.POSITIVE_INFINITY;
    }

    /** Those that tell whether the model is right. */
    List<Point> valid() {
        return points.stream().filter(point -> !point.oversubscribed()).toList();
    }

    double medianError() {
        return Spread.median(valid().stream().mapToDouble(point -> Math.abs(point.error())).toArray());
    }

    double largestError() {
        return valid().stream().mapToDouble(point -> Math.abs(point.error())).max().orElseThrow();
    }
}
