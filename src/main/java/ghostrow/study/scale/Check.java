package ghostrow.study.scale;

import ghostrow.data.InputException;
import ghostrow.kernel.Rung;
import ghostrow.study.scale.predict.Model;
import ghostrow.study.scale.predict.Prediction;
import ghostrow.study.scale.predict.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Measured runs beside what the model says of them: the time of stepping and exchanging alone, for that is all that
 * the runs of a study have in common.
 *
 * @param skipped rows that the model does not describe: several threads, another kernel, overlapped messages
 * @param others  processors other than the model's, on which rows were measured
 */
record Check(List<Point> points, int skipped, List<String> others) {

    /**
     * The runs of one problem on so many ranks.
     *
     * @param measured       the median of their seconds
     * @param oversubscribed whether the ranks shared cores, which the model knows nothing of
     */
    record Point(int runs, double measured, Prediction prediction, boolean oversubscribed) {
        double error() {
            return prediction.loopSeconds() / measured - 1;
        }
    }

    private record Case(int ranks, Problem problem, int depth) {
    }

    static Check of(Model model, Workload workload, List<Row> rows) {
        Map<Case, List<Row>> cases = rows.stream().filter(row -> known(workload, row))
                .collect(Collectors.groupingBy(Check::caseOf, LinkedHashMap::new, Collectors.toList()));
        List<Point> points = new ArrayList<>();
        cases.forEach((what, runs) -> points.add(new Point(runs.size(), Statistics.median(runs.stream()
                .mapToDouble(row -> row.number("phases.step") + row.number("phases.exchange")).toArray()),
                model.predict(what.problem, what.ranks, what.depth), runs.stream()
                .anyMatch(row -> row.has("host.cores") && what.ranks > row.number("host.cores")))));
        return new Check(points, rows.size() - points.stream().mapToInt(Point::runs).sum(),
                rows.stream().map(row -> row.text("host.processor")).distinct()
                        .filter(processor -> !processor.equals(model.machine().title())).toList());
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

    private static Case caseOf(Row row) {
        boolean square = row.has("n");
        long rows = (long) row.number(square ? "n" : "nrows");
        long columns = (long) row.number(square ? "n" : "ncols");
        long steps = (long) row.number("steps");
        // The first report shows the start; a record does not say how many steps lie between them.
        long reports = square ? 1 : Math.max(1, (long) row.number("reports") - 1);
        return new Case(row.setting().ranks(), new Problem(rows, columns, steps, steps / reports, 0, !square),
                (int) row.number("ghosts"));
    }

    /** Those that tell whether the model is right. */
    List<Point> valid() {
        return points.stream().filter(point -> !point.oversubscribed).toList();
    }

    double medianError() {
        return Statistics.median(valid().stream().mapToDouble(point -> Math.abs(point.error())).toArray());
    }

    double largestError() {
        return valid().stream().mapToDouble(point -> Math.abs(point.error())).max().orElseThrow();
    }
}
