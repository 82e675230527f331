package ghostrow.formula;

import java.util.Collection;

/** Finds the name that was probably meant. */
final class Names {
    private static final int LONGEST = 32;

    private Names() {
    }

    /** {@code "; did you mean 'sin'?"}, or nothing where no name is near. */
    static String suggestion(String name, Collection<String> known) {
        if (name.length() > LONGEST) {
            return "";
        }
        String best = null;
        int least = 1 + Math.min(2, (name.length() + 1) / 2);
        for (String candidate : known) {
            int distance = candidate.equalsIgnoreCase(name) ? 0 : distance(name, candidate);
            if (candidate.length() <= LONGEST && distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best == null ? "" : "; did you mean '" + best + "'?";
    }

    /** Letters to insert, remove, replace or swap with a neighbour. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
