package ghostrow.app.mandelbrot;

import ghostrow.explain.Explainer;
import ghostrow.explain.Page;
import ghostrow.gpu.EscapeText;
import ghostrow.kernel.Escape;
import ghostrow.kernel.Escapes;
import ghostrow.kernel.Plane;
import java.time.Duration;

/**
 * What becomes of a rung's inner loop.
 *
 * @param time how long it may run to be compiled
 */
record EscapeExplanation(Escapes rung, Duration time) {
    private static final int WIDTH = 64;
    private static final int MAXITER = 200;

    void print(Page page) {
        Explainer explainer = new Explainer(page);
        switch (rung) {
            case FormulaEscapes _ -> {
                idea(explainer, FormulaEscapes.class);
                explainer.text("The formulas, and what they were compiled to", FormulaEscapes.explain());
            }
            case CEscapes _ -> {
                idea(explainer, CEscapes.class);
                explainer.c(CEscapes.report());
            }
            case GpuEscapes gpu -> {
                idea(explainer, EscapeText.class);
                explainer.text("The loop in OpenCL C, which the device's driver compiles", gpu.text());
            }
            default -> numerics(explainer);
        }
    }

    private void numerics(Explainer explainer) {
        Escape escape = rung.worker();
        idea(explainer, escape.getClass());
        Plane plane = Plane.whole(WIDTH);
        int[] counts = new int[plane.x().length * plane.y().length];
        Runnable loops = rung.manyRowsAtOnce() ? () -> escape.rows(plane.x(), plane.y(), MAXITER, counts)
                : () -> rowByRow(escape, plane, counts);
        explainer.java(escape.getClass(), loops, time);
    }

    private static void rowByRow(Escape escape, Plane plane, int[] counts) {
        for (double y : plane.y()) {
            escape.counts(plane.x(), y, MAXITER, counts, 0, plane.x().length);
        }
    }

    private void idea(Explainer explainer, Class<?> type) {
        explainer.idea(rung.label(), rung.description(), type);
    }
}
