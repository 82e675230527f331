package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.grid.Field;
import ghostrow.grid.GhostRows;
import ghostrow.grid.Stepper;
import ghostrow.grid.Team;
import ghostrow.kernel.Rule;
import ghostrow.kernel.Stencils;
import ghostrow.run.WarmUp;
import java.util.Optional;

/**
 * The processor, by a rung of the ladder.
 *
 * @param warmUp compiles the rung's loops
 */
record HostEngine(Stencils rung, Rule rule, boolean overlap, WarmUp warmUp) implements Engine {
    @Override
    public void keep(Field one, Field other) {
    }

    @Override
    public Stepper stepper(Comm comm, Team team, GhostRows ghosts, int depth) {
        warmUp.await();
        return new Stepper(team, rung, rule, ghosts, depth, overlap);
    }

    @Override
    public double change(Team team, Field one, Field other) {
        return Change.largest(team, one, other);
    }

    @Override
    public Optional<String> device() {
        return Optional.empty();
    }

    @Override
    public Optional<String> kernel() {
        return Optional.empty();
    }

    @Override
    public void close() {
    }
}
