package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.data.DiffusionPlan;
import ghostrow.grid.Field;
import ghostrow.grid.Team;
import ghostrow.kernel.Rule;
import ghostrow.run.Closing;
import ghostrow.run.Job;
import ghostrow.run.Phases;
import ghostrow.run.Phases.Phase;
import ghostrow.run.RecordOptions;
import ghostrow.run.Summary;
import java.io.IOException;

/** What a diffusion says when it ends. */
final class DiffusionClosing {
    private DiffusionClosing() {
    }

    static void stopped(Comm comm, long step, DiffusionPlan plan) {
        if (comm.rank() == 0) {
            System.out.println("stopped by a signal after step " + step + " of " + plan.nsteps()
                    + "; the same command with --restart goes on from there");
        }
    }

    /** Collective. */
    static void complete(Comm comm, Job job, GridOptions grid, Engine engine, GhostChoice ghosts, Phases phases, RecordOptions record,
            DiffusionPlan plan, DiffusionFiles files, boolean pictures, Team team, Field field) throws IOException {
        double points = (double) plan.nrows() * plan.nrows() * plan.nsteps();
        GridClosing common = new GridClosing("diffusion", comm, job, grid, engine, ghosts, phases, record, team, field,
                new Rule.Diffusion(1), points);
        if (comm.rank() != 0) {
            return;
        }
        Totals totals = common.totals();
        Closing closing = common.closing()
                .line("grid", "%d x %d, dx %.6g, dt %.6g", plan.nrows(), plan.nrows(), plan.dx(), plan.dt())
                .line("steps", "%d, %s", plan.nsteps(), Summary.count(plan.reports(), "report"));
        common.lines();
        closing.line("sum", "%s, min %s, max %s", totals.sum(), totals.min(), totals.max())
                .line("snapshots", "%s", files.summary())
                .print();
        closing.with("nrows", plan.nrows()).with("ncols", plan.nrows()).with("dx", plan.dx()).with("dt", plan.dt())
                .with("steps", plan.nsteps()).with("reports", plan.reports())
                .with("sum", totals.sum()).with("min", totals.min()).with("max", totals.max())
                .with(Start.NAME, files.start().toString());
        common.values();
        try {
            if (pictures) {
                phases.enter(Phase.PICTURES);
                files.draw();
                phases.enter(Phase.CLOSING);
            }
        } finally {
            // Of a run that is done, also where its pictures do not fit on the disk.
            closing.write();
        }
    }
}
