package ghostrow.study.ladder;

import ghostrow.study.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is to be computed: an app's own words, and smaller problems like it for steps that are slow. */
sealed interface Problem permits Escapes, Plate, Density {
    List<String> APPS = List.of("mandelbrot", "diffusion", "jacobi");
    /** Each smaller case has so much of the work of the next larger one. */
    double SMALLER = 0.25;

    /** Empty where the words make no sense; the app itself says best why. */
    static Optional<Problem> of(String app, List<String> words, Path home) {
        return switch (app) {
            case "mandelbrot" -> Escapes.of(words);
            case "diffusion" -> Density.of(words, home);
            case "jacobi" -> Plate.of(words);
            default -> throw new IllegalArgumentException(app);
        };
    }

    String app();

    /** The whole problem's words. */
    List<String> words();

    /** Cell updates, or iterations if no point escaped. */
    double work();

    /** How much of that the slowest steps do in a second or so. */
    double little();

    /** Points of the whole problem. */
    double points();

    /** A case that has about this share of the work, below 1, and as many points as that allows. */
    Case smaller(double share);

    /** A case that has about this share of the work and all of the points. */
    Case shorter(double share);

    /** What else a run is told, to write nothing but its record. */
    List<String> quietly(Path scratch);

    /** How much a run has done. */
    double work(Row row);

    /** How many points a run had, and how often they were updated. */
    String size(Row row);

    /** What a run's record says that all steps must agree on; the first word is what people see of it. */
    String value(Map<?, ?> record);

    /** Arrays of doubles that a piece of whole-array arithmetic goes through: operands, results, temporaries. */
    int arraysOfAPiece();

    default String title() {
        return app() + " " + String.join(" ", words());
    }

    default Case whole() {
        return new Case(words(), 1);
    }

    /** From the whole problem down to one that anybody can do in a moment. */
    default List<Case> cases() {
        List<Case> cases = new ArrayList<>(List.of(whole()));
        for (double share = SMALLER; work() * share >= little(); share *= SMALLER) {
            cases.add(smaller(share));
        }
        return cases;
    }
}
