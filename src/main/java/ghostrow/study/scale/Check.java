package ghostrow.study.scale;

import ghostrow.data.InputException;
import ghostrow.kernel.Rung;
import ghostrow.study.Spread;
import ghostrow.study.scale.predict.Model;
import ghostrow.study.scale.predict.Prediction;
import ghostrow.study.scale.predict.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Measured runs beside what the model says of them: the time of stepping and exchanging alone, for studies have
 * their runs' digests made as well, in the time of the closing sum.
 *
 * @param whole  whether the points are whole runs, with all that the first steps take
 * @param others processors other than the model's, on which points were measured
 */
record Check(List<Point> points, boolean whole, List<String> others) {

    /** A measured time, and what the model says of it. */
    record Point(Measured measured, Prediction prediction) {
        double error() {
            return prediction.loopSeconds() / measured.seconds - 1;
        }

        /** Whether ranks shared cores, which the model knows nothing of. */
        boolean oversubscribed() {
            return measured.what.ranks > measured.cores;
        }
    }

    /**
     * @param runs    how many runs the seconds are of
     * @param seconds of stepping and exchanging
     * @param cores   of the machine
     */
    record Measured(Case what, int runs, double seconds, double cores, String processor) {
    }

    /** @param depth ghost rows */
    record Case(int ranks, Problem problem, int depth) {

        static Case of(Row row) {
            boolean plate = row.has("n");
            long rows = (long) row.number(plate ? "n" : "nrows");
            long columns = (long) row.number(plate ? "n" : "ncols");
            long steps = (long) row.number("steps");
            // The first report shows the start; a record does not say how many steps lie between them.
            long periods = plate ? 1 : Math.max(1, (long) row.number("reports") - 1);
            return new Case(row.setting().ranks(), new Problem(rows, columns, steps, steps / periods, 0, !plate),
                    (int) row.number("ghosts"));
        }
    }

    static Check of(Model model, List<Measured> measured, boolean whole) {
        return new Check(measured.stream().map(one -> new Point(one, model.predict(one.what.problem, one.what.ranks,
                one.what.depth))).toList(), whole, measured.stream().map(Measured::processor).distinct()
                .filter(processor -> !processor.equals(model.machine().title())).toList());
    }

    /** The runs of a study that the model can describe: medians of each setting. */
    static List<Measured> studied(Workload workload, List<Row> rows) {
        Map<Case, List<Row>> cases = rows.stream().filter(row -> known(workload, row))
                .collect(Collectors.groupingBy(Case::of, LinkedHashMap::new, Collectors.toList()));
        List<Measured> measured = new ArrayList<>();
        cases.forEach((what, runs) -> measured.add(new Measured(what, runs.size(),
                Spread.median(runs.stream().mapToDouble(Check::loop).toArray()), cores(runs.getFirst()),
                runs.getFirst().text("host.processor"))));
        return measured;
    }

    /** What the further steps of a longer run take: what comes before and after the steps is in both, and drops out. */
    static Measured difference(Row shorter, Row longer) {
        Case all = Case.of(longer);
        Problem grid = all.problem;
        long steps = grid.steps() - Case.of(shorter).problem.steps();
        return new Measured(new Case(all.ranks, new Problem(grid.rows(), grid.columns(), steps,
                Math.min(steps, grid.period()), 0, grid.rollCalls()), all.depth), 1,
                longer.seconds() - shorter.seconds(),
                cores(longer), longer.text("host.processor"));
    }

    private static boolean known(Workload workload, Row row) {
        if (!row.text("app").equals(workload.label())) {
            throw new InputException("found runs of " + row.text("app") + " to check a prediction of "
                    + workload.label() + " against");
        }
        return row.text("threads").equals("1") && row.text("kernel").equals(Rung.auto().label())
                && !row.text("exchange").equals("overlap") && row.number("ghosts") <= Model.DEEPEST
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
