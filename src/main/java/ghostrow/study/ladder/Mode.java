package ghostrow.study.ladder;

import java.util.List;

/**
 * How the JVM runs a rung, and with how many workers.
 *
 * @param kind        its name without numbers; empty at full strength on one core
 * @param label       its name
 * @param javaOptions for the JVM
 * @param words       for the app
 * @param change      what is other than at full strength on one core, in a phrase
 */
record Mode(String kind, String label, List<String> javaOptions, List<String> words, String change) {
    static final Mode FULL = new Mode("", "", List.of(), List.of(), "");
    static final Mode INTERPRETED = new Mode("interpreted", "interpreted", List.of("-Xint"), List.of(),
            "the same, interpreted: the JVM compiles nothing");
    static final Mode C1 = new Mode("C1", "C1", List.of("-XX:TieredStopAtLevel=1"), List.of(),
            "the same, compiled by the JVM's quick compiler alone");

    boolean compiles() {
        return this != INTERPRETED;
    }

    static Mode threads(int count) {
        return new Mode("threads", count + " threads", List.of(), List.of("--threads", "" + count),
                "the same by " + count + " threads, which share the memory");
    }

    static Mode ranks(int count) {
        return new Mode("ranks", count + " ranks", List.of(), List.of("--ranks", "" + count),
                "the same by " + count + " ranks, which send messages");
    }
}
