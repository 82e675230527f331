package ghostrow.study.scale.predict;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * Predictions for several numbers of ranks, against one rank.
 *
 * @param base the run on one rank
 */
public record Forecast(Prediction base, List<Line> lines) {

    /**
     * @param prediction what the run takes; nothing where the strips are too thin
     * @param needed     the ghost rows that each strip needs
     */
    public record Line(int ranks, Problem problem, Optional<Prediction> prediction, int needed) {
    }

    /**
     * @param problems the problem for a number of ranks: the same for all, or one that grows
     * @param depth    if the ghost rows are given; else as the program chooses them
     */
    public static Forecast of(Model model, IntFunction<Problem> problems, List<Integer> ranks, OptionalInt depth) {
        List<Line> lines = ranks.stream().map(count -> line(model, problems.apply(count), count, depth)).toList();
        return new Forecast(line(model, problems.apply(1), 1, depth).prediction.orElseThrow(), lines);
    }

    private static Line line(Model model, Problem problem, int ranks, OptionalInt depth) {
        int needed = depth.orElse(1);
        if (ranks > 1 && problem.rows() / ranks < needed) {
            return new Line(ranks, problem, Optional.empty(), needed);
        }
        return new Line(ranks, problem, Optional.of(model.predict(problem, ranks,
                depth.orElseGet(() -> model.usualDepth(problem, ranks)))), needed);
    }

    /** Work a second, as a multiple of one rank's. */
    public double speedUp(Prediction prediction) {
        return base.seconds() / prediction.seconds() * work(prediction);
    }

    /** The same of the steps alone, without the closing sum. */
    public double stepSpeedUp(Prediction prediction) {
        return base.stepSeconds() / prediction.stepSeconds() * work(prediction);
    }

    private double work(Prediction prediction) {
        return prediction.problem().points() / base.problem().points();
    }
}
