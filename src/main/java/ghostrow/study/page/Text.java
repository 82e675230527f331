package ghostrow.study.page;

/** What a study says on a terminal: lines of no more than 80 columns. */
public final class Text {
    private static final int WIDTH = 80;

    private Text() {
    }

    /** A paragraph in lines; those after the first are set in. */
    public static String wrapped(String paragraph, String indent) {
        return lines(paragraph, "", indent);
    }

    /** A paragraph in lines that are all set in. */
    public static String setIn(String paragraph, String indent) {
        return lines(paragraph, indent, indent);
    }

    private static String lines(String paragraph, String first, String indent) {
        StringBuilder text = new StringBuilder();
        StringBuilder line = new StringBuilder(first);
        boolean begins = true;
        for (String word : paragraph.split(" ")) {
            if (!begins && line.length() + 1 + word.length() > WIDTH) {
                text.append(line).append('\n');
                line = new StringBuilder(indent);
                begins = true;
            }
            line.append(begins ? "" : " ").append(word);
            begins = false;
        }
        return text.append(line).append('\n').toString();
    }
}
