package ghostrow.study.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One piece of work that all contenders do.
 *
 * @param name     a word, for the CSV and for choosing cases
 * @param workload what peers.list calls it
 * @param n        and {@code steps}, as peers.list means them
 * @param ours     the arguments of this program for it
 * @param ranked   whether this program does it as ranks as well
 * @param phases   the phases of a run that are its computing
 */
record Case(String name, String title, String workload, long n, long steps, List<String> ours, boolean ranked,
            List<String> phases) {

    private static final List<String> STEPPING = List.of("step", "exchange", "wait");
    private static final String OUT = "--out";
    private static final List<String> GPU_WORK = List.of("diffusion", "jacobi", "mandelbrot");

    /** Values that must agree. */
    private static final List<String> CHECKED = List.of("area", "max", "middle", "sum");

    /** No case to compare, but a peer as well: it measures the machine. */
    static final Case LIMITS = new Case("limits", "the machine's limits", "limits", 0, 0, List.of(), false, List.of());

    static List<Case> all(boolean quick, Path scratch) {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case("diffusion", "diffusion, the default case", "diffusion", 299, 13410,
                List.of("diffusion", "--snapshots", "none", "--force", OUT, scratch.toString()), true, STEPPING));
        cases.add(stencil(1000, quick ? 200 : 1000, scratch));
        if (!quick) {
            cases.add(stencil(4000, 200, scratch));
            cases.add(stencil(16000, 20, scratch));
        }
        cases.add(jacobi(1000, quick ? 200 : 1000));
        cases.add(mandelbrot(1000));
        if (!quick) {
            cases.add(mandelbrot(8000));
        }
        cases.add(auc(quick ? 30_000_000L : 300_000_000L));
        cases.add(expression(1_000_000, quick ? 100 : 200));
        if (!quick) {
            cases.add(expression(100_000_000, 5));
        }
        cases.add(snapshot(quick ? 1000 : 4000, 5, scratch));
        return cases;
    }

    /** Those that a GPU can do, by the peers' words for it. */
    static List<Case> onGpu(boolean quick, Path scratch) {
        return all(quick, scratch).stream().filter(work -> GPU_WORK.contains(work.workload))
                .map(work -> new Case(work.name + "-gpu", work.title + ", with a GPU", work.workload + "-gpu", work.n,
                        work.steps, work.ours, work.ranked, work.phases)).toList();
    }

    /** Diffusion on n x n cells without snapshots. */
    static Case stencil(long n, long steps, Path scratch) {
        List<String> words = new ArrayList<>(diffusion(n, steps, scratch));
        words.addAll(List.of("--set", "outtime=1e9", "--snapshots", "none"));
        return new Case("stencil-" + n, "diffusion " + n + " x " + n + ", " + steps + " steps", "diffusion", n, steps,
                words, true, STEPPING);
    }

    /** So that the published arithmetic, which rounds down, comes to n rows and so many steps. */
    private static List<String> diffusion(long n, long steps, Path scratch) {
        double dx = 20.0 / n;
        double runtime = (steps + 0.5) * 0.25 * dx * dx;
        return List.of("diffusion", "--set", "dx=" + 20 / (n + 0.5), "--set", "runtime=" + runtime, OUT,
                scratch.toString(), "--force");
    }

    private static Case jacobi(long n, long steps) {
        return new Case("jacobi-" + n, "Jacobi " + n + " x " + n + ", " + steps + " steps", "jacobi", n, steps,
                List.of("jacobi", "--size", "" + n, "--steps", "" + steps), true, STEPPING);
    }

    private static Case mandelbrot(long width) {
        return new Case("mandelbrot-" + width, "Mandelbrot " + width + " 1000, every iteration done", "mandelbrot",
                width, 1000, List.of("mandelbrot", "" + width, "1000", "--interior", "exact", "--no-output"), true,
                STEPPING);
    }

    private static Case auc(long n) {
        return new Case("auc", "area under a curve, " + n + " rectangles", "auc", n, 1, List.of("auc", "" + n), true,
                STEPPING);
    }

    private static Case expression(long n, long times) {
        return new Case("expression-" + n, "expression over " + n + " elements, " + times + " times", "expression", n,
                times, List.of("expression", "" + n, "--times", "" + times), false, List.of("step"));
    }

    /** Every step is a report, and every report leaves a snapshot. */
    private static Case snapshot(long n, long snapshots, Path scratch) {
        double dx = 20.0 / n;
        List<String> words = new ArrayList<>(diffusion(n, snapshots - 1, scratch));
        words.addAll(List.of("--set", "outtime=" + 1.5 * 0.25 * dx * dx));
        return new Case("snapshot", snapshots + " snapshots of " + n + " x " + n + " (computing: until the disk has them)",
                "snapshot", n, snapshots, words, true, List.of("output"));
    }

    /** This program's ways to do the work on so many cores. */
    List<Contender> ours(Path home, int cores) {
        List<Contender> ways = new ArrayList<>();
        if (cores > 1 && ranked) {
            ways.add(way(home, "ghostrow, " + cores + " ranks", "--ranks", "" + cores, "--bind-to", "core"));
        }
        ways.add(way(home, "ghostrow, " + threads(cores), "--threads", "" + cores));
        if (workload.equals("diffusion") || workload.equals("jacobi")) {
            ways.add(way(home, "vector, " + threads(cores), "--threads", "" + cores, "--kernel", "vector"));
        }
        return ways;
    }

    /** The processor first, whose values the GPU has to reach. */
    List<Contender> oursOnGpu(Path home, int cores) {
        return List.of(way(home, "ghostrow, " + threads(cores), "--threads", "" + cores),
                way(home, "ghostrow, GPU", "--kernel", "gpu"));
    }

    private static String threads(int n) {
        return n == 1 ? "1 thread" : n + " threads";
    }

    Contender way(Path home, String name, String... more) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("ghostrow").toString());
        command.addAll(ours);
        command.addAll(List.of(more));
        command.addAll(List.of("--json", "-"));
        return new Contender(name, true, command, "");
    }

    /** What is wrong with a run's values beside those already known. */
    Optional<String> wrong(Map<String, Double> known, Map<String, Double> values) {
        if (timeOnly()) {
            return Optional.empty();
        }
        return CHECKED.stream()
                .filter(name -> known.containsKey(name) && values.containsKey(name))
                .filter(name -> !near(known.get(name), values.get(name), tolerance(name)))
                .map(name -> "WRONG: " + name + " " + values.get(name) + ", expected " + known.get(name))
                .findFirst();
    }

    /** What a peer does not tell of its result, and so nobody can check, though this program's runs tell it. */
    Optional<String> untold(Map<String, Double> ours, Map<String, Double> values) {
        return timeOnly() ? Optional.empty() : ours.keySet().stream().filter(CHECKED::contains)
                .filter(name -> !values.containsKey(name)).sorted().findFirst()
                .map(name -> "UNCHECKED: prints no " + name + ", expected " + ours.get(name));
    }

    /** How closely, relatively: to the bit, except where everybody adds in an order of his own. */
    private double tolerance(String name) {
        return name.equals("area") || name.equals("sum") && workload.equals("expression") ? 1e-10 : 0;
    }

    /** The peers write other cells than this program. */
    private boolean timeOnly() {
        return workload.equals("snapshot");
    }

    private static boolean near(double right, double value, double tolerance) {
        return Math.abs(value - right) <= tolerance * Math.abs(right);
    }
}
