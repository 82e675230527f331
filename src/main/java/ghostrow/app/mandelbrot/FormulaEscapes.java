package ghostrow.app.mandelbrot;

import ghostrow.formula.Arguments;
import ghostrow.formula.Compiled;
import ghostrow.formula.Formula;
import ghostrow.formula.Kind;
import ghostrow.formula.Memory;
import ghostrow.formula.Operand;
import ghostrow.kernel.Escape;
import ghostrow.kernel.Escapes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Whole arrays, but one formula at a time instead of one operation: each formula is compiled at run time, as NumExpr
 * does, and goes through memory once. All points still go through every iteration.
 */
final class FormulaEscapes implements Escapes {
    private static final String RE = "re*re - im*im + qx";
    private static final String IM = "re*im + im*re + qy";
    /** A point that has not escaped counts -1; -2 and below is for those too close to the circle to tell. */
    private static final String COUNT = "where((count == -1) & ~(re*re + im*im < inside),"
            + " where(re*re + im*im > outside, n, -2 - n), count)";

    private record Step(Compiled re, Compiled im, Compiled count) {
        static Step compile() {
            return new Step(vectors(RE, "re", "im", "qx").compile(), vectors(IM, "re", "im", "qy").compile(),
                    vectors(COUNT, "re", "im", "count").operand("n", new Operand.Scalar(Kind.DOUBLE))
                            .parameter("inside", Escape.SURELY_INSIDE).parameter("outside", Escape.SURELY_OUTSIDE)
                            .compile());
        }

        private static Formula vectors(String text, String... names) {
            Formula formula = Formula.of(text);
            for (String name : names) {
                formula.operand(name, new Operand.Vector(Kind.DOUBLE));
            }
            return formula;
        }
    }

    private Step step;

    @Override
    public String label() {
        return "formula";
    }

    @Override
    public String description() {
        return "all points at a time, a formula compiled at run time for several operations";
    }

    @Override
    public boolean manyRowsAtOnce() {
        return true;
    }

    @Override
    public synchronized Escape worker() {
        if (step == null) {
            step = Step.compile();
        }
        return new FormulaEscape(step);
    }

    /** What becomes of the three formulas. */
    static String explain() {
        Step step = Step.compile();
        return String.join("\n", step.re.explain(), step.im.explain(), step.count.explain());
    }

    /** Threads share what was compiled, and so what the JVM makes of it. */
    private record FormulaEscape(Step step) implements Escape {

        @Override
        public Tally counts(double[] x, double y, int maxiter, int[] counts, int from, int to) {
            return counts(Arrays.copyOfRange(x, from, to), new double[] {y}, maxiter, counts, from);
        }

        @Override
        public Tally rows(double[] x, double[] y, int maxiter, int[] counts) {
            return counts(x, y, maxiter, counts, 0);
        }

        private Tally counts(double[] x, double[] y, int maxiter, int[] counts, int offset) {
            int points = x.length * y.length;
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment qx = vector(arena, points);
                MemorySegment qy = vector(arena, points);
                for (int i = 0; i < points; i++) {
                    qx.setAtIndex(ValueLayout.JAVA_DOUBLE, i, x[i % x.length]);
                    qy.setAtIndex(ValueLayout.JAVA_DOUBLE, i, y[i / x.length]);
                }
                Points now = Points.allocate(arena, points);
                Points next = Points.allocate(arena, points);
                for (int n = 0; n < maxiter; n++) {
                    iterate(now, next, qx, qy, n, points);
                    Points before = now;
                    now = next;
                    next = before;
                }
                for (int i = 0; i < points; i++) {
                    int count = (int) now.count.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
                    counts[offset + i] = count == -1 ? maxiter : count >= 0 ? count
                            : Escape.byDefinition(x[i % x.length], y[i / x.length], maxiter);
                }
            }
            return Tally.of(counts, offset, offset + points, maxiter);
        }

        private void iterate(Points now, Points next, MemorySegment qx, MemorySegment qy, int n, int points) {
            step.re.bind(now.arguments().memory("qx", Memory.vector(qx))).run(Memory.vector(next.re), 0, points);
            step.im.bind(now.arguments().memory("qy", Memory.vector(qy))).run(Memory.vector(next.im), 0, points);
            step.count.bind(next.arguments().memory("count", Memory.vector(now.count)).scalar("n", (double) n))
                    .run(Memory.vector(next.count), 0, points);
        }

        private static MemorySegment vector(Arena arena, int points) {
            return arena.allocate((long) points * Double.BYTES, 64);
        }

        /** Where the points are, and how long they took to escape. */
        private record Points(MemorySegment re, MemorySegment im, MemorySegment count) {
            static Points allocate(Arena arena, int points) {
                MemorySegment count = vector(arena, points);
                for (int i = 0; i < points; i++) {
                    count.setAtIndex(ValueLayout.JAVA_DOUBLE, i, -1);
                }
                return new Points(vector(arena, points), vector(arena, points), count);
            }

            Arguments arguments() {
                return new Arguments().memory("re", Memory.vector(re)).memory("im", Memory.vector(im));
            }
        }
    }
}
