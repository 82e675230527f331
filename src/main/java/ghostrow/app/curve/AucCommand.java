package ghostrow.app.curve;

import ghostrow.app.curve.Integral.Rule;
import ghostrow.data.InputException;
import ghostrow.formula.Compiled;
import ghostrow.formula.Formula;
import ghostrow.formula.Operand;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.RecordOptions;
import ghostrow.run.SpmdOptions;
import ghostrow.run.Swept;
import ghostrow.run.WarmUp;
import java.io.IOException;
import java.util.List;

/** {@code ghostrow auc}: from words to an {@link Auc} on every rank. */
public final class AucCommand implements Swept {
    private static final long FIRST_GUESS = 16;
    /** Beyond this a double no longer tells one point's number from the next. */
    private static final long MOST_POINTS = 1L << 53;
    /** Of one core, roughly. */
    private static final double POINTS_A_SECOND = 1e9;

    private Long points;
    private String formula = PublishedCurve.TEXT;
    private double from;
    private double to = 3;
    private Rule rule = Rule.left;
    private Double tolerance;
    private long maxPoints = 10_000_000_000L;
    private int threads = 1;
    private boolean explain;
    private final DeviceOptions device = new DeviceOptions();
    private final SpmdOptions spmd = new SpmdOptions();
    private final RecordOptions record = new RecordOptions();

    private final List<String> words;

    public AucCommand(List<String> words) {
        this.words = words;
    }

    @Override
    public void declare(Options options) {
        options.about("The area under a curve, by many points.");
        options.footer("Exit code 3: done, but --tolerance was not reached within --max-points.",
                "Example: ghostrow auc 1000 --formula 'exp(-x**2)' --from -5 --to 5 --rule gauss");
        options.mayTake("N", Long.class, value -> points = value,
                "Intervals (default 300000000; with --tolerance what to begin with, default 16).");
        options.option("--formula", "TEXT", String.class, value -> formula = value,
                "The curve, a formula in x (default 0.7*x**3 - 2*x**2 + 4).");
        options.option("--from", "X", Double.class, value -> from = value,
                "Where the area begins (default 0).");
        options.option("--to", "X", Double.class, value -> to = value, "Where it ends (default 3).");
        options.option("--rule", "NAME", Rule.class, value -> rule = value,
                "What stands for the curve in an interval: left (default, the published rectangles), "
                + "midpoint, trapezoid, simpson, or gauss (two points).");
        options.option("--tolerance", "EPS", Double.class, value -> tolerance = value,
                "Double N until two doublings in a row, and then the points of another number of intervals, "
                + "change the area by EPS at most.");
        options.option("--max-points", "N", Long.class, value -> maxPoints = value,
                "With --tolerance: do not go beyond (default 10000000000).");
        options.option("--threads", "N", Integer.class, value -> threads = value,
                "Threads a rank (default 1).");
        options.flag("--explain", on -> explain = on,
                "Show what the formula is compiled to, and compute nothing.");
        device.declare(options);
        spmd.declare(options);
        record.declare(options);
    }

    @Override
    public List<String> figures() {
        return List.of("points", "area", "exact", "error", "pointsPerSecond", "imbalance", "from", "to", "rule", "settled",
                "digest");
    }

    @Override
    public double expectedSeconds() {
        return n() / POINTS_A_SECOND;
    }

    @Override
    public Integer call() throws IOException {
        check();
        Compiled sum = Formula.of(formula).operand(Integral.VARIABLE, new Operand.Ramp()).compileSum();
        if (explain) {
            System.out.print(device.explain(sum, Long.MAX_VALUE));
            return 0;
        }
        Curve curve = new Curve(formula, sum, from, to, rule);
        Job job = Job.of(spmd, words);
        WarmUp warmUp = device.isProcessor() ? WarmUp.of(() -> Integral.warmUp(curve, n())) : WarmUp.none();
        job.meanwhile(warmUp).checkEverywhere(() -> device.check(sum)).checkOnce(record::check);
        Auc auc = new Auc(job, curve, n(), tolerance == null ? null : new Doubling(tolerance, maxPoints), threads, device,
                record, warmUp);
        job.run(auc::run);
        return auc.unsettled() ? UNSETTLED : 0;
    }

    private void check() {
        if (points != null && (points < 1 || points > MOST_POINTS)) {
            throw new InputException("N " + points + ": between 1 and " + MOST_POINTS + " are possible");
        }
        if (!Double.isFinite(from) || !Double.isFinite(to) || !Double.isFinite(to - from)) {
            throw new InputException("--from " + from + " --to " + to + ": both ends must be finite numbers");
        }
        if (tolerance != null && !(tolerance > 0)) {
            throw new InputException("--tolerance " + tolerance + ": must be above 0");
        }
        if (maxPoints < 1 || maxPoints > MOST_POINTS) {
            throw new InputException("--max-points " + maxPoints + ": between 1 and " + MOST_POINTS + " are possible");
        }
        if (threads < 1) {
            throw new InputException("--threads " + threads + ": at least 1 is needed");
        }
    }

    /** How many intervals there are, or are at first. */
    private long n() {
        return points != null ? points : tolerance == null ? PublishedCurve.POINTS : FIRST_GUESS;
    }
}
