package ghostrow.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same formulas on the same data, here and in NumPy. */
class NumPyTest {
    private static final int FORMULAS = 500;

    @TempDir
    private Path directory;

    @Test
    void randomFormulasAreNumPysBitForBit() throws Exception {
        Random random = new Random(20);
        List<String> formulas = new ArrayList<>();
        RandomFormulas source = new RandomFormulas(random);
        while (formulas.size() < FORMULAS) {
            formulas.add(source.next());
        }
        compare(random, formulas, formulas, 0);
    }

    /** Without parentheses that the generator puts everywhere else. */
    @Test
    void precedenceIsPythons() throws Exception {
        Random random = new Random(21);
        List<String> formulas = new ArrayList<>();
        for (int f = 0; f < 200; f++) {
            StringBuilder text = new StringBuilder("i");
            for (int k = random.nextInt(1, 7); k > 0; k--) {
                String[] signs = {" + ", " - ", " * ", " << ", " >> ", " & ", " | ", " % ", " - -", " & ~", "**2 + "};
                text.append(signs[random.nextInt(signs.length)]).append(random.nextBoolean() ? "i" : "j");
            }
            if (random.nextInt(3) == 0) {
                text.append(" < i");
            }
            formulas.add((random.nextInt(4) == 0 ? "-" : "") + text);
        }
        formulas.addAll(List.of("-a**2", "a**-1", "-a**-1", "a**2**1", "~i**2", "a - b - c", "a / b / c", "a / b * c",
            "a < b", "i & j == 3", "-a % b", "- -a", "-i << 3", "a * -b", "2**-a**2 > 0", "1 - a**2 - 1"));
        compare(random, formulas, formulas, 0);
    }

    @Test
    void wholePowersAreMultipliedOut() throws Exception {
        Random random = new Random(22);
        List<String> ours = new ArrayList<>();
        List<String> theirs = new ArrayList<>();
        for (int n = -50; n <= 50; n++) {
            if (n != 0) {
                ours.add("a**" + n);
                theirs.add("multiplied(a, " + n + ")");
            }
        }
        compare(random, ours, theirs, 0);
    }

    @Test
    void functionsAreWithinTheLastPlacesOfNumPys() throws Exception {
        List<String> formulas = new ArrayList<>();
        for (String name : ("sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh "
            + "log log10 log1p exp expm1").split(" ")) {
            formulas.add(name + "(a)");
            formulas.add(name + "(b / 7)");
            formulas.add(name + "(i)");
        }
        formulas.addAll(List.of("arctan2(a, b)", "arctan2(b, c)", "arctan2(i, b)"));
        compare(new Random(23), formulas, formulas, 4);
        List<String> powers = List.of("a**b", "b**c", "c**a", "2**a", "a**1.5", "abs(a)**b", "a**i", "i**a", "a**0.25");
        compare(new Random(24), powers, powers, 1);
    }

    /** Sums of doubles are rounded otherwise, and of two zeros NumPy's least is either. */
    @Test
    void reductionsAreNumPys() throws Exception {
        Random random = new Random(25);
        RandomFormulas source = new RandomFormulas(random);
        List<String> formulas = new ArrayList<>();
        for (int f = 0; f < 200; f++) {
            String elements = source.next();
            for (String name : new String[] {"min", "max", "count", "any", "all"}) {
                formulas.add(name + "(" + elements + ")");
            }
            String[] exact = {"sum(" + source.integer(3) + ")", "prod(" + source.integer(2) + ")",
                "mean(" + source.bool(3) + ")", "mean((" + source.integer(3) + ") % 1000)"};
            formulas.addAll(List.of(exact));
        }
        formulas.addAll(List.of("mean(a)", "mean(where(a == a, 1.5, a))", "max(where(abs(a) >= 0, a, -1))",
            "min(where(abs(a) >= 0, a, -1))", "all((a - a) / (a - a))", "any(s & ~s)", "all(s | ~s)"));
        try (Arena arena = Arena.ofConfined()) {
            TestData data = new TestData(arena, random);
            List<NumPy.Result> expected = NumPy.find().evaluate(directory, data, formulas);
            for (int f = 0; f < formulas.size(); f++) {
                String text = formulas.get(f);
                Compiled compiled = data.formula(text).compile();
                assertEquals(expected.get(f).kind(), compiled.kind(), text);
                Number found = compiled.bind(data.arguments()).reduce(TestData.LENGTH);
                long bits = expected.get(f).bits()[0];
                if (compiled.kind() == Kind.DOUBLE) {
                    // Adding 0 makes -0 a 0.
                    assertEquals(Double.longBitsToDouble(bits) + 0.0, found.doubleValue() + 0.0, text);
                } else {
                    assertEquals(bits, found, text);
                }
            }
        }
    }

    private void compare(Random random, List<String> ours, List<String> theirs, long ulps) throws Exception {
        NumPy numpy = NumPy.find();
        try (Arena arena = Arena.ofConfined()) {
            TestData data = new TestData(arena, random);
            List<NumPy.Result> expected = numpy.evaluate(directory, data, theirs);
            for (int f = 0; f < ours.size(); f++) {
                String text = ours.get(f);
                Compiled compiled = data.formula(text).compile();
                assertEquals(expected.get(f).kind(), compiled.kind(), text);
                long[] bits = data.evaluate(compiled);
                for (int i = 0; i < bits.length; i++) {
                    int at = i;
                    long wanted = expected.get(f).bits()[i];
                    long difference = difference(compiled.kind(), wanted, bits[i]);
                    assertTrue(difference <= ulps, () -> text + " at " + at + ": NumPy "
                        + show(compiled.kind(), wanted) + ", here " + show(compiled.kind(), bits[at]));
                }
            }
        }
    }

    /** In units in the last place; all NaNs are one. */
    private static long difference(Kind kind, long one, long other) {
        if (kind != Kind.DOUBLE) {
            return one == other ? 0 : Long.MAX_VALUE;
        }
        if (Double.isNaN(Double.longBitsToDouble(one)) || Double.isNaN(Double.longBitsToDouble(other))) {
            return Double.isNaN(Double.longBitsToDouble(one)) == Double.isNaN(Double.longBitsToDouble(other))
                ? 0 : Long.MAX_VALUE;
        }
        if (one < 0 != other < 0) {
            return one == other ? 0 : Long.MAX_VALUE;
        }
        return Math.abs(one - other);
    }

    private static String show(Kind kind, long bits) {
        return kind == Kind.DOUBLE ? Double.toString(Double.longBitsToDouble(bits)) : Long.toString(bits);
    }
}
