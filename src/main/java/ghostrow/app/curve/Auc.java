package ghostrow.app.curve;

import ghostrow.app.curve.Integral.Rule;
import ghostrow.comm.Comm;
import ghostrow.data.InputException;
import ghostrow.formula.Compiled;
import ghostrow.formula.Formula;
import ghostrow.formula.Operand;
import ghostrow.grid.Team;
import ghostrow.run.Agreement;
import ghostrow.run.App;
import ghostrow.run.Closing;
import ghostrow.run.Digest;
import ghostrow.run.Job;
import ghostrow.run.Options;
import ghostrow.run.Phases;
import ghostrow.run.Phases.Phase;
import ghostrow.run.RecordOptions;
import ghostrow.run.SpmdOptions;
import ghostrow.run.WarmUp;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The area under a curve: points are dealt to ranks and threads, and the sum is the same whoever takes part. */
public final class Auc implements App {
    private static final String PUBLISHED = "0.7*x**3 - 2*x**2 + 4";
    private static final long PUBLISHED_POINTS = 300_000_000;
    private static final long FIRST_GUESS = 16;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    /** Beyond this a double no longer tells one point's number from the next. */
    private static final long MOST_POINTS = 1L << 53;

    private Long points;
    private String formula = PUBLISHED;
    private double from;
    private double to = 3;
    private Rule rule = Rule.left;
    private Double tolerance;
    private long maxPoints = 10_000_000_000L;
    private int threads = 1;
    private boolean explain;
    private final SpmdOptions spmd = new SpmdOptions();
    private final RecordOptions record = new RecordOptions();

    private final List<String> commandLine;
    private Job job;
    private Compiled sum;
    private WarmUp warmUp;
    private volatile boolean unsettled;

    /** What came out. */
    private record Result(long intervals, double area, boolean settled) {
        boolean isNear(Result other, double tolerance) {
            return Math.abs(area - other.area) <= tolerance;
        }
    }

    public Auc(List<String> commandLine) {
        this.commandLine = commandLine;
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
        spmd.declare(options);
        record.declare(options);
    }

    @Override
    public Integer call() throws IOException {
        check();
        sum = Formula.of(formula).operand(Integral.VARIABLE, new Operand.Ramp()).compileSum();
        if (explain) {
            System.out.print(sum.explain());
            return 0;
        }
        job = Job.of(spmd, commandLine);
        job.checkOnce(record::check);
        if (job.hasRanksHere()) {
            // While the ranks find each other.
            warmUp = WarmUp.begin(() -> Integral.warmUp(sum, from, to, n()));
        }
        job.run(this::rank);
        return unsettled ? UNSETTLED : 0;
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

    /** What a rank does. */
    private void rank(Comm comm) throws IOException {
        Phases phases = new Phases();
        try (Team team = new Team(threads, job.ranksInThisProcess())) {
            warmUp.await();
            new Integral(comm, team, sum, new Phases()).warmUp(rule, from, to, n());
            phases.enter(Phase.STEP);
            Integral integral = new Integral(comm, team, sum, phases);
            Result result = tolerance == null
                    ? once(integral, n()) : settle(comm, integral);
            phases.enter(Phase.SUM);
            finish(comm, phases, result);
        }
    }

    /** How many intervals there are, or are at first. */
    private long n() {
        return points != null ? points : tolerance == null ? PUBLISHED_POINTS : FIRST_GUESS;
    }

    private Result once(Integral integral, long n) {
        return new Result(n, integral.of(rule, from, to, n), true);
    }

    /**
     * Doubles the number of intervals until that makes next to no difference, twice in a row. A curve that waves as
     * often as there are points, or a power of two times that, looks straight to all of these; so the last word is
     * that of a number of intervals that has nothing in common with theirs.
     */
    private Result settle(Comm comm, Integral integral) throws IOException {
        Result result = once(integral, n());
        int agreeing = 0;
        while (agreeing < 2) {
            if (result.intervals > maxPoints / 2) {
                return new Result(result.intervals, result.area, false);
            }
            Result last = result;
            Result next = once(integral, 2 * last.intervals);
            result = next;
            if (agree(comm, () -> !Double.isFinite(next.area))) {
                return new Result(next.intervals, next.area, false);
            }
            agreeing = agree(comm, () -> next.isNear(last, tolerance)) ? agreeing + 1 : 0;
            if (agreeing == 2) {
                Result other = once(integral, incommensurate(next.intervals));
                agreeing = agree(comm, () -> next.isNear(other, tolerance)) ? 2 : 0;
            }
        }
        return result;
    }

    /** Only rank 0 has the areas. */
    private static boolean agree(Comm comm, BooleanSupplier verdict) throws IOException {
        return Agreement.fromFirst(comm, 1, () -> new long[] {verdict.getAsBoolean() ? 1 : 0})[0] == 1;
    }

    /**
     * A number near n over the golden ratio without a common divisor: its points coincide with none of the others, and
     * its error is less than that of n / 2 intervals, so that it asks no more of a smooth curve than the doublings do.
     */
    private static long incommensurate(long n) {
        long m = Math.max(1, (long) (n * GOLDEN));
        while (BigInteger.valueOf(n).gcd(BigInteger.valueOf(m)).compareTo(BigInteger.ONE) > 0) {
            m++;
        }
        return m;
    }

    /** The integral of the published curve, rounded once. */
    private Optional<Double> exact() {
        return formula.equals(PUBLISHED)
                ? Optional.of(antiderivative(to).subtract(antiderivative(from))
                        .divide(BigDecimal.valueOf(120), MathContext.DECIMAL128).doubleValue())
                : Optional.empty();
    }

    /** 120 times 0.7/4 x^4 - 2/3 x^3 + 4 x. */
    private static BigDecimal antiderivative(double at) {
        BigDecimal x = new BigDecimal(at);
        return x.pow(4).multiply(BigDecimal.valueOf(21)).subtract(x.pow(3).multiply(BigDecimal.valueOf(80)))
                .add(x.multiply(BigDecimal.valueOf(480)));
    }

    private void finish(Comm comm, Phases phases, Result result) throws IOException {
        String digest = record.wantsDigest() ? digest(comm, result.area) : null;
        Closing closing = new Closing("auc", comm, job, threads, "formula", phases, record);
        if (comm.rank() != 0) {
            return;
        }
        unsettled = !result.settled;
        double perSecond = result.intervals / closing.times().of(Phase.STEP, Phase.EXCHANGE);
        Optional<Double> exact = exact();
        closing.line("curve", "%s from %s to %s", formula.strip(), from, to)
                .line("rule", "%s, %d intervals%s", rule, result.intervals, tolerance == null ? ""
                        : result.settled ? ", half and a quarter as many differ by at most " + tolerance
                        : ", not settled")
                .ranksLine()
                .timesLine();
        if (tolerance == null) {
            closing.line("speed", "%.3g points/s", perSecond);
        }
        exact.ifPresent(area -> closing.line("error", "%.3g (exact %s)", result.area - area, area));
        closing.print();
        System.out.println("The area is " + result.area);
        closing.with("points", result.intervals).with("area", result.area)
                .with("exact", exact.orElse(null)).with("error", exact.map(area -> result.area - area).orElse(null))
                .with("pointsPerSecond", perSecond).with("imbalance", closing.times().imbalance())
                .with("formula", formula).with("from", from).with("to", to).with("rule", rule.name())
                .with("settled", result.settled)
                .withDigest(digest).write();
    }

    /** The area as a field of one row of one value. */
    private static String digest(Comm comm, double area) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, area);
            return Digest.of(comm, comm.rank() == 0 ? 1 : 0, row -> value);
        }
    }
}
