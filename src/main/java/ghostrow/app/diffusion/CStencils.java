package ghostrow.app.diffusion;

import ghostrow.cc.CLibrary;
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
    private static final String SOURCE = """
            /* One step of rows: row r of from and to begins r strides further on; column 1 of the first row comes first. */

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

            void jacobi(const double *restrict from, double *restrict to, long stride, long rows, long columns) {
                for (long r = 0; r < rows; r++) {
                    const double *p = from + r * stride;
                    for (long c = 0; c < columns; c++) {
                        to[r * stride + c] = 0.2 * (p[c] + p[c - 1] + p[c + 1] + p[c - stride] + p[c + stride]);
                    }
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
    public Stencil worker(Rule rule) {
        return new CStencil(library(), rule);
    }

    @Override
    public void prepare() {
        library();
    }

    private synchronized CLibrary library() {
        if (library == null) {
            library = CLibrary.of("stencil", SOURCE);
        }
        return library;
    }

    private static final class CStencil implements Stencil {
        private static final FunctionDescriptor JACOBI = FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
        private static final FunctionDescriptor DIFFUSION = JACOBI.appendArgumentLayouts(ValueLayout.JAVA_DOUBLE);

        private final Rule rule;
        private final MethodHandle step;

        CStencil(CLibrary library, Rule rule) {
            this.rule = rule;
            this.step = switch (rule) {
                case Rule.Diffusion _ -> library.function("diffusion", DIFFUSION);
                case Rule.Jacobi _ -> library.function("jacobi", JACOBI);
            };
        }

        @Override
        public void advance(Rows from, Rows to, long first, long last, int steps) {
            Stencil.check(from, to, first, last, steps, maxSteps());
            if (first >= last) {
                return;
            }
            from.require(first - 1, last + 1);
            to.require(first, last);
            try {
                switch (rule) {
                    case Rule.Diffusion(double factor) -> step.invokeExact(address(from, first), address(to, first),
                            from.stride(), last - first, from.columns(), factor);
                    case Rule.Jacobi() -> step.invokeExact(address(from, first), address(to, first),
                            from.stride(), last - first, from.columns());
                }
            } catch (Throwable e) {
                throw new AssertionError("C throws nothing", e);
            } finally {
                Reference.reachabilityFence(from);
                Reference.reachabilityFence(to);
            }
        }

        private static long address(Rows rows, long row) {
            return rows.cells().address() + rows.index(row, 1) * Double.BYTES;
        }
    }
}
