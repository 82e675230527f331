package ghostrow.run;

import ghostrow.data.InputException;
import ghostrow.trace.ProcessRecorder;
import ghostrow.trace.Wish;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whether, and how, a run is profiled. */
public final class ProfileOptions {
    private static final List<String> WHAT = List.of("functions", "lines", "memory", "all");
    private static final List<String> ORDERS = List.of("own", "cumulative", "calls");
    private static final List<String> SAMPLERS = List.of("auto", "async-profiler", "jfr");
    private static final int TOP = 15;
    private static final String LINES = "--lines";

    private String what;
    private Path folder;
    private String lines;
    private String sampler = "auto";
    private final Shown shown = new Shown();

    /** How a profile's tables are shown. */
    public static final class Shown {
        private String order = "own";
        private int top = TOP;

        public void declare(Options options) {
            options.option("--sort", "ORDER", String.class, value -> order = value,
                    "Of a profile's functions: by own time (default), cumulative time or calls.");
            options.option("--top", "N", Integer.class, value -> top = value,
                    "How many of them (default " + TOP + ").");
        }

        public void check() {
            Choice.of("--sort", order, ORDERS, each -> each);
            if (top < 1) {
                throw new InputException("--top " + top + ": at least 1 is needed");
            }
        }

        public String order() {
            return order;
        }

        public int top() {
            return top;
        }
    }

    void declare(Options options) {
        options.optionWithDefault("--profile", "WHAT", WHAT.getFirst(), value -> what = value,
                "Record where time and memory go on all ranks, in place of an earlier profile: by functions (if nothing "
                + "is said), lines, memory or all.");
        options.option(LINES, "NAMES", String.class, value -> lines = value,
                "Count exactly how often each line of these is reached, by --profile=lines: Class.method or Class, with "
                + "commas between several. Loops take up to 1.3 times as long, and tiny methods many times.");
        options.option("--profile-dir", "DIR", Path.class, value -> folder = value,
                "Where a profile goes (default profile in the folder of --out, or in out).");
        options.option("--sampler", "NAME", String.class, value -> sampler = value,
                "With --profile: async-profiler, or jfr, the JDK's own (default: the first that there is).");
        shown.declare(options);
    }

    /** Refuses what cannot be, before anything is started. */
    void check(List<String> words) {
        shown.check();
        Choice.of("--sampler", sampler, SAMPLERS, each -> each);
        if (what != null) {
            Arrays.stream(what.split(",", -1)).forEach(each -> Choice.of("--profile", each, WHAT, name -> name));
        }
        wish(words).ifPresent(ProcessRecorder::check);
    }

    Shown shown() {
        return shown;
    }

    /** To count lines is to profile them. */
    Optional<String> what() {
        return what == null && lines != null ? Optional.of("lines") : what != null && lines != null && !what.contains("all")
                && !what.contains("lines") ? Optional.of(what + ",lines") : Optional.ofNullable(what);
    }

    /** What is to be counted exactly, of words that nobody has read yet. */
    public static Optional<String> lines(List<String> words) {
        return value(LINES, words);
    }

    Optional<String> lines() {
        return Optional.ofNullable(lines);
    }

    /** What is to be recorded, if anything is. */
    Optional<Wish> wish(List<String> words) {
        return what().map(kinds -> new Wish(folder == null ? results(words).resolve("profile") : folder,
                kinds.contains("lines") || kinds.contains("all"), kinds.contains("memory") || kinds.contains("all"), sampler.equals("auto") ? "" : sampler, Job.HOME));
    }

    /** Where the app itself writes to, if it does. */
    private static Path results(List<String> words) {
        return Path.of(value("--out", words).orElse("out"));
    }

    private static Optional<String> value(String option, List<String> words) {
        String value = null;
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).startsWith(option + "=")) {
                value = words.get(i).substring(option.length() + 1);
            } else if (words.get(i).equals(option) && i + 1 < words.size()) {
                value = words.get(++i);
            }
        }
        return Optional.ofNullable(value);
    }
}
