package ghostrow.run;

/**
 * One rank of several that live a run inside a job has failed, while the others may wait for it: it is over for the job
 * as well.
 */
public final class GroupBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GroupBroken(Throwable cause) {
        super(cause);
    }
}
