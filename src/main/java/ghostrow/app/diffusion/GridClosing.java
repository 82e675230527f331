package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.grid.Field;
import ghostrow.grid.Link;
import ghostrow.grid.Team;
import ghostrow.kernel.Rule;
import ghostrow.profile.Work;
import ghostrow.run.Closing;
import ghostrow.run.Digest;
import ghostrow.run.Job;
import ghostrow.run.Phases;
import ghostrow.run.Phases.Phase;
import ghostrow.run.RecordOptions;
import ghostrow.run.Summary;
import java.util.Locale;

/** What workloads on a grid say alike when they end. Made by all ranks together. */
final class GridClosing {
    private final GridOptions grid;
    private final Engine engine;
    private final GhostChoice ghosts;
    private final double points;
    private final Totals totals;
    private final String digest;
    private final Closing closing;

    /** @param points grid points, counted once for each step that was taken */
    GridClosing(String app, Comm comm, Job job, GridOptions grid, Engine engine, GhostChoice ghosts, Phases phases, RecordOptions record,
            Team team, Field field, Rule rule, double points) {
        this.grid = grid;
        this.engine = engine;
        this.ghosts = ghosts;
        this.points = points;
        phases.enter(Phase.TOTALS);
        this.totals = Totals.of(comm, team, field);
        phases.enter(Phase.DIGEST);
        this.digest = record.wantsDigest() ? Digest.of(comm, field.count(), row -> field.row(row + 1)) : null;
        phases.enter(Phase.CLOSING);
        this.closing = new Closing(app, comm, job, grid.threads, grid.rung().label(), 2 * field.bytes(), phases, record);
        // What a profile compares with are this processor's loops.
        if (comm.rank() == 0 && engine.device().isEmpty()) {
            job.stepped(new Work(points, 2 * Double.BYTES, rule.additions(),
                    closing.times().overRanks().get(Phase.STEP).mean()), new KernelLoops());
        }
    }

    Closing closing() {
        return closing;
    }

    Totals totals() {
        return totals;
    }

    double pointsPerSecond() {
        return points / closing.times().of(Phase.STEP, Phase.EXCHANGE, Phase.WAIT);
    }

    /** The lines between what was done and what came out. */
    void lines() {
        closing.ranksLine();
        engine.device().ifPresent(device -> closing.line("device", "%s", device));
        closing.line("kernel", "%s%s, exchange %s, %s%s", grid.rung().label(),
                        engine.kernel().map(kernel -> " " + kernel).orElse(""), grid.exchange,
                        Summary.count(ghosts.depth(), "ghost row"), ghosts.link().map(GridClosing::distance).orElse(""))
                .timesLine()
                // T_eff is the traffic that reading and writing each value once a step would make.
                .line("speed", "%.3g points/s, T_eff %.3g GB/s", pointsPerSecond(),
                        pointsPerSecond() * 2 * Double.BYTES / 1e9);
    }

    private static String distance(Link link) {
        return String.format(Locale.ROOT, " for %.0f us between machines", link.latency() * 1e6);
    }

    /** The values behind those of the workload's own. */
    void values() {
        closing.with("pointsPerSecond", pointsPerSecond())
                .with("imbalance", closing.times().imbalance())
                .with("exchange", grid.exchange.name()).with("ghosts", ghosts.depth())
                .withDigest(digest);
        engine.device().ifPresent(device -> closing.with("device", device));
        engine.kernel().ifPresent(kernel -> closing.with("gpuKernel", kernel));
        ghosts.link().ifPresent(link -> closing.with("exchangeLatency", link.latency())
                .with("exchangeBytesPerSecond", link.bytesPerSecond()));
    }
}
