package ghostrow.app.diffusion;

import ghostrow.explain.Explainer;
import ghostrow.explain.Page;
import ghostrow.kernel.Rehearsal;
import ghostrow.kernel.Rule;
import ghostrow.kernel.Stencil;
import ghostrow.kernel.Stencils;
import java.lang.foreign.Arena;
import java.time.Duration;

/**
 * What becomes of a rung's inner loop.
 *
 * @param time how long it may run to be compiled
 */
record GridExplanation(Stencils rung, Rule rule, Duration time) {
    private static final int ROWS = 64;
    private static final int COLUMNS = 256;

    void print(Page page) {
        Explainer explainer = new Explainer(page);
        switch (rung) {
            case FormulaStencils formulas -> {
                idea(explainer, FormulaStencils.class);
                explainer.text("The formula, and what it was compiled to", FormulaStencils.explain(rule, COLUMNS));
            }
            case CStencils c -> {
                idea(explainer, CStencils.class);
                explainer.c(CStencils.report(rule));
            }
            case GpuStencils gpu -> {
                idea(explainer, GpuStencils.class);
                explainer.text("What the device's driver compiles, in OpenCL C", gpu.source(rule));
            }
            default -> numerics(explainer);
        }
    }

    private void numerics(Explainer explainer) {
        Stencil stencil = rung.worker(rule);
        idea(explainer, stencil.getClass());
        try (Arena arena = Arena.ofConfined()) {
            Rehearsal rows = Rehearsal.of(arena, ROWS, COLUMNS, 0);
            explainer.java(stencil.getClass(), () -> rows.advance(stencil, stencil.maxSteps()), time);
        }
    }

    private void idea(Explainer explainer, Class<?> type) {
        explainer.idea(rung.label(), rung.description(), type);
    }
}
