package ghostrow.many;

/** What has become of a piece of work. */
enum State {
    /** Somebody has it, or had it when the job ended. */
    running,
    done,
    /** It ended otherwise than it should; the journal says why. */
    failed,
    /** The job was told to stop before it was through; it goes on from what it has left. */
    stopped;

    /** Whether nobody will take it up again unless told to. */
    boolean isOver() {
        return this == done || this == failed;
    }
}
