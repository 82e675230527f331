package ghostrow.app.mandelbrot;

import ghostrow.cc.CLibrary;
import ghostrow.cc.CReport;
import ghostrow.kernel.Escape;
import ghostrow.kernel.Escapes;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The loop written out as C, as Cython and ShedSkin do with Python, compiled for this very processor. */
final class CEscapes implements Escapes {
    private static final String NAME = "mandelbrot";
    private static final String FUNCTION = "escape";
    private static final String SOURCE = """
            /* For each of n points of a row: the first iteration after which |z|^2 is not below the limit, or maxiter.
               Returns how many came so close to the limit that rounding may have decided. */
            long escape(const double *x, double y, long n, long maxiter, double inside, double outside, int *counts) {
                long doubtful = 0;
                for (long i = 0; i < n; i++) {
                    double re = 0, im = 0, re2 = 0, im2 = 0;
                    long k = 0;
                    for (; k < maxiter; k++) {
                        im = re * im + im * re + y;
                        re = re2 - im2 + x[i];
                        re2 = re * re;
                        im2 = im * im;
                        if (!(re2 + im2 < inside)) {
                            doubtful += !(re2 + im2 > outside);
                            break;
                        }
                    }
                    counts[i] = k;
                }
                return doubtful;
            }
            """;
    private static final FunctionDescriptor ESCAPE = FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS,
            ValueLayout.JAVA_DOUBLE, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_DOUBLE,
            ValueLayout.JAVA_DOUBLE, ValueLayout.ADDRESS);

    private static final int WARM_UP_POINTS = 500;
    private static final int WARM_UP_ROWS = 2000;

    private MethodHandle escape;

    @Override
    public String label() {
        return "c";
    }

    @Override
    public String description() {
        return "the loop as C, compiled by this machine's compiler when first used";
    }

    @Override
    public Optional<String> missing() {
        return CLibrary.missing();
    }

    /** To write the code of a call takes the JVM longer than a small picture: once, before anybody looks at the clock. */
    @Override
    public void prepare() {
        worker().counts(new double[1], 0, 1, new int[1], 0, 1);
    }

    /** What the compiler has to say of the loop. */
    static CReport report() {
        return CLibrary.report(NAME, SOURCE, FUNCTION);
    }

    /** The loop itself needs none; what hands it rows and adds up what it has found is Java. */
    @Override
    public void warmUp() {
        Escape escape = worker();
        double[] x = new double[WARM_UP_POINTS];
        for (int i = 0; i < WARM_UP_ROWS; i++) {
            escape.counts(x, 0, 2, new int[x.length], 0, x.length);
        }
    }

    @Override
    public synchronized Escape worker() {
        if (escape == null) {
            escape = CLibrary.of(NAME, SOURCE).function(FUNCTION, ESCAPE);
        }
        return new CEscape(escape);
    }

    private record CEscape(MethodHandle escape) implements Escape {

        @Override
        public Tally counts(double[] x, double y, int maxiter, int[] counts, int from, int to) {
            int length = to - from;
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment points = arena.allocate(ValueLayout.JAVA_DOUBLE, length);
                MemorySegment out = arena.allocate(ValueLayout.JAVA_INT, length);
                MemorySegment.copy(x, from, points, ValueLayout.JAVA_DOUBLE, 0, length);
                long doubtful = call(points, y, length, maxiter, out);
                MemorySegment.copy(out, ValueLayout.JAVA_INT, 0, counts, from, length);
                for (int i = from; doubtful > 0 && i < to; i++) {
                    counts[i] = Escape.byDefinition(x[i], y, maxiter);
                }
            }
            return Tally.of(counts, from, to, maxiter);
        }

        private long call(MemorySegment points, double y, long length, long maxiter, MemorySegment out) {
            try {
                return (long) escape.invokeExact(points, y, length, maxiter, SURELY_INSIDE, SURELY_OUTSIDE, out);
            } catch (Throwable e) {
                throw new AssertionError("C throws nothing", e);
            }
        }
    }
}
