package ghostrow.study.ladder;

import ghostrow.data.DiffusionParameters;
import ghostrow.data.DiffusionPlan;
import ghostrow.study.Row;
import ghostrow.study.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Diffusion as a parameter file has it: a shorter time, and where few steps are too many, a coarser grid. */
record Density(List<String> words, DiffusionParameters physics, DiffusionPlan plan) implements Problem {
    /** The five cells of the star and the new one. */
    static final int ARRAYS = 6;
    static final double LITTLE = 1e4;
    /** Fewer would tell of the first of them, in which nothing is compiled yet. */
    static final long FEWEST_STEPS = 16;
    /** A fifth of the work of the file's own grid. */
    private static final List<String> DEFAULT = List.of("--set", "dx=0.1");

    static Optional<Problem> of(List<String> given, Path home) {
        List<String> words = given.isEmpty() ? DEFAULT : given;
        Path file = words.getFirst().startsWith("-") ? home.resolve("params/diff2d.params")
                : Path.of(words.getFirst());
        // Refuses what the app would refuse, in the same words.
        DiffusionParameters physics = DiffusionParameters.read(file, Words.valuesOf(words, "--set"));
        DiffusionPlan plan = DiffusionPlan.of(physics);
        return plan.nsteps() < 1 ? Optional.empty() : Optional.of(new Density(words, physics, plan));
    }

    static String size(String side, String steps) {
        return side + " x " + side + " cells, " + steps + (steps.equals("1") ? " step" : " steps");
    }

    /** So many of the steps, as long as these are not too few. */
    static long fewerSteps(long steps, double share) {
        return Math.clamp(Math.round(steps * share), Math.min(FEWEST_STEPS, steps), steps);
    }

    /** Of a grid with that share of the cells. */
    static long fewerRows(long rows, double share) {
        return Math.clamp(Math.round(rows * Math.sqrt(share)), 1, rows);
    }

    /** The program rounds its quotients down; halves keep them clear of the whole numbers. */
    private Case with(long rows, long steps) {
        double width = physics.x2() - physics.x1();
        double dx = width / rows;
        double dt = rows == plan.nrows() ? plan.dt() : 0.25 * (dx * dx) / physics.d();
        List<String> smaller = new ArrayList<>(words);
        if (rows != plan.nrows()) {
            smaller.addAll(List.of("--set", "dx=" + width / (rows + 0.5)));
        }
        smaller.addAll(List.of("--set", "runtime=" + (steps + 0.5) * dt));
        return new Case(smaller, rows * (double) rows * steps / work());
    }

    @Override
    public String app() {
        return "diffusion";
    }

    @Override
    public double work() {
        return points() * plan.nsteps();
    }

    @Override
    public double little() {
        return LITTLE;
    }

    @Override
    public double points() {
        return plan.nrows() * (double) plan.nrows();
    }

    @Override
    public Case smaller(double share) {
        long fewer = fewerSteps(plan.nsteps(), share);
        return with(fewerRows(plan.nrows(), share * plan.nsteps() / fewer), fewer);
    }

    @Override
    public Case shorter(double share) {
        return with(plan.nrows(), fewerSteps(plan.nsteps(), share));
    }

    @Override
    public List<String> quietly(Path scratch) {
        List<String> quiet = new ArrayList<>(List.of("--digest", "--out", scratch.toString(), "--force"));
        if (Words.valuesOf(words, "--snapshots").isEmpty()) {
            quiet.addAll(List.of("--snapshots", "none"));
        }
        return quiet;
    }

    @Override
    public double work(Row row) {
        return row.number("nrows") * row.number("ncols") * row.number("steps");
    }

    @Override
    public String size(Row row) {
        return size(row.text("nrows"), row.text("steps"));
    }

    @Override
    public String value(Map<?, ?> record) {
        return String.valueOf(record.get("digest"));
    }

    @Override
    public int arraysOfAPiece() {
        return ARRAYS;
    }
}
