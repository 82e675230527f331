package ghostrow.data;

/**
 * What the user gave cannot be used: a parameter, an option, a file or a folder. The message is one line that
 * names what was found, what was expected and where; it is all the user gets to see.
 */
public class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InputException(String message) {
        super(message);
    }

    public InputException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A piece of the user's own text for a message: quoted, short, and on one line whatever it held. */
    static String quote(String found) {
        StringBuilder shown = new StringBuilder("'");
        int end = Math.min(found.length(), 40);
        for (int i = 0; i < end; i++) {
            char c = found.charAt(i);
            shown.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '?' : c);
        }
        return shown.append(end < found.length() ? "...'" : "'").toString();
    }
}
