package ghostrow.data;

import java.util.Collection;
import java.util.Optional;

/** Finds the name somebody probably meant. */
final class Names {
    private Names() {
    }

    /** The known name nearest to a misspelt one, if it is near enough to be worth a question. */
    static Optional<String> nearest(String misspelt, Collection<String> known) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String name : known) {
            int distance = distance(misspelt.toLowerCase(), name.toLowerCase());
            int limit = name.length() == 1 ? 0 : 2 * Math.max(1, name.length() / 3);
            if (distance < bestDistance && distance <= limit) {
                best = name;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * What it costs to turn one word into the other: 2 for each letter put in, taken out or replaced, and 1
     * for two neighbours swapped, the slip of the hand that is likeliest.
     */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = 2 * (i + j);
                    continue;
                }
                int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 2);
                d[i][j] = Math.min(replace, 2 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], 1 + d[i - 2][j - 2]);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
