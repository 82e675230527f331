package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.gpu.Devices;
import ghostrow.gpu.GridDevice;
import ghostrow.gpu.SlabStencil;
import ghostrow.gpu.StencilFormula;
import ghostrow.gpu.StencilKernel;
import ghostrow.gpu.StencilWay;
import ghostrow.kernel.Rule;
import ghostrow.kernel.Stencil;
import ghostrow.kernel.Stencils;
import ghostrow.run.GpuOptions;
import java.util.Optional;

/**
 * Steps rows on a device. What does it is loaded when it is asked for, and not when it is named among the rungs.
 *
 * @param kernel which of the device's kernels
 */
record GpuStencils(String label, String description, Choice kernel, GpuOptions options) implements Stencils {
    /** Ghost rows a side where nobody says: an exchange with a device takes as long as many steps. */
    static final int DEPTH = 8;

    /** Of kernels; the first four are for one rung. */
    enum Choice { auto, cell, rows, steps, array, element }

    static GpuStencils written() {
        return new GpuStencils("gpu", "on a GPU: kernels written for it, the fastest of three (--gpu-kernel)", Choice.auto,
                new GpuOptions());
    }

    static GpuStencils array() {
        return new GpuStencils("gpu-array", "on a GPU: an operation at a time, an array for each, as gpuarray does",
                Choice.array, new GpuOptions());
    }

    static GpuStencils element() {
        return new GpuStencils("gpu-element", "on a GPU: the rule's formula as one kernel, an item a cell", Choice.element,
                new GpuOptions());
    }

    GpuStencils with(Choice kernel, GpuOptions options) {
        return new GpuStencils(label, description, kernel, options);
    }

    @Override
    public Optional<String> missing() {
        return Devices.find().missing(options.device());
    }

    /** Of rows that are in the host's memory before and after; runs use an {@link #engine}. */
    @Override
    public Stencil worker(Rule rule) {
        return new SlabStencil(() -> Devices.find().of(options.device(), 0), rule, named(rule).orElse(StencilKernel.ROWS));
    }

    private Optional<StencilWay> named(Rule rule) {
        return switch (kernel) {
            case auto -> Optional.empty();
            case cell -> Optional.of(StencilKernel.CELL);
            case rows -> Optional.of(StencilKernel.ROWS);
            case steps -> Optional.of(StencilKernel.STEPS);
            case array -> Optional.of(StencilKernel.ARRAY);
            case element -> Optional.of(new StencilFormula(FormulaStencils.openCl(rule)));
        };
    }

    Engine engine(Comm comm, Rule rule, boolean overlap) {
        GridDevice device = new GridDevice(Devices.find().of(options.device(), GpuOptions.localRank(comm)), rule,
                options.copies());
        return new GpuEngine(device, overlap, named(rule));
    }

    /** What the device's driver compiles. */
    String source(Rule rule) {
        return kernel == Choice.element ? FormulaStencils.openCl(rule).source() : StencilKernel.source(rule);
    }
}
