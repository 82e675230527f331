package ghostrow.kernel;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Each rung on the middle row of the Mandelbrot set, most of whose points never escape, and on one near its top. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class EscapeBenchmark {
    private static final int MOST_ITERATIONS = 1000;

    @Param({"PLAIN", "VECTOR", "SKIP"})
    public EscapeRung rung;

    @Param({"0", "1.0"})
    public double y;

    private final double[] x = Plane.whole(1000).x();
    private final int[] counts = new int[x.length];
    private Escape escape;

    @Benchmark
    public Escape.Tally row() {
        if (escape == null) {
            escape = rung.worker();
        }
        return escape.counts(x, y, MOST_ITERATIONS, counts, 0, counts.length);
    }
}
