package ghostrow.study.bench;

import ghostrow.data.chart.Lines.Point;
import ghostrow.data.chart.Lines;
import ghostrow.data.chart.Picture;
import ghostrow.study.Spread;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The stencil on one core: over sizes, which shows the caches, and over depths of blocking. */
final class Sweep {
    private static final List<Long> SIZES = List.of(64L, 128L, 256L, 512L, 1000L, 2000L, 4000L, 8000L, 16000L);
    private static final List<Long> QUICK_SIZES = List.of(64L, 256L, 1000L, 2000L);
    private static final List<Long> DEPTHS = List.of(1L, 2L, 4L, 8L, 12L, 16L, 24L, 32L);
    private static final List<Long> QUICK_DEPTHS = List.of(1L, 4L, 16L, 32L);
    private static final double TIMEOUT = 120;
    private static final List<String> SWEPT = List.of("C++ fused", "C++ wavefront");
    /** A run takes at least twice as many steps as the deepest blocking takes at once. */
    private static final long FEWEST_STEPS = 64;
    private static final long MOST_STEPS = 200_000;

    private final Path home;
    private final Path scratch;
    private final Peers peers;
    private final boolean quick;
    private final PrintStream csv;

    /** @param csv takes {@code sweep,round,at,name,Gpoint/s} */
    Sweep(Path home, Path scratch, Peers peers, boolean quick, PrintStream csv) {
        this.home = home;
        this.scratch = scratch;
        this.peers = peers;
        this.quick = quick;
        this.csv = csv;
    }

    /** @param copy bytes that a core reads and writes a second; 0 if not known */
    Picture sizes(double copy) throws IOException, InterruptedException {
        List<Long> sizes = quick ? QUICK_SIZES : SIZES;
        Map<String, List<Point>> curves = new LinkedHashMap<>();
        for (long n : sizes) {
            Case stencil = stencil(n);
            List<Contender> contenders = new ArrayList<>(stencil.ours(home, 1));
            contenders.addAll(peers.contenders(stencil, 1).stream()
                    .filter(peer -> SWEPT.contains(peer.name()) && peer.missing().isEmpty()).toList());
            measure("size", n, stencil, contenders, curves);
        }
        Lines chart = new Lines("sizes", "Diffusion on one core, by size", "rows and columns", "Gpoint/s")
                .logarithmic();
        curves.forEach(chart::measured);
        if (copy > 0) {
            double limit = copy / (2 * Double.BYTES) / 1e9;
            chart.line("a copy's pace", List.of((double) sizes.getFirst(), (double) sizes.getLast()),
                    List.of(limit, limit), true);
        }
        return chart.picture();
    }

    Picture depths() throws IOException, InterruptedException {
        Map<String, List<Point>> curves = new LinkedHashMap<>();
        for (long n : quick ? List.of(1000L) : List.of(1000L, 4000L)) {
            Case stencil = stencil(n);
            for (long depth : quick ? QUICK_DEPTHS : DEPTHS) {
                Contender way = stencil.way(home, n + " x " + n, "--ghosts", "" + depth);
                measure("depth", depth, stencil, List.of(way), curves);
            }
        }
        Lines chart = new Lines("depths", "Diffusion on one core, by steps in one pass", "steps in one pass",
                "Gpoint/s");
        curves.forEach(chart::measured);
        return chart.picture();
    }

    private Case stencil(long n) {
        double points = quick ? 2e9 : 6e9;
        return Case.stencil(n, Math.clamp(Math.round(points / ((double) n * n)), FEWEST_STEPS, MOST_STEPS), scratch);
    }

    private void measure(String sweep, long at, Case stencil, List<Contender> contenders,
            Map<String, List<Point>> curves) throws IOException, InterruptedException {
        Map<String, List<Double>> speeds = new LinkedHashMap<>();
        int rounds = quick ? 1 : 3;
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : contenders) {
                Outcome outcome = Outcome.of(contender.on(1), stencil.phases(), TIMEOUT, home);
                if (outcome.failure().isEmpty()) {
                    double speed = (double) stencil.n() * stencil.n() * stencil.steps() / outcome.seconds() / 1e9;
                    csv.printf(Locale.ROOT, "%s,%d,%d,\"%s\",%s%n", sweep, round, at, contender.name(), speed);
                    speeds.computeIfAbsent(contender.name(), key -> new ArrayList<>()).add(speed);
                }
            }
        }
        speeds.forEach((name, list) -> {
            Spread spread = Spread.of(list);
            System.out.printf(Locale.ROOT, "  %-5s %6d  %-28s %6.2f Gpoint/s (%.2f-%.2f)%n", sweep, at, name,
                    spread.median(), spread.low(), spread.high());
            curves.computeIfAbsent(name, key -> new ArrayList<>())
                    .add(new Point(at, spread.median(), spread.low(), spread.high()));
        });
    }
}
