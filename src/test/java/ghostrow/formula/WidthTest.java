package ghostrow.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ghostrow.spmd.Children;
import ghostrow.study.Ended;
import ghostrow.study.Launch;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The width of the machine's vectors, and whether it has any, changes no bit. */
class WidthTest {
    private static final String MODULE = "--add-modules=jdk.incubator.vector";

    /** How a JVM is started, and what it then says of its vectors. */
    private record Way(List<String> options, String says) {
    }

    @Test
    void resultsAreTheSameBitsForEveryVectorWidthAndWithoutVectors() throws Exception {
        List<Way> ways = new ArrayList<>();
        int widest = jdk.incubator.vector.DoubleVector.SPECIES_PREFERRED.length();
        ways.add(new Way(List.of(), "no vectors"));
        ways.add(new Way(List.of(MODULE), widest + " doubles a vector"));
        for (int width = widest / 2; width >= 2; width /= 2) {
            ways.add(new Way(List.of(MODULE, "-XX:MaxVectorSize=" + width * Double.BYTES), width + " doubles a vector"));
        }
        if (System.getProperty("os.arch").equals("amd64")) {
            for (int avx = 2; avx >= 0; avx--) {
                int width = Math.min(widest, avx > 0 ? 4 : 2);
                // What has AVX alone adds four doubles at once, but no integers.
                ways.add(new Way(List.of(MODULE, "-XX:UseAVX=" + avx), avx == 1 ? "doubles a vector"
                    : width + " doubles a vector"));
            }
        }
        String expected = run(ways.getFirst());
        isWhatPlainLoopsGive(expected);
        for (Way way : ways.subList(1, ways.size())) {
            assertEquals(expected, run(way), () -> "with " + way);
        }
    }

    /** All could be the same and wrong. */
    private static void isWhatPlainLoopsGive(String found) {
        int n = 12 * Compiled.PIECE + 77;
        double[] f = new double[Math.ceilDiv(n, Frame.GROUP) * Frame.GROUP];
        for (int i = 0; i < n; i++) {
            double x = i * (3.0 / n);
            f[i] = 0.7 * (x * (x * x)) - 2 * (x * x) + 4;
        }
        BigDecimal area = BigDecimal.ZERO;
        for (int group = 0; group < f.length; group += Frame.GROUP) {
            for (int k = group; k < group + Frame.LANES; k++) {
                area = area.add(new BigDecimal((f[k] + f[k + 16]) + (f[k + 32] + f[k + 48])));
            }
        }
        BigDecimal sum = BigDecimal.ZERO;
        double least = Double.POSITIVE_INFINITY;
        long above = 0;
        for (double x : Bits.numbers(new Random(8), Bits.LENGTH)) {
            sum = sum.add(new BigDecimal(x));
            least = x < least ? x : least;
            above += x > 1 ? 1 : 0;
        }
        List<String> expected = List.of(line(area.doubleValue(), "area from 0.0"), line(sum.doubleValue(), "sum(a)"),
            line(least, "min(a)"), line(-0.0, "min(a * 0.0)"), line(sum.doubleValue() / Bits.LENGTH, "mean(a)"),
            Long.toHexString(above) + " count(a > 1)");
        assertEquals(expected, found.lines().filter(line -> expected.stream().anyMatch(
            one -> line.endsWith(one.substring(one.indexOf(' '))))).toList());
        assertTrue(found.lines().count() > 60 + LargeFormulas.NAMES.size(), found);
    }

    private static String line(double value, String what) {
        return Long.toHexString(Double.doubleToRawLongBits(value)) + " " + what;
    }

    private static String run(Way way) throws IOException, InterruptedException {
        Launch launch = Children.launch(Children.java(way.options(), Bits.class)).errorsApart();
        Ended ended = Children.end(launch);
        String errors = ended.err();
        assertTrue(ended.well(), () -> way + " " + ended.how() + ": " + errors);
        assertTrue(errors.lines().anyMatch(line -> line.endsWith(way.says())), () -> way + " said " + errors);
        return ended.out();
    }
}
