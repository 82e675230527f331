package ghostrow.formula;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant: in formulas, and wherever else users write names. */
public final class Names {
    /** Longer ones are no slips of the hand. */
    private static final int LONGEST = 32;

    private Names() {
    }

    /** The known name nearest to a misspelt one, if it is near enough to be worth a question. */
    public static Optional<String> nearest(String misspelt, Collection<String> known) {
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String name : known) {
            int limit = name.length() == 1 ? 0 : 2 * Math.max(1, name.length() / 3);
            if (Math.abs(name.length() - misspelt.length()) > limit || name.length() > LONGEST) {
                continue;
            }
            int distance = distance(misspelt.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < least && distance <= limit) {
                least = distance;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@code "; did you mean 'sin'?"}, or nothing where no name is near. */
    static String suggestion(String name, Collection<String> known) {
        return nearest(name, known).map(meant -> "; did you mean '" + meant + "'?").orElse("");
    }

    /**
     * What it costs to turn one word into the other: 2 for each letter put in, taken out or replaced, and 1
     * for two neighbours swapped, the slip of the hand that is likeliest.
     */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = 2 * (i + j);
                    continue;
                }
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 2);
                d[i][j] = Math.min(replaced, 2 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], 1 + d[i - 2][j - 2]);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
