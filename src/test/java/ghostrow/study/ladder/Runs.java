package ghostrow.study.ladder;

import ghostrow.study.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows as runs of the Mandelbrot set leave them, made by hand. */
final class Runs {
    static final Problem PROBLEM = new Escapes(1000, 1000, List.of());
    static final Step PLAIN = Step.of("plain", "a scalar loop over the points, the definition of the others");
    static final Step BOXED = Step.of("boxed", "every number an object in a list, looked up each time");
    static final Step VECTOR = Step.of("vector",
            "SIMD, four vectors in flight, escapes looked for once in 8 iterations");
    static final Step SKIP = Step.of("skip",
            "as vector, but points that provably never escape are not iterated to the end");
    static final String RIGHT = "1148485 sum, 51414419 evaluations, 199934 escaped";
    static final double WORK = 51414419;

    private Runs() {
    }

    static Row whole(Step step, double seconds) {
        return row(step, PROBLEM.whole(), seconds, RIGHT, Map.of());
    }

    /** On a case with a sixteenth of the points, which did this much more than a sixteenth of the work. */
    static Row small(Step step, double seconds, double more) {
        return row(step, PROBLEM.smaller(1 / 16.0), seconds, "75318 sum, 3207948 evaluations, 12630 escaped",
                Map.of("evaluations", "" + WORK / 16 * more));
    }

    static Row row(Step step, Case what, double seconds, String value, Map<String, String> more) {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put(Book.APP, PROBLEM.app());
        cells.put(Book.ARGUMENTS, String.join(" ", PROBLEM.words()));
        cells.put(Book.STEP, step.name());
        cells.put(Book.CASE, what.name());
        cells.put(Book.SHARE, "" + what.share());
        cells.put("seconds", "" + seconds);
        cells.put(Book.VALUE, value);
        cells.put("evaluations", "" + WORK);
        cells.put("width", what.whole() ? "500" : "125");
        cells.put("height", what.whole() ? "500" : "126");
        cells.put("environment.hosts", "node1");
        cells.putAll(more);
        return new Row(cells);
    }
}
