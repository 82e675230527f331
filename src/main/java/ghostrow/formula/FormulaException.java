package ghostrow.formula;

/** A formula that cannot be used: one line that says why, and the place in the text. */
public final class FormulaException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int WINDOW = 90;

    private final String text;
    private final int position;

    FormulaException(String text, int position, String message) {
        super(message);
        this.text = text;
        this.position = Math.clamp(position, 0, text.length());
    }

    /** Index into the formula's text, from 0. */
    public int position() {
        return position;
    }

    /** The message, the line it is about, and a caret under the place. */
    public String rendering() {
        int from = position;
        while (from > 0 && text.charAt(from - 1) != '\n') {
            from--;
        }
        int to = position;
        while (to < text.length() && text.charAt(to) != '\n') {
            to++;
        }
        // A very long line is shown as the part around the place.
        from = Math.max(from, position - WINDOW / 2);
        to = Math.min(to, from + WINDOW);
        String line = text.substring(from, to).replaceAll("\\p{Cntrl}", " ");
        return getMessage() + "\n    " + line + "\n    " + " ".repeat(position - from) + "^";
    }
}
