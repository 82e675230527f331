package ghostrow.study.ladder;

import ghostrow.study.Row;
import ghostrow.study.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Five-point averages on n x n cells: fewer steps, and where few are too many, fewer cells. */
record Plate(long size, long steps, List<String> more) implements Problem {
    private static final String DEFAULT = "1000";

    static Optional<Problem> of(List<String> words) {
        try {
            int size = Integer.parseInt(last(words, "--size"));
            long steps = Long.parseLong(last(words, "--steps"));
            return size < 1 || steps < 1 ? Optional.empty() : Optional.of(new Plate(size, steps,
                    Words.without(Words.without(words, "--size"), "--steps")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String last(List<String> words, String option) {
        List<String> values = Words.valuesOf(words, option);
        return values.isEmpty() ? DEFAULT : values.getLast();
    }

    private Case with(long side, long count) {
        List<String> words = new ArrayList<>(List.of("--size", "" + side, "--steps", "" + count));
        words.addAll(more);
        return new Case(words, side * (double) side * count / work());
    }

    @Override
    public String app() {
        return "jacobi";
    }

    @Override
    public List<String> words() {
        return with(size, steps).words();
    }

    @Override
    public double work() {
        return points() * steps;
    }

    @Override
    public double little() {
        return Density.LITTLE;
    }

    @Override
    public double points() {
        return size * (double) size;
    }

    @Override
    public Case smaller(double share) {
        long fewer = Density.fewerSteps(steps, share);
        return with(Density.fewerRows(size, share * steps / fewer), fewer);
    }

    @Override
    public Case shorter(double share) {
        return with(size, Density.fewerSteps(steps, share));
    }

    @Override
    public List<String> quietly(Path scratch) {
        return List.of("--digest");
    }

    @Override
    public double work(Row row) {
        return row.number("n") * row.number("n") * row.number("steps");
    }

    @Override
    public String size(Row row) {
        return Density.size(row.text("n"), row.text("steps"));
    }

    @Override
    public String value(Map<?, ?> record) {
        return String.valueOf(record.get("digest"));
    }

    @Override
    public int arraysOfAPiece() {
        return Density.ARRAYS;
    }
}
