package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.grid.Field;
import ghostrow.grid.Team;
import ghostrow.kernel.Rule;
import ghostrow.run.Closing;
import ghostrow.run.Job;
import ghostrow.run.Phases;
import ghostrow.run.RecordOptions;
import java.io.IOException;

/** What a jacobi says when it ends. */
final class JacobiClosing {
    /** Four additions and a product. */
    private static final int FLOPS_A_POINT = 5;

    private JacobiClosing() {
    }

    /** Collective. */
    static void complete(Comm comm, Job job, GridOptions grid, Engine engine, GhostChoice ghosts, Phases phases, RecordOptions record,
            Jacobi.Limits limits, long steps, boolean settled, Team team, Field field) throws IOException {
        long size = field.columns();
        GridClosing common = new GridClosing("jacobi", comm, job, grid, engine, ghosts, phases, record, team, field,
                new Rule.Jacobi(), (double) size * size * steps);
        if (comm.rank() != 0) {
            return;
        }
        Closing closing = common.closing()
                .line("grid", "%d x %d", size, size)
                .line("steps", "%d%s", steps, !limits.settles() ? ""
                        : settled ? ", no cell changed by " + limits.tolerance() : ", not settled");
        common.lines();
        closing.line("sum", "%s", common.totals().sum()).print();
        closing.with("n", size).with("steps", steps).with("sum", common.totals().sum())
                .with("gflops", common.pointsPerSecond() * FLOPS_A_POINT / 1e9);
        if (limits.settles()) {
            closing.with("settled", settled);
        }
        common.values();
        closing.write();
    }
}
