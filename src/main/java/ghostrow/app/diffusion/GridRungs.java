package ghostrow.app.diffusion;

import ghostrow.kernel.Rung;
import ghostrow.kernel.Stencils;
import java.util.ArrayList;
import java.util.List;

/**
 * All ways to step a grid, in the order of the ladder: those that are numerics alone, two that know more, and those on a
 * device.
 */
public final class GridRungs {
    private GridRungs() {
    }

    public static List<Stencils> all() {
        List<Stencils> all = new ArrayList<>(List.of(Rung.values()));
        all.addAll(all.indexOf(Rung.VECTOR), List.of(new FormulaStencils(), new CStencils()));
        all.addAll(List.of(GpuStencils.array(), GpuStencils.element(), GpuStencils.written()));
        return List.copyOf(all);
    }
}
