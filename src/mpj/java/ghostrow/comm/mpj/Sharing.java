package ghostrow.comm.mpj;

import ghostrow.comm.Comm;
import java.util.Optional;

/**
 * Where the ranks of a run keep what they share; the library has no place for it. All calls are collective, and their
 * name is the same on all ranks of the group, and used once in a run.
 */
interface Sharing {

    Comm.Counter counter(String name, Comm group);

    /** Nothing where the ranks share no memory. */
    Optional<Comm.Window> window(String name, long bytes, Comm group);
}
