package ghostrow.comm;

/**
 * Thrown by an SPMD program that ends for a reason its user understands: one line, a chosen exit code, no
 * stack trace. It may be thrown on all ranks (bad input that all of them read) or on one; the whole job
 * ends either way.
 */
public final class RankExit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    /**
     * @param code    what the job's exit code will be, 1 to 255
     * @param message the line for standard error, or {@code null} where everything has been said
     */
    public RankExit(int code, String message) {
        super(message);
        if (code < 1 || code > 255) {
            throw new IllegalArgumentException("exit code " + code + " is outside 1..255");
        }
        this.code = code;
    }

    public int code() {
        return code;
    }
}
