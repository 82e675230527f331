package ghostrow.study.bench;

import ghostrow.study.Spread;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What a case has come to, as a table of 80 columns: ratios above 1 mean that this program is faster. */
final class Table {
    private static final int WIDTH = 80;
    private static final String FIGURES = "  %-21s%9s %17s%7s%9s%7s%5d%n";
    private static final String CLOSING = "  %-20s%6s  %-25s %s%n";

    private Table() {
    }

    static void print(Contest contest, PrintStream out) {
        out.printf("%n%s, %s%n", contest.work().title(), cores(contest));
        out.printf("  %-21s%9s %17s%7s%9s%7s%5s%n", "", "computing", "min-max", "ratio", "process", "ratio", "runs");
        for (Contender contender : contest.contenders()) {
            if (contest.why(contender).isPresent()) {
                line(String.format("  %-21s  %s", contender.name(), contest.why(contender).get()), out);
                continue;
            }
            Optional<Spread> alone = contest.computing(contender);
            if (alone.isPresent()) {
                out.printf(FIGURES, contender.name(), seconds(alone.get().median()),
                        seconds(alone.get().low()) + "-" + seconds(alone.get().high()),
                        ratio(contest.ratio(contender, Outcome::seconds)),
                        seconds(contest.whole(contender).orElseThrow().median()),
                        ratio(contest.ratio(contender, Outcome::whole)), contest.runs(contender));
            }
        }
        line("  fastest peer by computing: " + fastest(contest, Outcome::seconds), out);
        line("  fastest peer by process:   " + fastest(contest, Outcome::whole), out);
    }

    /** Every case against its fastest peers, those that were lost by most first. */
    static void closing(List<Contest> contests, PrintStream out) {
        out.printf("%nEvery case against its fastest peers, what was lost first%n");
        out.printf(CLOSING, "case", "cores", "computing", "process");
        contests.stream().sorted(Comparator.comparingDouble(Table::worst)).forEach(contest -> out.printf(CLOSING,
                contest.work().name(), contest.cores(), fastest(contest, Outcome::seconds),
                fastest(contest, Outcome::whole)));
    }

    private static double worst(Contest contest) {
        return Stream.<ToDoubleFunction<Outcome>>of(Outcome::seconds, Outcome::whole)
                .flatMap(time -> contest.fastest(false, time).flatMap(peer -> contest.ratio(peer, time)).stream())
                .mapToDouble(Double::doubleValue).min().orElse(Double.POSITIVE_INFINITY);
    }

    private static String fastest(Contest contest, ToDoubleFunction<Outcome> time) {
        return contest.fastest(false, time).map(peer -> ratio(contest.ratio(peer, time)) + " " + peer.name())
                .orElse("none");
    }

    private static String cores(Contest contest) {
        return contest.cores() + (contest.cores() == 1 ? " core" : " cores");
    }

    private static void line(String line, PrintStream out) {
        out.println(line.substring(0, Math.min(WIDTH, line.length())));
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, value < 0.1 ? "%.4f" : value < 10 ? "%.3f" : "%.1f", value);
    }

    private static String ratio(Optional<Double> value) {
        return value.map(ratio -> String.format(Locale.ROOT, ratio < 100 ? "%.2f" : "%.0f", ratio)).orElse("-");
    }
}
