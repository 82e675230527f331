package ghostrow.study.ladder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which steps a ladder has: all the rungs of its app, and a few of them with the JVM held back. */
record Steps(List<Step> all) {
    /** The rung that defines the others. */
    private static final String REFERENCE = "plain";
    private static final Pattern LISTED = Pattern.compile("(\\S+)\\s+(.*)");
    /** What is worth seeing without the best compiler: where objects are all there is, and where there are none. */
    private static final Map<String, List<Mode>> HELD_BACK = Map.of("local", List.of(Mode.INTERPRETED),
            REFERENCE, List.of(Mode.INTERPRETED, Mode.C1));
    private static final List<Mode> OF_THE_FIRST = List.of(Mode.INTERPRETED, Mode.C1);

    /** @param list what the app's {@code --kernel list} has printed */
    static Steps of(String list) {
        Map<String, Step> rungs = new LinkedHashMap<>();
        for (String line : list.lines().toList()) {
            Matcher listed = LISTED.matcher(line);
            if (listed.matches()) {
                rungs.put(listed.group(1), Step.of(listed.group(1), listed.group(2)));
            }
        }
        List<Step> steps = new ArrayList<>();
        rungs.forEach((name, rung) -> {
            List<Mode> modes = steps.isEmpty() ? OF_THE_FIRST : HELD_BACK.getOrDefault(name, List.of());
            modes.forEach(mode -> steps.add(rung.by(mode)));
            steps.add(rung);
        });
        return new Steps(List.copyOf(steps));
    }

    /** The step that tells what the others' values must be. */
    Step reference() {
        return all.stream().filter(step -> step.fullStrength() && step.rung().equals(REFERENCE)).findFirst()
                .orElseThrow(() -> new IllegalStateException("no rung " + REFERENCE + " among " + all));
    }

    boolean has(String rung) {
        return all.stream().anyMatch(step -> step.rung().equals(rung));
    }
}
