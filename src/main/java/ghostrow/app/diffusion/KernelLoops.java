package ghostrow.app.diffusion;

import ghostrow.kernel.Limits;
import ghostrow.profile.Work;
import java.lang.foreign.MemorySegment;

/** The kernels' own kind of loops, for finding out what a core can do. */
record KernelLoops() implements Work.Loops {
    @Override
    public void copy(MemorySegment memory) {
        Limits.copy(memory);
    }

    @Override
    public long add(long times, double[] result) {
        return Limits.add(times, result);
    }
}
