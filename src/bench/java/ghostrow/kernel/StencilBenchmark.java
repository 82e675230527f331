package ghostrow.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Each rung on a square that lies in a near cache and on one that does not: nanoseconds a step. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class StencilBenchmark {
    private static final int STEPS = 16;

    @Param({"PLAIN", "VECTOR", "BLOCKED"})
    public Rung rung;

    @Param({"diffusion", "jacobi"})
    public String rule;

    @Param({"128", "2000"})
    public int size;

    private Stencil stencil;
    private Rows from;
    private Rows to;

    @Setup
    public void fill() {
        stencil = rung.worker(rule.equals("jacobi") ? new Rule.Jacobi() : new Rule.Diffusion(0.25));
        from = rows();
        to = rows();
        for (int r = 1; r <= size; r++) {
            for (int c = 1; c <= size; c++) {
                from.set(r, c, (r * 31 + c * 17) % 101 / 101.0);
            }
        }
    }

    /** A boundary row above and below, a line of padding and more beside, no stride of 4 KiB. */
    private Rows rows() {
        long stride = (size + 24) / 8 * 8;
        MemorySegment cells = Arena.ofAuto().allocate((size + 3) * stride * Double.BYTES, 64);
        return new Rows(cells, Rows.ALIGNMENT - 1, stride, size, 1, size);
    }

    @Benchmark
    @OperationsPerInvocation(STEPS)
    public void step() {
        int most = Math.min(STEPS, stencil.maxSteps());
        for (int done = 0; done < STEPS; done += most) {
            stencil.advance(from, to, 1, size + 1, most);
            Rows before = from;
            from = to;
            to = before;
        }
    }
}
