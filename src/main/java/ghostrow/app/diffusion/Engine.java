package ghostrow.app.diffusion;

import ghostrow.comm.Comm;
import ghostrow.grid.Field;
import ghostrow.grid.GhostRows;
import ghostrow.grid.Stepper;
import ghostrow.grid.Team;
import java.util.Optional;

/** What steps the fields of one rank: the processor's threads, or a device. */
interface Engine extends AutoCloseable {

    /** To be told of the two fields that take turns before they are used. */
    void keep(Field one, Field other);

    /** Collective. */
    Stepper stepper(Comm comm, Team team, GhostRows ghosts, int depth);

    /** By how much the two fields differ where they differ most: what the last step has changed. */
    double change(Team team, Field one, Field other);

    /** The device, if there is one. */
    Optional<String> device();

    /** Which of the device's kernels was taken, where there is a choice; known once there is a {@link #stepper}. */
    Optional<String> kernel();

    @Override
    void close();
}
