package ghostrow.study.ladder;

import ghostrow.study.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Mandelbrot set on W/2 x W/2 points: fewer points take less time, each of them as long as before. */
record Escapes(long width, long maxiter, List<String> more) implements Problem {
    private static final long DEFAULT = 1000;
    /** What the app takes. */
    private static final long WIDEST = 1 << 25;
    private static final long MOST = Integer.MAX_VALUE;

    static Optional<Problem> of(List<String> words) {
        int given = 0;
        while (given < Math.min(2, words.size()) && !words.get(given).startsWith("--")) {
            given++;
        }
        try {
            long width = given > 0 ? Long.parseLong(words.get(0)) : DEFAULT;
            long maxiter = given > 1 ? Long.parseLong(words.get(1)) : DEFAULT;
            return width < 1 || width > WIDEST || maxiter < 1 || maxiter > MOST ? Optional.empty()
                    : Optional.of(new Escapes(width, maxiter, List.copyOf(words.subList(given, words.size()))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private List<String> words(long width, long maxiter) {
        List<String> words = new ArrayList<>(List.of("" + width, "" + maxiter));
        words.addAll(more);
        return words;
    }

    @Override
    public String app() {
        return "mandelbrot";
    }

    @Override
    public List<String> words() {
        return words(width, maxiter);
    }

    @Override
    public double work() {
        return points() * maxiter;
    }

    @Override
    public double little() {
        return 1e5;
    }

    @Override
    public double points() {
        return width * (double) width / 4;
    }

    @Override
    public Case smaller(double share) {
        long side = Math.max(2, Math.round(width * Math.sqrt(share)));
        return new Case(words(side, maxiter), (double) side * side / ((double) width * width));
    }

    @Override
    public Case shorter(double share) {
        long fewer = Math.clamp(Math.round(maxiter * share), 1, maxiter);
        return new Case(words(width, fewer), (double) fewer / maxiter);
    }

    @Override
    public List<String> quietly(Path scratch) {
        return List.of("--no-output");
    }

    @Override
    public double work(Row row) {
        return row.number("evaluations");
    }

    @Override
    public String size(Row row) {
        return row.text("width") + " x " + row.text("height") + " points";
    }

    @Override
    public String value(Map<?, ?> record) {
        return record.get("validationSum") + " sum, " + record.get("evaluations") + " evaluations, "
                + record.get("escaped") + " escaped";
    }

    /** Both parts of z, of q and of the next z, and the counts. */
    @Override
    public int arraysOfAPiece() {
        return 7;
    }
}
