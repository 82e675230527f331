package ghostrow.study;

import java.util.ArrayList;
import java.util.List;

/** The words of an app's command line that a study changes. */
public final class Words {
    private Words() {
    }

    /** What is given for an option, in either way of writing it. */
    public static List<String> valuesOf(List<String> words, String option) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).startsWith(option + "=")) {
                values.add(words.get(i).substring(option.length() + 1));
            } else if (words.get(i).equals(option) && i + 1 < words.size()) {
                values.add(words.get(i + 1));
            }
        }
        return values;
    }

    /** All but an option and its values. */
    public static List<String> without(List<String> words, String option) {
        List<String> others = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals(option)) {
                i++;
            } else if (!words.get(i).startsWith(option + "=")) {
                others.add(words.get(i));
            }
        }
        return others;
    }
}
