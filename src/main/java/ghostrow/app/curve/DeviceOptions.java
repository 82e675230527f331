package ghostrow.app.curve;

import ghostrow.comm.Comm;
import ghostrow.data.InputException;
import ghostrow.formula.Compiled;
import ghostrow.run.GpuOptions;
import ghostrow.run.Options;

/** What is to compute a formula. Nothing of a device's driver is loaded unless it is a device. */
final class DeviceOptions {
    /** The words of {@code --device}. */
    enum Where { cpu, gpu }

    private Where where = Where.cpu;
    private final GpuOptions gpu = new GpuOptions();

    void declare(Options options) {
        options.option("--device", "NAME", Where.class, value -> where = value,
                "What computes the formula: cpu (default), or gpu, which gets one part after the other; reductions stay "
                + "on the CPU. The results are the same bits; functions that a GPU rounds otherwise, such as sin, are "
                + "refused.");
        gpu.declare(options);
    }

    boolean isProcessor() {
        return where == Where.cpu;
    }

    /** Refuses what this machine cannot do. */
    void check(Compiled compiled) {
        gpu.requireUse(where == Where.gpu, "--device gpu");
        if (where == Where.gpu) {
            compiled.openCl();
            FormulaDevice.missing(gpu).ifPresent(what -> {
                throw new InputException("--device gpu needs " + what);
            });
        }
    }

    /** @param apart as in {@link Compiled#openCl(long)} */
    Machine open(Comm comm, Compiled compiled, long apart) {
        return isProcessor() ? new Processor(compiled) : FormulaDevice.open(comm, gpu, compiled, apart);
    }

    String explain(Compiled compiled, long apart) {
        return isProcessor() ? compiled.explain() : compiled.explain(compiled.openCl(apart));
    }
}
