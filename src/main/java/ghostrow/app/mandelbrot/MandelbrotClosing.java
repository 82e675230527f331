package ghostrow.app.mandelbrot;

import ghostrow.grid.Deal;
import ghostrow.kernel.Escape.Tally;
import ghostrow.kernel.EscapeRung;
import ghostrow.kernel.Escapes;
import ghostrow.run.Closing;
import ghostrow.run.Phases.Phase;
import ghostrow.run.Summary;
import java.io.IOException;

/** What a picture of the Mandelbrot set says when it is done. */
final class MandelbrotClosing {
    private MandelbrotClosing() {
    }

    /** @param files null where nothing was written */
    static void say(Closing closing, View view, int maxiter, Crew crew, Deal deal, String dealt,
            EscapeTotals totals, EscapeFiles files) throws IOException {
        Tally tally = totals.tally();
        double perSecond = tally.evaluations() / closing.times().of(Phase.STEP, Phase.EXCHANGE, Phase.WAIT);
        Escapes rung = crew.rung();
        boolean skips = rung == EscapeRung.SKIP;
        closing.line("points", "%d x %d, at most %d iterations", view.width(), view.height(), maxiter)
                .ranksLine()
                .line("kernel", "%s, interior %s", rung.label(), skips ? String.format("skipped: %d of %d evaluations "
                        + "done", tally.performed(), tally.evaluations()) : "exact: every evaluation done");
        if (rung instanceof GpuEscapes gpu) {
            device(closing, gpu, crew, totals);
        }
        closing.line("rows", "%s, %s", dealt, Summary.count(deal.pieces(), "piece"))
                .line("imbalance", "%.3f (%stime of counting, longest of the ranks over their mean)",
                        totals.imbalance(), rung instanceof GpuEscapes ? "" : "processor ")
                .timesLine()
                .line("speed", "%.3g evaluations/s", perSecond)
                .line("escaped", "%d of %d points, %d evaluations", tally.escaped(),
                        (long) view.width() * view.height(), tally.evaluations())
                .line("files", "%s", files == null ? "none" : files.counts() + ", " + files.picture())
                .print();
        System.out.println("Total sum of elements (for validation): " + tally.sum());
        closing.with("width", view.width()).with("height", view.height()).with("maxiter", maxiter)
                .with("validationSum", tally.sum()).with("evaluations", tally.evaluations())
                .with("escaped", tally.escaped()).with("evaluationsPerSecond", perSecond)
                .with("imbalance", totals.imbalance()).with("schedule", dealt)
                .with("pieces", deal.pieces()).with("interior", skips ? "skip" : "exact")
                .with("performed", tally.performed())
                .write();
    }

    /** Which device it was, and what it has counted itself. */
    private static void device(Closing closing, GpuEscapes gpu, Crew crew, EscapeTotals totals) {
        // Rank 0 is the first of its machine.
        String device = gpu.device(0);
        closing.line("device", "%s", device).with("device", device);
        if (crew.isMixed()) {
            long others = totals.points() - totals.devicePoints();
            closing.line("shares", "%d points by %s, %d by %s of each rank (%s)", totals.devicePoints(),
                            gpu.label(), others, Summary.count(crew.threads(), "thread"), crew.beside().label())
                    .with("devicePoints", totals.devicePoints()).with("threadPoints", others)
                    .with("threadKernel", crew.beside().label());
        }
    }
}
