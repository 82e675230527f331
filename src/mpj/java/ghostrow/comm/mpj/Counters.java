package ghostrow.comm.mpj;

import ghostrow.comm.Comm;

/** Where the ranks of a run keep the numbers that they share; the library has no place for them. */
@FunctionalInterface
interface Counters {

    /**
     * Collective.
     *
     * @param name the same on all ranks of the group, and used once in a run
     */
    Comm.Counter named(String name, Comm group);
}
