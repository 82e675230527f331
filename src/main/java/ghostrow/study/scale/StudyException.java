package ghostrow.study.scale;

/** A study cannot go on: a run or the batch system has failed. The message is all the user needs. */
final class StudyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StudyException(String message) {
        super(message);
    }
}
