package ghostrow.app.diffusion;

import ghostrow.cc.CLibrary;
import ghostrow.cc.CReport;
import ghostrow.kernel.Rows;
import ghostrow.kernel.Rule;
import ghostrow.kernel.Stencil;
import ghostrow.kernel.Stencils;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.util.Optional;

/**
 * The loops written out as C, as Cython and ShedSkin do with Python: the machine's compiler knows this very processor,
 * and that the two fields do not overlap.
 */
final class CStencils implements Stencils {
    private static final String NAME = "stencil";
    private static final String SOURCE = """
            /* A step of rows. from and to point at column 1 of the first row; row r begins r strides further on. */

            void diffusion(const double *restrict from, double *restrict to, long stride, long rows, long columns,
                    double factor) {
                for (long r = 0; r < rows; r++) {
                    const double *p = from + r * stride;
                    for (long c = 0; c < columns; c++) {
                        double laplacian = p[c + stride] + p[c - stride] + p[c + 1] + p[c - 1] - 4 * p[c];
                        to[r * stride + c] = p[c] + factor * laplacian;
                    }
                }
            }

            void jacobi(const double *restrict from, double *restrict to, long stride, long rows, long columns,
                    double factor) {
                for (long r = 0; r < rows; r++) {
                    const double *p = from + r * stride;
                    for (long c = 0; c < columns; c++) {
                        to[r * stride + c] = factor * (p[c] + p[c - 1] + p[c + 1] + p[c - stride] + p[c + stride]);
                    }
                }
            }
            """;
    private static final FunctionDescriptor STEP = FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_DOUBLE);

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
    public void prepare() {
        library();
    }

    private static String function(Rule rule) {
        return switch (rule) {
            case Rule.Diffusion _ -> "diffusion";
            case Rule.Jacobi _ -> "jacobi";
        };
    }

    /** What the compiler has to say of a rule's loop. */
    static CReport report(Rule rule) {
        return CLibrary.report(NAME, SOURCE, function(rule));
    }

    private synchronized CLibrary library() {
        if (library == null) {
            library = CLibrary.of(NAME, SOURCE);
        }
        return library;
    }

    @Override
    public Stencil worker(Rule rule) {
        double factor = switch (rule) {
            case Rule.Diffusion diffusion -> diffusion.factor();
            case Rule.Jacobi _ -> 0.2;
        };
        return new CStencil(library().function(function(rule), STEP), factor);
    }

    private static final class CStencil implements Stencil {
        private final MethodHandle step;
        private final double factor;

        CStencil(MethodHandle step, double factor) {
            this.step = step;
            this.factor = factor;
            // To write the code of a call takes the JVM longer than many steps: now, and not when somebody looks at the clock.
            call(0, 0, 0, 0, 0);
        }

        @Override
        public void advance(Rows from, Rows to, long first, long last, int steps) {
            Stencil.check(from, to, first, last, steps, maxSteps());
            if (first >= last) {
                return;
            }
            from.require(first - 1, last + 1);
            to.require(first, last);
            call(address(from, first), address(to, first), from.stride(), last - first, from.columns());
            Reference.reachabilityFence(from);
            Reference.reachabilityFence(to);
        }

        private static long address(Rows rows, long row) {
            return rows.cells().address() + rows.index(row, 1) * Double.BYTES;
        }

        private void call(long from, long to, long stride, long rows, long columns) {
            try {
                step.invokeExact(from, to, stride, rows, columns, factor);
            } catch (Throwable e) {
                throw new AssertionError("C throws nothing", e);
            }
        }
    }
}
