package ghostrow.own;

import ghostrow.data.InputException;

/** A program cannot be run as it is written; the message shows where, on lines of its own. */
public final class SourceErrors extends InputException {
    private static final long serialVersionUID = 1L;

    SourceErrors(String message) {
        super(message);
    }
}
