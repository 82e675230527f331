package ghostrow.profile;

import ghostrow.comm.CommCall;
import ghostrow.comm.Ledger.Costs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What got slower or faster from one run to another. What can be noise is told apart: of several runs a side by how much
 * they differ among themselves, of one by what is to be expected of so few samples.
 */
public final class Comparison {
    /** How many times its noise a change must be. */
    private static final double SURE = 3;
    private static final int NAME = 40;

    /**
     * A figure of one side.
     *
     * @param seconds the mean of its runs
     * @param noise   the standard error of that mean; NaN where one run tells nothing of it
     */
    record Figure(double seconds, double noise) {
        static final Figure NONE = new Figure(0, 0);

        /** @param expected noise of one run */
        static Figure of(List<Double> runs, double expected) {
            double mean = runs.stream().mapToDouble(Double::doubleValue).average().orElse(0);
            if (runs.size() < 2) {
                return new Figure(mean, expected);
            }
            double squares = runs.stream().mapToDouble(run -> (run - mean) * (run - mean)).sum();
            return new Figure(mean, Math.sqrt(squares / (runs.size() - 1) / runs.size()));
        }
    }

    private record Change(String name, Figure before, Figure after) {
        double seconds() {
            return after.seconds - before.seconds;
        }

        double noise() {
            return Math.hypot(before.noise, after.noise);
        }

        boolean isSure() {
            return Math.abs(seconds()) > SURE * noise();
        }
    }

    /** One table's figures, by name. */
    private record Side(Map<String, Figure> functions, Map<String, Figure> lines, Map<String, Figure> calls, Figure run) {
    }

    private Comparison() {
    }

    /**
     * Prints it.
     *
     * @param before folders of the runs of one side
     * @param after  and of the other
     */
    public static void print(List<Path> before, List<Path> after, int top) throws IOException {
        Side one = side(before);
        Side other = side(after);
        StringBuilder text = new StringBuilder();
        text.append(Units.format("A: %s%nB: %s%n", names(before), names(after)));
        text.append(Units.format("run        A %s, B %s: %s%n", Units.seconds(one.run.seconds),
                Units.seconds(other.run.seconds), word(new Change("run", one.run, other.run))));
        table(text, "function", one.functions, other.functions, top);
        table(text, "line", one.lines, other.lines, top);
        table(text, "call", one.calls, other.calls, top);
        text.append(before.size() > 1 && after.size() > 1
                ? Units.format("%nnoise: by how much the runs of a side differ; a change is more than %.0f times that%n", SURE)
                : Units.format("%nnoise: what to expect of so many samples; that runs differ comes on top: give several a side%n"
                        + "(profile compare A,A2,A3 B,B2,B3) to have it told apart%n"));
        System.out.print(text);
    }

    private static String names(List<Path> folders) {
        return String.join(", ", folders.stream().map(Path::toString).toList());
    }

    private static Side side(List<Path> folders) throws IOException {
        Map<String, List<Double>> functions = new LinkedHashMap<>();
        Map<String, List<Double>> lines = new LinkedHashMap<>();
        Map<String, List<Double>> calls = new LinkedHashMap<>();
        List<Double> runs = new ArrayList<>();
        double period = 0;
        for (int run = 0; run < folders.size(); run++) {
            try (Profile profile = Profile.read(folders.get(run))) {
                period = profile.samples().period();
                runs.add(profile.seconds());
                for (Function each : profile.functions()) {
                    put(functions, each.name(), run, each.ownSeconds());
                }
                for (LineTable table : profile.lines()) {
                    for (LineTable.Row row : table.rows()) {
                        put(lines, row.method() + ":" + row.line(), run, row.seconds());
                    }
                }
                for (Map.Entry<CommCall, List<Costs>> entry : profile.calls().entrySet()) {
                    put(calls, entry.getKey().label(), run, entry.getValue().stream().mapToDouble(Costs::seconds).sum());
                }
            }
        }
        return new Side(figures(functions, folders.size(), period), figures(lines, folders.size(), period),
                figures(calls, folders.size(), Double.NaN), Figure.of(runs, Double.NaN));
    }

    private static void put(Map<String, List<Double>> figures, String name, int run, double seconds) {
        List<Double> runs = figures.computeIfAbsent(name, _ -> new ArrayList<>());
        while (runs.size() < run) {
            runs.add(0.0);
        }
        runs.add(seconds);
    }

    private static Map<String, Figure> figures(Map<String, List<Double>> all, int runs, double period) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        all.forEach((name, seconds) -> {
            double[] each = Arrays.copyOf(seconds.stream().mapToDouble(Double::doubleValue).toArray(), runs);
            // So many samples that are independent of each other: their number is off by its square root.
            figures.put(name, Figure.of(Arrays.stream(each).boxed().toList(), Math.sqrt(each[0] * period)));
        });
        return figures;
    }

    private static void table(StringBuilder text, String what, Map<String, Figure> before, Map<String, Figure> after,
            int top) {
        List<Change> changes = Stream.concat(before.keySet().stream(), after.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new)).stream()
                .map(name -> new Change(name, before.getOrDefault(name, Figure.NONE), after.getOrDefault(name, Figure.NONE)))
                .sorted(Comparator.comparingDouble((Change change) -> Math.abs(change.seconds())).reversed())
                .toList();
        List<Change> shown = changes.stream().filter(change -> change.isSure() || Double.isNaN(change.noise()))
                .limit(top).toList();
        if (changes.isEmpty()) {
            return;
        }
        text.append(Units.format("%n%9s %9s %10s %9s  %s%n", "A", "B", "B - A", "noise", what));
        for (Change change : shown) {
            text.append(Units.format("%9s %9s %10s %9s  %s%n", Units.seconds(change.before.seconds),
                    Units.seconds(change.after.seconds), (change.seconds() > 0 ? "+" : "-")
                            + Units.seconds(Math.abs(change.seconds())),
                    Double.isNaN(change.noise()) ? "?" : Units.seconds(change.noise()), cut(change.name)));
        }
        long quiet = changes.stream().filter(change -> !change.isSure() && !Double.isNaN(change.noise())).count();
        if (shown.isEmpty() || quiet > 0) {
            text.append(Units.format("%s%s differ%s by no more than their noise%n", shown.isEmpty() ? "" : "the other ",
                    quiet + " " + what + (quiet == 1 ? "" : "s"), quiet == 1 ? "s" : ""));
        }
    }

    private static String cut(String name) {
        return name.length() <= NAME ? name : "..." + name.substring(name.length() - NAME + 3);
    }

    private static String word(Change change) {
        double percent = change.before.seconds == 0 ? 0 : 100 * change.seconds() / change.before.seconds;
        String much = Units.format("%.1f %% %s", Math.abs(percent), percent > 0 ? "slower" : "faster");
        return Double.isNaN(change.noise()) ? much + " (one run: its noise is not known)"
                : change.isSure() ? much : much + ", which is no more than their noise";
    }
}
