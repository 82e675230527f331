package ghostrow.many;

import java.util.Map;

/**
 * How a piece of work ended.
 *
 * @param code    what it would have ended with as a command
 * @param why     in one line, where that is not as it should be
 * @param figures what it found out
 */
record Outcome(State state, int code, String why, Map<String, Object> figures) {

    static Outcome done(int code, Map<String, Object> figures) {
        return new Outcome(State.done, code, "", figures);
    }

    static Outcome failed(int code, String why) {
        return new Outcome(State.failed, code, why, Map.of());
    }
}
