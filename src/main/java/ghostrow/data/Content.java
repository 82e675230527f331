package ghostrow.data;

import java.util.Map;

/**
 * What a snapshot file is to hold: a named field of rows and columns, at given times or just once, where it
 * lies in space, and how it came to be.
 *
 * @param name of the field, such as {@code density}
 * @param times of all snapshots to come; null for a single field without time
 * @param originX where the first column lies
 * @param originY where the first row lies
 * @param spacingX from column to column
 * @param spacingY from row to row; negative if rows go down
 * @param parameters what a restart must find unchanged, to the bit
 * @param texts provenance, such as the rule's name, the version and the command
 */
public record Content(String name, Element element, long rows, long columns, double[] times, double originX,
                      double originY, double spacingX, double spacingY, Map<String, Double> parameters,
                      Map<String, String> texts) {
    private static final int LONGEST_TEXT = 16_384;

    public Content {
        parameters = Map.copyOf(parameters);
        texts = Map.copyOf(texts);
        if (rows < 1 || columns < 1 || times != null && times.length < 1) {
            throw new IllegalArgumentException("a file needs rows, columns and, if it has times, one"
                    + " at least");
        }
        for (Map.Entry<String, String> text : texts.entrySet()) {
            if (text.getValue().length() > LONGEST_TEXT) {
                throw new InputException(text.getKey() + " has " + text.getValue().length()
                        + " characters; a snapshot file can keep at most " + LONGEST_TEXT);
            }
        }
    }

    public long snapshots() {
        return times == null ? 1 : times.length;
    }
}
