package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.gpu.GridDevice;
import ghostrow.gpu.StencilKernel;
import ghostrow.gpu.StencilWay;
import ghostrow.grid.Field;
import ghostrow.grid.GhostRows;
import ghostrow.grid.Stepper;
import ghostrow.grid.Team;
import java.util.List;
import java.util.Optional;

/** A device, by the kernel that was named, or by the one that is fastest on it. */
final class GpuEngine implements Engine {
    private final GridDevice device;
    private final boolean overlap;
    private final Optional<StencilWay> named;
    private StencilWay way;

    GpuEngine(GridDevice device, boolean overlap, Optional<StencilWay> named) {
        this.device = device;
        this.overlap = overlap;
        this.named = named;
    }

    @Override
    public void keep(Field one, Field other) {
        device.keep(one, other);
    }

    @Override
    public Stepper stepper(Comm comm, Team team, GhostRows ghosts, int depth) {
        way = named.orElseGet(() -> fastest(comm, depth));
        // One thread tells the device what to do; the rank's team has the host's share: sums.
        return new Stepper(new Team(1, 1), () -> device.stencil(way), ghosts, depth, overlap);
    }

    /** All ranks take the same, since one that takes more steps at a time would meet the others at other steps. */
    private StencilKernel fastest(Comm comm, int depth) {
        List<StencilKernel> candidates = device.candidates(depth);
        StencilKernel best = StencilKernel.ROWS;
        double least = Double.POSITIVE_INFINITY;
        for (StencilKernel each : StencilKernel.values()) {
            double mine = candidates.contains(each) ? device.seconds(each, depth) : Double.POSITIVE_INFINITY;
            double all = comm.allreduce(Comm.Op.SUM, mine);
            if (all < least) {
                least = all;
                best = each;
            }
        }
        return best;
    }

    @Override
    public double change(Team team, Field one, Field other) {
        return device.change();
    }

    @Override
    public Optional<String> device() {
        return Optional.of(device.info().toString());
    }

    @Override
    public Optional<String> kernel() {
        return way instanceof StencilKernel kernel && kernel != StencilKernel.ARRAY ? Optional.of(kernel.label())
                : Optional.empty();
    }

    @Override
    public void close() {
        device.close();
    }
}
