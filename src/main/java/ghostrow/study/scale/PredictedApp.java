package ghostrow.study.scale;

import ghostrow.data.DiffusionParameters;
import ghostrow.data.DiffusionPlan;
import ghostrow.data.InputException;
import ghostrow.grid.Exchange;
import ghostrow.grid.GhostDepth;
import ghostrow.study.Words;
import ghostrow.study.scale.Study.Kind;
import ghostrow.study.scale.predict.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What is to be predicted: an app on a grid with its own words, of which those count that the model knows.
 *
 * @param depth    ghost rows, if they were given
 * @param exchange how they travel
 */
record PredictedApp(Path home, Kind kind, Workload workload, List<String> words, OptionalInt depth,
                    Exchange exchange) {
    private static final Map<Workload, List<String>> OPTIONS = Map.of(
            Workload.JACOBI, List.of("--size", "--steps", "--ghosts", "--exchange"),
            Workload.DIFFUSION, List.of("--set", "--snapshots", "--ghosts", "--exchange"));
    private static final long DEFAULT_STEPS = 1000;

    /** @param words {@code strong|weak APP} and what belongs to the app */
    static PredictedApp of(Path home, List<String> words) {
        if (words.size() < 2) {
            throw new InputException("scale predict takes strong or weak, and an app: "
                    + "ghostrow scale predict strong jacobi --size 4000");
        }
        Kind kind = switch (words.getFirst()) {
            case "strong" -> Kind.STRONG;
            case "weak" -> Kind.WEAK;
            default -> throw new InputException("found '" + words.getFirst() + "' behind scale predict; strong or weak "
                    + "is expected there");
        };
        Workload workload = Workload.named(words.get(1));
        List<String> options = OPTIONS.get(workload);
        if (options == null) {
            throw new InputException("no prediction of " + workload.label() + ": the model knows grids with ghost "
                    + "rows, diffusion and jacobi");
        }
        List<String> own = List.copyOf(words.subList(2, words.size()));
        requireKnown(workload, own, options);
        List<String> ghosts = Words.valuesOf(own, "--ghosts");
        PredictedApp app = new PredictedApp(home, kind, workload, own, ghosts.isEmpty() ? OptionalInt.empty()
                : OptionalInt.of(depth(ghosts.getLast())), exchange(own));
        app.problem(1);
        return app;
    }

    private static void requireKnown(Workload workload, List<String> words, List<String> options) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean file = workload == Workload.DIFFUSION && i == 0 && !word.startsWith("-");
            if (options.contains(word) && i + 1 < words.size()) {
                i++;
            } else if (!file && options.stream().noneMatch(option -> word.startsWith(option + "="))) {
                throw new InputException("found '" + word + "'; of " + workload.label() + "'s arguments a prediction "
                        + "takes " + (workload == Workload.DIFFUSION ? "the parameter file, " : "")
                        + String.join(", ", options) + ", each with its value");
            }
        }
    }

    private static int depth(String word) {
        long depth = Workload.number(word);
        if (depth < 1 || depth > GhostDepth.MOST) {
            throw new InputException("--ghosts " + word + ": between 1 and " + GhostDepth.MOST + " are possible");
        }
        return (int) depth;
    }

    private static Exchange exchange(List<String> words) {
        List<String> ways = Words.valuesOf(words, "--exchange");
        return ways.isEmpty() ? Exchange.persistent : exchange(ways.getLast());
    }

    static Exchange exchange(String word) {
        return Arrays.stream(Exchange.values()).filter(way -> way.name().equals(word)).findFirst()
                .orElseThrow(() -> new InputException("--exchange " + word + ": there are "
                        + Arrays.stream(Exchange.values()).map(Exchange::name).collect(Collectors.joining(", "))));
    }

    /** The problem on so many ranks: the same in a strong study, grown in a weak one. */
    Problem problem(int ranks) {
        List<String> grown = words(ranks);
        return workload == Workload.JACOBI ? jacobi(grown) : diffusion(grown);
    }

    /** The app's words on so many ranks. Snapshots would measure the disk, so they must be asked for. */
    List<String> words(int ranks) {
        List<String> grown = new ArrayList<>(kind == Kind.STRONG || ranks == 1 ? words
                : workload.grown(home, words, ranks));
        if (workload == Workload.DIFFUSION && Words.valuesOf(words, "--snapshots").isEmpty()) {
            grown.addAll(List.of("--snapshots", "none"));
        }
        return grown;
    }

    private static Problem jacobi(List<String> words) {
        long size = last(words, "--size", Workload.DEFAULT_SIZE);
        long steps = last(words, "--steps", DEFAULT_STEPS);
        if (size < 1 || steps < 1) {
            throw new InputException("--size " + size + " --steps " + steps + ": both are expected from 1 on");
        }
        return new Problem(size, size, steps, steps, 0, false);
    }

    private static long last(List<String> words, String option, long otherwise) {
        List<String> values = Words.valuesOf(words, option);
        return values.isEmpty() ? otherwise : Workload.number(values.getLast());
    }

    private Problem diffusion(List<String> words) {
        boolean named = !words.isEmpty() && !words.getFirst().startsWith("-");
        Path file = named ? Path.of(words.getFirst()) : home.resolve("params/diff2d.params");
        DiffusionPlan plan = DiffusionPlan.of(DiffusionParameters.read(file, Words.valuesOf(words, "--set")));
        if (plan.nsteps() < 1) {
            throw new InputException(file + ": runtime is shorter than a step of " + plan.dt()
                    + "; there is nothing to predict");
        }
        return new Problem(plan.nrows(), plan.nrows(), plan.nsteps(), plan.nper(), snapshots(words, plan.reports()),
                true);
    }

    private static long snapshots(List<String> words, long reports) {
        List<String> values = Words.valuesOf(words, "--snapshots");
        return switch (values.isEmpty() ? "none" : values.getLast()) {
            case "none" -> 0;
            case "last" -> 1;
            case "every" -> reports;
            default -> Math.ceilDiv(reports, Math.max(1, Workload.number(values.getLast())));
        };
    }

    String title() {
        return "Predicted " + kind.label() + " scaling of " + (workload.label() + " " + String.join(" ", words)).strip();
    }
}
