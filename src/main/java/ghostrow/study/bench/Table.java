package ghostrow.study.bench;

import ghostrow.study.Spread;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/** What a case has come to, as a table of 80 columns: ratios above 1 mean that this program is faster. */
final class Table {
    private static final int WIDTH = 80;
    private static final String FIGURES = "  %-21s%9s %17s%7s%9s%7s%5d%n";

    private Table() {
    }

    static void print(Contest contest, PrintStream out) {
        Optional<Contender> best = contest.fastest(true);
        double computing = best.flatMap(contest::computing).map(Spread::median).orElse(Double.NaN);
        double whole = contest.contenders().stream().filter(Contender::ours)
                .flatMap(way -> contest.whole(way).stream()).mapToDouble(Spread::median).min().orElse(Double.NaN);
        out.printf("%n%s, %d core%s%n", contest.work().title(), contest.cores(), contest.cores() == 1 ? "" : "s");
        out.printf("  %-21s%9s %17s%7s%9s%7s%5s%n", "", "computing", "min-max", "ratio", "process", "ratio", "runs");
        for (Contender contender : contest.contenders()) {
            if (contest.why(contender).isPresent()) {
                String line = String.format("  %-21s  %s", contender.name(), contest.why(contender).get());
                out.println(line.substring(0, Math.min(WIDTH, line.length())));
                continue;
            }
            Optional<Spread> alone = contest.computing(contender);
            if (alone.isPresent()) {
                double process = contest.whole(contender).orElseThrow().median();
                out.printf(FIGURES, contender.name(), seconds(alone.get().median()),
                        seconds(alone.get().low()) + "-" + seconds(alone.get().high()),
                        ratio(alone.get().median() / computing), seconds(process), ratio(process / whole),
                        contest.runs(contender));
            }
        }
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, value < 0.1 ? "%.4f" : value < 10 ? "%.3f" : "%.1f", value);
    }

    private static String ratio(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
    }
}
