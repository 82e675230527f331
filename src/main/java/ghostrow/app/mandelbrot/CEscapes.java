package ghostrow.app.mandelbrot;

import ghostrow.cc.CLibrary;
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
    private static final String SOURCE = """
            /* For each of n points of a row: the first iteration after which |z|^2 is not below the limit, or maxiter. */
            void escape(const double *x, double y, long n, long maxiter, double limit, double *squares, int *counts) {
                for (long i = 0; i < n; i++) {
                    double re = 0, im = 0, re2 = 0, im2 = 0;
                    long k = 0;
                    for (; k < maxiter; k++) {
                        im = re * im + im * re + y;
                        re = re2 - im2 + x[i];
                        re2 = re * re;
                        im2 = im * im;
                        if (!(re2 + im2 < limit)) {
                            break;
                        }
                    }
                    counts[i] = k;
                    squares[i] = re2 + im2;
                }
            }
            """;

    private CLibrary library;

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

    @Override
    public Escape worker() {
        return new CEscape(library());
    }

    @Override
    public void prepare() {
        library();
    }

    private synchronized CLibrary library() {
        if (library == null) {
            library = CLibrary.of("mandelbrot", SOURCE);
        }
        return library;
    }

    private static final class CEscape implements Escape {
        private static final FunctionDescriptor ESCAPE = FunctionDescriptor.ofVoid(ValueLayout.ADDRESS,
                ValueLayout.JAVA_DOUBLE, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_DOUBLE,
                ValueLayout.ADDRESS, ValueLayout.ADDRESS);

        private final MethodHandle escape;

        CEscape(CLibrary library) {
            this.escape = library.function("escape", ESCAPE);
        }

        @Override
        public Tally counts(double[] x, double y, int maxiter, int[] counts, int from, int to) {
            int length = to - from;
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment points = arena.allocate(ValueLayout.JAVA_DOUBLE, length);
                MemorySegment squares = arena.allocate(ValueLayout.JAVA_DOUBLE, length);
                MemorySegment out = arena.allocate(ValueLayout.JAVA_INT, length);
                MemorySegment.copy(x, from, points, ValueLayout.JAVA_DOUBLE, 0, length);
                call(points, y, length, maxiter, squares, out);
                MemorySegment.copy(out, ValueLayout.JAVA_INT, 0, counts, from, length);
                for (int i = 0; i < length; i++) {
                    double square = squares.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
                    if (counts[from + i] < maxiter && !(square > Escape.SURELY_OUTSIDE)) {
                        counts[from + i] = Escape.byDefinition(x[from + i], y, maxiter);
                    }
                }
            }
            return Tally.of(counts, from, to, maxiter);
        }

        private void call(MemorySegment points, double y, long length, long maxiter, MemorySegment squares,
                MemorySegment out) {
            try {
                escape.invokeExact(points, y, length, maxiter, Escape.SURELY_INSIDE, squares, out);
            } catch (Throwable e) {
                throw new AssertionError("C throws nothing", e);
            }
        }
    }
}
