package ghostrow.data;

/** Bytes of a file are not those that were written: where there is another state to go on from, that one will do. */
public final class DamageException extends InputException {
    private static final long serialVersionUID = 1L;

    public DamageException(String message) {
        super(message);
    }
}
