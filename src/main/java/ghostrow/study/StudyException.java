package ghostrow.study;

/** A study cannot go on: a run or the batch system has failed. The message is all the user needs. */
public final class StudyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StudyException(String message) {
        super(message);
    }
}
