package ghostrow.comm;

/** A call to the message passing library failed or was refused; ranks cannot go on after it. */
public final class CommException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommException(String message) {
        super(message);
    }

    public CommException(String message, Throwable cause) {
        super(message, cause);
    }
}
