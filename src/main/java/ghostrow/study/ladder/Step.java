package ghostrow.study.ladder;

import java.util.List;
import java.util.stream.Stream;

/**
 * One way to do the work.
 *
 * @param rung   what {@code --kernel} takes
 * @param change what it does otherwise than the others, in a phrase
 */
record Step(String rung, Mode mode, String change) {
    private static final String DEVICE = "gpu";

    /** A rung at full strength on one core. */
    static Step of(String rung, String change) {
        return new Step(rung, Mode.FULL, change);
    }

    Step by(Mode other) {
        return new Step(rung, other, other.change());
    }

    String name() {
        return mode.label().isEmpty() ? rung : rung + ", " + mode.label();
    }

    boolean fullStrength() {
        return mode.kind().isEmpty();
    }

    /** Whether something beside the processor computes, as the names of such rungs say. */
    boolean onDevice() {
        return rung.equals(DEVICE) || rung.startsWith(DEVICE + "-");
    }

    /** What the app is told. */
    List<String> words() {
        return Stream.concat(Stream.of("--kernel", rung), mode.words().stream()).toList();
    }
}
