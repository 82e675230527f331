package ghostrow.batch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a run's record says of its world and its result. */
record RunRecord(int ranks, int threads, String digest) {

    static RunRecord of(String json) {
        return new RunRecord(Integer.parseInt(entry(json, "ranks")), Integer.parseInt(entry(json, "threads")),
                entry(json, "digest"));
    }

    private static String entry(String json, String name) {
        Matcher entry = Pattern.compile('"' + name + "\"\\s*:\\s*\"?([^\",}\\s]+)").matcher(json);
        if (!entry.find()) {
            throw new AssertionError("no " + name + " in the record: " + json);
        }
        return entry.group(1);
    }
}
