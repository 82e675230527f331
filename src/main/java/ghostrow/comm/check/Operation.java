package ghostrow.comm.check;

import ghostrow.comm.Comm.Status;

/** What a rank has asked for, and must wait for. */
sealed interface Operation permits Post, Part {
    Place place();

    /** The call, with what matters of its arguments. */
    String shown();

    /** Whether the other ranks have done their part. */
    boolean isComplete();

    /**
     * Brings the rank what came of it, in a thread of its own.
     *
     * @param at where it was waited for
     */
    Status finish(Place at);

    /** It is left alone, since its rank has ended. */
    void leave();
}
