package ghostrow.study.bench;

import ghostrow.data.Json;
import ghostrow.study.Ended;
import ghostrow.study.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one run of a contender came to.
 *
 * @param whole   seconds of the whole process, seen from outside
 * @param seconds seconds of computing alone, as the run itself says
 * @param values  everything else it printed that is a number
 * @param failure why there are no figures, else empty
 */
record Outcome(double whole, double seconds, Map<String, Double> values, Optional<String> failure) {

    /** Runs a contender in {@code home}. Its computing is the sum of those phases, if it is this program. */
    static Outcome of(Contender contender, List<String> phases, double timeout, Path home)
            throws IOException, InterruptedException {
        Duration limit = Duration.ofMillis(Math.round(timeout * 1e3));
        long start = System.nanoTime();
        Ended ended = new Launch(contender.command(), limit).in(home).errorsApart().run();
        double whole = (System.nanoTime() - start) / 1e9;
        if (ended.late()) {
            return failed("more than " + Math.round(timeout) + " s");
        }
        if (ended.code() != 0) {
            return failed("exit code " + ended.code() + ": " + ended.err().lines().filter(line -> !line.isBlank())
                    .reduce((first, second) -> second).orElse("no message"));
        }
        return contender.ours() ? record(whole, ended.out(), phases) : pairs(whole, ended.out());
    }

    private static Outcome failed(String why) {
        return new Outcome(0, 0, Map.of(), Optional.of(why));
    }

    /** The last line is the run's record. */
    private static Outcome record(double whole, String text, List<String> phases) {
        Optional<String> json = text.lines().filter(line -> line.startsWith("{")).reduce((first, second) -> second);
        if (json.isEmpty()) {
            return failed("no record");
        }
        Map<?, ?> record = (Map<?, ?>) Json.read(json.get());
        Map<?, ?> times = (Map<?, ?>) record.get("phases");
        // A run that never waited, say, need not have such a phase.
        double seconds = phases.stream().map(times::get).mapToDouble(time -> time instanceof Number number
                ? number.doubleValue() : 0).sum();
        Map<String, Double> values = new LinkedHashMap<>();
        record.forEach((name, value) -> {
            if (value instanceof Number number) {
                values.put(name.equals("validationSum") ? "sum" : (String) name, number.doubleValue());
            }
        });
        return new Outcome(whole, seconds, values, Optional.empty());
    }

    /** {@code seconds 0.5 sum 3.25}: names and values between blanks. */
    private static Outcome pairs(double whole, String text) {
        String[] words = text.strip().split("\\s+");
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i + 1 < words.length; i += 2) {
            values.put(words[i], Double.valueOf(words[i + 1]));
        }
        Double seconds = values.remove("seconds");
        return seconds == null ? failed("printed no seconds") : new Outcome(whole, seconds, values, Optional.empty());
    }
}
