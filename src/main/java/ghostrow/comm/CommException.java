package ghostrow.comm;

import java.util.List;

/** A call was refused, or failed in the library; ranks cannot go on after it, unless all were refused alike. */
public final class CommException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorClass errorClass;

    /** What was wrong, in the classes of MPI. */
    public enum ErrorClass {
        /** Memory that cannot be a message. */
        BUFFER,
        /** A length that does not fit. */
        COUNT,
        TYPE, TAG, COMM,
        /** A peer that does not exist. */
        RANK,
        REQUEST, ROOT, GROUP,
        /** An operation that the elements do not have. */
        OP,
        TOPOLOGY, DIMENSIONS, ARGUMENT,
        /** A message is longer than the room for it. */
        TRUNCATE,
        /** The library itself is at a loss. */
        INTERN,
        /** None of these, or nobody said. */
        OTHER;

        private static final List<ErrorClass> NUMBERED = List.of(OTHER, BUFFER, COUNT, TYPE, TAG, COMM, RANK, REQUEST,
                ROOT, GROUP, OP, TOPOLOGY, DIMENSIONS, ARGUMENT, OTHER, TRUNCATE, OTHER, INTERN);

        /** By the number that it has in the standard's own ABI, and in Open MPI. */
        public static ErrorClass numbered(int number) {
            return number >= 0 && number < NUMBERED.size() ? NUMBERED.get(number) : OTHER;
        }
    }

    public CommException(String message) {
        this(ErrorClass.OTHER, message);
    }

    public CommException(ErrorClass errorClass, String message) {
        super(message);
        this.errorClass = errorClass;
    }

    public CommException(String message, Throwable cause) {
        this(ErrorClass.OTHER, message, cause);
    }

    public CommException(ErrorClass errorClass, String message, Throwable cause) {
        super(message, cause);
        this.errorClass = errorClass;
    }

    public ErrorClass errorClass() {
        return errorClass;
    }
}
