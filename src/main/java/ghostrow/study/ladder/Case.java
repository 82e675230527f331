package ghostrow.study.ladder;

import java.util.List;

/**
 * A problem or a smaller one like it.
 *
 * @param words what the app is told
 * @param share how much of the whole problem's work it is
 */
record Case(List<String> words, double share) {

    String name() {
        return String.join(" ", words);
    }

    boolean whole() {
        return share == 1;
    }
}
