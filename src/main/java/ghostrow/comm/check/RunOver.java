package ghostrow.comm.check;

/**
 * Takes the ranks out of whatever they do, once a run cannot go on. An error, so that programs do not take it for
 * theirs.
 */
final class RunOver extends Error {
    private static final long serialVersionUID = 1L;

    RunOver() {
        super("the run is over", null, false, false);
    }
}
