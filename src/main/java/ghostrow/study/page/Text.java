package ghostrow.study.page;

/** What a study says on a terminal: lines of no more than 80 columns. */
public final class Text {
    public static final int WIDTH = 80;

    private Text() {
    }

    /** A paragraph in lines; those after the first are set in. */
    public static String wrapped(String paragraph, String indent) {
        StringBuilder text = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (String word : paragraph.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
                text.append(line).append('\n');
                line = new StringBuilder(indent);
            }
            line.append(line.isEmpty() || line.toString().equals(indent) && !indent.isEmpty() ? "" : " ").append(word);
        }
        return text.append(line).append('\n').toString();
    }
}
